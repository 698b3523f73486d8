"""A good answer to any question, by the kind of its answer: what a sensible person would type."""

from dataclasses import replace
from typing import Any

from bot.answers.base import Given
from bot.answers.picked import Picked
from bot.effects import Submit
from bot.engine import advance, follow
from bot.flow import Flow, Question
from bot.going import start
from bot.inbound import Input, Kind
from bot.session import EDIT, RESUME, REVIEW, Session
from tests.world import resident_id


def facts_of(flow: Flow) -> dict[str, Any]:
    """What the host might know for a flow: two of everything that is picked from."""
    picked = (question.answer.fact for question in flow.questions if isinstance(question.answer, Picked))
    return dict.fromkeys(picked, (("one", "王建国"), ("none", "都不是")))


_BY_KIND = {
    "consent": "同意",
    "yes": "是",
    "one": "1",
    "many": "1",
    "picked": "1",
    "name": "王建国",
    "id_number": resident_id(1),
    "phone": "13800001234",
    "count": "1",
    "place": "潭头镇石门村",
    "text": "粮食不够吃到春天",
    "group": "3",
    "photos": "没有",
    "day": "今天",
    "bank_card": "6222020200112233445",
    "reference": "410324-2022-00001",
}
_ON = {REVIEW: "查看", EDIT: "返回", RESUME: "1"}


def sample(question: Question) -> str:
    """What to type at a question; a kind that nobody gave a sample is an error of the tests."""
    return _BY_KIND[question.answer.kind]


def lead_on(flow: Flow, session: Session, given: Given, most: int = 60) -> Session:
    """Answer sensibly until the summary, or until the flow without one is sent."""
    for _ in range(most):
        if session.at == REVIEW:
            return session
        question = flow.find(session.at)
        words = sample(question) if question else _ON[session.at]
        session, effects = turn(flow, session, Input(Kind.TEXT, words), given)
        if any(isinstance(effect, Submit) for effect in effects):
            return replace(session, at=REVIEW)
    raise AssertionError(f"{flow.name} never reaches its summary; it stands at {session.at}")


def begin(flow: Flow, given: Given, facts: dict[str, Any] | None = None) -> tuple[Session, tuple[Any, ...]]:
    """The flow's beginning, as the host begins it."""
    session, effects = start(flow)
    return follow(flow, replace(session, facts=facts_of(flow) if facts is None else facts), effects, given)


def turn(flow: Flow, session: Session, sent: Input, given: Given) -> tuple[Session, tuple[Any, ...]]:
    """One turn as the host makes it: facts, advance, facts."""
    facts = session.facts
    after, effects = advance(flow, session, sent, given)
    return follow(flow, replace(after, facts=facts), effects, given)
