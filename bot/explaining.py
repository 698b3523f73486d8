"""What choices mean: 解释 tells it of all of a question, «解释 3», «？3» and «优抚对象是什么» of some. Pure."""

from bot.answers import choosing, near, options
from bot.answers.base import Given
from bot.answers.explained import plain_words
from bot.answers.many import Many
from bot.answers.one import One
from bot.answers.words import plain
from bot.effects import Ask, Say
from bot.flow import Question
from bot.going import Turn
from bot.inbound import Input, Kind
from bot.menu import LONGEST
from bot.session import Session


def explain_all(session: Session, question: Question | None, given: Given) -> Turn | None:
    """Offer the choices once more, each with its plain words; None where there are none."""
    if question is None or not plain_words(question.answer, given):
        return None
    return session, (Say("explain.all"), Ask(question.key, brief=True, plain=True))


def explain(session: Session, question: Question, sent: Input, given: Given) -> Turn | None:
    """Tell what the choices mean that somebody asks about; None where they ask about none. The question stays."""
    about = _about(sent, given)
    meanings = plain_words(question.answer, given) if about else {}
    if not meanings or not isinstance(question.answer, One | Many):
        return None
    codes = tuple(code for code, _ in question.answer.choices(given))
    names = choosing.names(question.answer.prefix, codes, given)
    reading = options.read(about, names, joined=False, joints=choosing.joints(given))
    picked = reading.picked
    if reading.unread or not picked:
        picked = near.containing(about, names)
    told = [(names[index][0], meanings[codes[index]]) for index in picked if codes[index] in meanings]
    if not told:
        return explain_all(session, question, given)
    said = (Say("explain.one", {"label": label, "plain": words}) for label, words in told)
    return session, (*said, Ask(question.key, brief=True))


def _about(sent: Input, given: Given) -> str:
    """What stands behind 解释 or before 是什么意思; nothing where neither was said."""
    if sent.kind is not Kind.TEXT or len(sent.text) > LONGEST:
        return ""
    text = plain(sent.text)
    spoken = text.rstrip("?!。. ")
    for end in sorted(given.texts.words("explain.ends.words"), key=len, reverse=True):
        if spoken.lower().endswith(end):
            return spoken[: -len(end)].strip()
    for prefix in sorted(given.texts.words("explain.prefixes"), key=len, reverse=True):
        if text.lower().startswith(prefix):
            return text[len(prefix) :].strip(' ?!。.:“”"')
    return ""
