"""Where a session stands under its flow as it is today: which answers hold, and what is asked next. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.base import Given
from bot.flow import Flow
from bot.session import REVIEW, Session


def settle(flow: Flow, session: Session, given: Given) -> Session:
    """The session under the flow as it is now: keys renamed, answers that no longer fit dropped, the bookmark on a
    question that exists. If the bookmark moved, the message that came must not be spent on the new question."""
    if session.version == flow.version:
        return session
    renamed = {(found.key if (found := flow.find(key)) else key): value for key, value in session.answers.items()}
    answers = fitting(flow, renamed, given)
    at = session.at
    if not at.startswith("#"):
        question = flow.find(at)
        seen = {**session.facts, **answers}
        at = question.key if question and question in flow.visible(seen) else next_open(flow, seen)
    elif at == REVIEW:
        at = next_open(flow, {**session.facts, **answers})
    return replace(session, version=flow.version, answers=answers, at=at, offered=(), page=0, collected=())


def next_open(flow: Flow, seen: Mapping[str, Any]) -> str:
    """The first question that is asked and not answered yet, or the summary. ``seen`` are answers and facts."""
    for question in flow.questions:
        if question.asked and question.key not in seen and question.when(seen):
            return question.key
    return REVIEW


def fitting(flow: Flow, answers: Mapping[str, Any], given: Given) -> dict[str, Any]:
    """The answers without those that their questions would refuse now; answers of no question are kept."""
    given = replace(given, answers=answers)
    kept = ((key, value, flow.find(key)) for key, value in answers.items())
    return {key: value for key, value, of in kept if of is None or value is None or of.answer.check(given, value)}
