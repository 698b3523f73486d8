"""What a person may say at the three bookmarks that are no questions: the summary, the choice of what to change, and
the question whether to go on with a draft. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.answers.base import Given
from bot.answers.words import ending_off
from bot.effects import Menu
from bot.flow import Flow, Question
from bot.inbound import Input, Kind
from bot.menu import Options, chosen, named
from bot.session import EDIT, RESUME, REVIEW, Session

REVIEW_MENU = Menu(REVIEW, (("send", "review.send"), ("edit", "review.edit"), ("later", "review.later")))
RESUME_MENU = Menu(RESUME, (("go_on", "resume.go_on"), ("restart", "resume.restart"), ("look", "resume.look")))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants at a bookmark: ``send``, ``edit`` (with the question's ``key`` where they named it),
    ``later``, ``go_on``, ``restart``, ``look``; or ``unknown`` among ``count`` choices."""

    code: str
    key: str = ""
    count: int = 0


def wish(flow: Flow, session: Session, sent: Input, given: Given) -> Wish:
    """Read a message at the bookmark where the session is."""
    if session.at == EDIT:
        names = _names(flow, session, given)
        key = chosen(sent, names)
        return Wish("edit", key) if key else Wish("unknown", count=len(names))
    menu = REVIEW_MENU if session.at == REVIEW else RESUME_MENU
    code = chosen(sent, named(menu, given.texts))
    if code is None and session.at == REVIEW and sent.kind is Kind.TEXT and not sent.text.strip().isdigit():
        key = chosen(Input(Kind.TEXT, _what(sent.text, given)), _names(flow, session, given))
        if key:
            return Wish("edit", key)
    return Wish(code) if code else Wish("unknown", count=len(menu.options))


def _what(text: str, given: Given) -> str:
    """What is to be changed: 名字 of 改名字 and of 名字错了."""
    words = ending_off(text)
    for prefix in given.texts.words("review.edit.prefixes"):
        words = words[len(prefix) :] if words.lower().startswith(prefix) else words
    for ending in sorted(map(ending_off, given.texts.words("review.edit.endings.words")), key=len, reverse=True):
        words = words[: -len(ending)] if words.lower().endswith(ending) else words
    return ending_off(words)


def editable(flow: Flow, seen: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions that stand on the summary and may be answered anew there."""
    shown = (question for question in flow.visible(seen) if not question.gate)
    return tuple(question for question in shown if question.key in seen or not question.asked)


def _names(flow: Flow, session: Session, given: Given) -> Options:
    shown = editable(flow, session.seen)
    return tuple((question.key, given.texts.names(flow.text(question, "name"))) for question in shown)
