"""How many messages typical talks take, how long the prompts are, and which questions want more than a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.answers.base import Answer, Given, Several
from bot.answers.picked import Picked
from bot.effects import Submit
from bot.engine import Turn, advance, follow, start
from bot.flow import Flow, Question
from bot.flows import FLOWS
from bot.inbound import Input, Kind
from bot.render import wording
from intake.id_number import check_digit

TYPED: Mapping[str, str] = {
    "name": "王建国",
    "id_number": f"41032419600101123{check_digit('41032419600101123')}",
    "phone": "13800001234",
    "count": "3",
    "place": "石门村",
    "group": "3",
    "text": "地里的玉米被水淹了",
    "day": "昨天",
    "bank_card": "6228480012345678903",
    "reference": "410324-2022-00001",
    "photos": "没有",
}
"""What a person types at a kind of answer that has no list; at the others it is 1."""
NUMBERS = frozenset({"count", "phone", "bank_card", "group", "reference"})
"""Kinds that a number answers, though there is no list."""
FREE = frozenset({"name", "id_number", "text"})
"""Kinds that need not be answerable by a number or a tap."""
CHOOSE = "选"
"""What whoever cannot type a village says instead."""
ENDLESS = 60


@dataclass(frozen=True, slots=True)
class Talk:
    """A whole talk: at most ``most`` messages of the person, the first to begin it, the last to send. ``second`` is
    the next in a row, with what the flow carries over."""

    title: str
    flow: str
    most: int
    second: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


TALKS = (
    Talk("an application", "apply", 14),
    Talk("the second household that a relative nominates", "nominate", 12, second=True),
    Talk("the second household that a cadre nominates", "nominate", 12, True, facts={"@official": True}),
)


def messages(talk: Talk, given: Given) -> int:
    """The messages of the person, counted by walking the talk with the engine itself.

    Raises:
        RuntimeError: it comes to no end.
    """
    flow = FLOWS[talk.flow]
    answers = _walk(flow, talk, {}, given)[1] if talk.second else {}
    return _walk(flow, talk, {key: answers[key] for key in flow.carried if key in answers}, given)[0]


def _walk(flow: Flow, talk: Talk, known: Mapping[str, Any], given: Given) -> tuple[int, Mapping[str, Any]]:
    said = 1
    session, effects = _told(flow, talk, start(flow, known), given)
    while not isinstance(effects[-1], Submit):
        if said > ENDLESS:
            raise RuntimeError(f"no end of {talk.title}, at {session.at}")
        sent = Input(Kind.TEXT, _says(flow, session.at))
        session, effects = _told(flow, talk, advance(flow, session, sent, given), given)
        said += 1
    return said, session.answers


def _told(flow: Flow, talk: Talk, turn: Turn, given: Given) -> Turn:
    """The turn with what the host knows, as a batch does it."""
    return follow(flow, replace(turn[0], facts=talk.facts), turn[1], given)


def _says(flow: Flow, at: str) -> str:
    question = flow.find(at)
    return TYPED.get(question.answer.kind, "1") if question else "1"


def prompts(given: Given) -> Iterator[tuple[str, str]]:
    """Each question of each flow, as ``flow.key``, and what it asks."""
    return ((f"{flow.name}.{question.key}", wording(flow, question, given)) for flow, question in _questions())


def typed_only(given: Given) -> Iterator[str]:
    """The questions that nobody can answer by a number or a tap, though they should be."""
    for flow, question in _questions():
        if question.answer.kind not in FREE | NUMBERS and not _tapped(question.answer, given):
            yield f"{flow.name}.{question.key}"


def _tapped(answer: Answer, given: Given) -> bool:
    if isinstance(answer, Picked):
        given = replace(given, facts={answer.fact: (("1", "王建国"),)})
    return bool(answer.choices(given)) or isinstance(answer.parse(given, Input(Kind.TEXT, CHOOSE)), Several)


def _questions() -> Iterator[tuple[Flow, Question]]:
    return ((flow, question) for flow in FLOWS.values() for question in flow.questions)
