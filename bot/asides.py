"""Small questions beside the bookmark: in which language, was this what you said, change that old answer, delete all
of it? Pure."""

from dataclasses import replace

from bot.answers.base import Given
from bot.effects import Leave, Menu, Say, SetLanguage
from bot.flow import Flow
from bot.going import Turn, go
from bot.inbound import Input, Kind
from bot.menu import chosen, named
from bot.session import RESUME, Aside, Session
from bot.settling import next_open
from locales import languages

LANGUAGES = Menu("#language", tuple((code, f"language.{code}") for code in languages()))
HEARD = Menu("#heard", (("yes", "heard.yes"), ("no", "heard.no")))
OLD = Menu("#old", (("yes", "old.yes"), ("no", "old.no")))
ERASE = Menu("#erase", (("yes", "erase.yes"), ("no", "erase.no")))
_MENUS = {"language": LANGUAGES, "heard": HEARD, "old": OLD, "erase": ERASE}


def ask_language(session: Session) -> Turn:
    """In which language?"""
    return replace(session, aside=Aside("language")), (Say("language.ask"), LANGUAGES)


def ask_heard(session: Session, text: str, media: str) -> Turn:
    """Was this what the voice said? Then the voice is kept with the answer."""
    return replace(session, aside=Aside("heard", text, media)), (Say("heard.ask", {"text": text}), HEARD)


def ask_old(flow: Flow, session: Session, key: str, given: Given) -> Turn:
    """An old button was tapped: change the answer to its question, or go on here?"""
    question = flow.find(key)
    name = given.texts(flow.text(question, "name")) if question else ""
    return replace(session, aside=Aside("old", key)), (Say("old.ask", {"name": name}), OLD)


def ask_erase(flow: Flow, session: Session, given: Given) -> Turn:
    """Delete what was filled in? Asked once, and only where an answer would be lost that they gave themselves."""
    own = any((question := flow.find(key)) and not question.gate for key in session.answers)
    if session.fresh or not (own or session.media):
        return _erased(session)
    name = given.texts(f"home.{flow.name}")
    return replace(session, aside=Aside("erase")), (Say("erase.ask", {"name": name}), ERASE)


def _erased(session: Session) -> Turn:
    return session, (Leave(keep=False), Say("flow.erased"))


def answer_aside(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | tuple[Session, Input]:
    """The turn that an answer to the small question makes; or the session without it and what counts for the bookmark:
    what was heard, as if it had been typed, or the message itself where it is no answer to the small question."""
    message = sent
    aside, session = session.aside, replace(session, aside=None)
    if aside is None:
        return session, message
    menu = _MENUS[aside.kind]
    if sent.kind is Kind.CHOICE:
        name, _, tapped = sent.text.partition(":")
        if name != menu.name:
            return session, message
        sent = Input(Kind.CHOICE, tapped)
    code = chosen(sent, named(menu, given.texts))
    match aside.kind, code:
        case "language", str():
            after, asked = go(flow, session, session.at)
            return after, (SetLanguage(code), *asked)
        case "heard", "yes":
            voices = (*session.voices, aside.media) if aside.media else session.voices
            return replace(session, voices=voices), Input(Kind.TEXT, aside.about)
        case "heard", "no":
            return go(flow, session, session.at, Say("heard.again"))
        case "old", "yes" if (old := flow.find(aside.about)) and old in flow.visible(session.seen):
            return go(flow, replace(session, edited=aside.about), aside.about)
        case "erase", "yes":
            return _erased(session)
        case "erase", "no" if session.at == RESUME:
            return go(flow, session, next_open(flow, session.seen))
        case "old" | "erase", str():
            return go(flow, session, session.at)
    return session, message
