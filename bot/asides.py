"""Small questions beside the bookmark: in which language, was this what you said, change that old answer? Pure."""

from dataclasses import replace

from bot.answers.base import Given
from bot.effects import Menu, Say, SetLanguage
from bot.flow import Flow
from bot.going import Turn, go
from bot.inbound import Input, Kind
from bot.menu import chosen, named
from bot.session import Aside, Session
from locales import languages

LANGUAGES = Menu("#language", tuple((code, f"language.{code}") for code in languages()))
HEARD = Menu("#heard", (("yes", "heard.yes"), ("no", "heard.no")))
OLD = Menu("#old", (("yes", "old.yes"), ("no", "old.no")))
_MENUS = {"language": LANGUAGES, "heard": HEARD, "old": OLD}


def ask_language(session: Session) -> Turn:
    """In which language?"""
    return replace(session, aside=Aside("language")), (Say("language.ask"), LANGUAGES)


def ask_heard(session: Session, text: str) -> Turn:
    """Was this what the voice said?"""
    return replace(session, aside=Aside("heard", text)), (Say("heard.ask", {"text": text}), HEARD)


def ask_old(flow: Flow, session: Session, key: str, given: Given) -> Turn:
    """An old button was tapped: change the answer to its question, or go on here?"""
    question = flow.find(key)
    name = given.texts(flow.text(question, "name")) if question else ""
    return replace(session, aside=Aside("old", key)), (Say("old.ask", {"name": name}), OLD)


def answer_aside(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | Input | Session:
    """The turn that an answer to the small question makes; what was heard, as if it had been typed; or, where the
    message is no answer to it, the session without it: the message counts for the bookmark."""
    aside, session = session.aside, replace(session, aside=None)
    if aside is None:
        return session
    code = chosen(sent, named(_MENUS[aside.kind], given.texts))
    match aside.kind, code:
        case "language", str():
            after, asked = go(flow, session, session.at)
            return after, (SetLanguage(code), *asked)
        case "heard", "yes":
            return Input(Kind.TEXT, aside.about)
        case "heard", "no":
            return go(flow, session, session.at, Say("heard.again"))
        case "old", "yes":
            return go(flow, replace(session, edited=aside.about), aside.about)
        case "old", "no":
            return go(flow, session, session.at)
    return session
