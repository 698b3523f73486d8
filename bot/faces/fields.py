"""A question as a field of a page: its texts, its choices, and what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.answers.base import Given
from bot.answers.explained import plain_words
from bot.answers.yes import NO, YES
from bot.faces.places import Step, found
from bot.flow import Flow, Question
from bot.render import shown_answer

Typed = Mapping[str, list[str]]
"""What a browser sent, by the name of the field."""

LONG = 60
"""Characters from which a text gets several lines."""

INPUTS: dict[str, Mapping[str, str]] = {
    "count": {"inputmode": "numeric"},
    "phone": {"type": "tel", "inputmode": "tel"},
    "id_number": {"autocapitalize": "characters", "spellcheck": "false"},
    "bank_card": {"inputmode": "numeric"},
    "reference": {"autocapitalize": "characters", "spellcheck": "false"},
}
"""What helps the keyboard of a phone, by kind of answer."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field. ``values`` is what stands in it: codes of choices, or what was typed; ``known`` is an answer that is
    kept when the field stays empty, masked; ``picks`` are values to choose from beside what was typed; ``step`` is a
    part of the way to a place; ``plain`` is what a choice means, by its code."""

    key: str
    kind: str
    ask: str
    name: str
    optional: bool
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False
    values: tuple[str, ...] = ()
    known: str = ""
    error: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    step: Step | None = None
    long: bool = False
    high: int = 0
    plain: Mapping[str, str] = field(default_factory=dict)

    @property
    def attributes(self) -> Mapping[str, str]:
        """Of its ``input`` element."""
        return INPUTS.get(self.kind, {})

    @property
    def grouped(self) -> bool:
        """Whether it is a group of boxes under one caption."""
        return self.kind in ("photos", "place") or bool(self.choices)

    @property
    def first(self) -> str:
        """The id of what is focused when the field is wrong."""
        ticked = self.kind != "day" and self.choices
        return f"{self.key}-0" if ticked else f"{self.key}-field"


def make(
    flow: Flow, question: Question, given: Given, typed: Typed | None = None, error: str = "", step: Step | None = None
) -> Field:
    """The field of a question: filled with what was ``typed``, or else with the answer there is."""
    answer, value = question.answer, given.answers.get(question.key)
    values = _written(question, value, given)
    if typed is not None:
        values = tuple(typed.get(question.key, ()))
    hidden = question.private and value is not None and not error
    place = answer.kind == "place"
    chosen = typed.get(f"{question.key}.pick", []) if typed else []
    return Field(
        question.key,
        answer.kind,
        ask(flow, question, given),
        given.texts(key) if given.texts.has(key := flow.text(question, "name")) else ask(flow, question, given),
        question.optional or not question.asked,
        () if answer.kind in ("photos", "place") else answer.choices(given),
        answer.several,
        () if hidden and typed is None else (*values, *chosen),
        shown_answer(question, value, given) if hidden and not (typed and values) else "",
        error,
        found(given, values[0]) if place and error and values else (),
        step,
        answer.kind == "text" and getattr(answer, "high", 0) > LONG,
        getattr(answer, "high", 0) if answer.kind in ("text", "photos") else 0,
        plain_words(answer, given),
    )


def ask(flow: Flow, question: Question, given: Given) -> str:
    """What is asked, in the words for a form where the talk's own would not fit."""
    own = flow.text(question, "form")
    key = own if given.texts.has(own) else flow.text(question, "ask")
    return given.texts(key, person=given.person, hotline=given.hotline, site=given.site)


def _written(question: Question, value: Any, given: Given) -> tuple[str, ...]:
    """An answer as the field that took it would hold it."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return (YES if value else NO,)
    if isinstance(value, list):
        return tuple(map(str, value))
    return (given.places.label(value),) if question.answer.kind == "place" else (str(value),)
