"""Coming back to a draft after hours: first whether to go on, so that an old number answers nothing. Pure."""

from datetime import timedelta

from bot.answers.base import Given
from bot.bookmarks import wish
from bot.commands import command_of, language_of
from bot.flow import Flow
from bot.going import Turn, resume
from bot.inbound import Input, Kind
from bot.session import RESUME, Session

_ASKED = frozenset({Kind.TEXT, Kind.VOICE, Kind.LOCATION, Kind.STICKER, Kind.OTHER})

AFTER = timedelta(hours=4)
"""How long a question may lie before it is out of sight; the first reminder comes then."""


def come_back(flow: Flow, session: Session, sent: Input, given: Given) -> Session | Turn:
    """The session that reads the message, or the turn that asks first. A word says what it says (继续, 重来, 帮助 …);
    a tap names its question by itself; anything else, such as a number, was meant for a question long out of sight."""
    if session.fresh or not flow.review or session.at == RESUME or sent.kind not in _ASKED:
        return session
    asking, asked = resume(session)
    if sent.kind is Kind.TEXT and _is_word(flow, asking, sent, given):
        return asking
    return asking, asked


def _is_word(flow: Flow, asking: Session, sent: Input, given: Given) -> bool:
    if sent.text.strip().isdecimal():
        return False
    if command_of(given.texts, sent.text) or language_of(given.texts, sent.text):
        return True
    return wish(flow, asking, sent, given).code != "unknown"
