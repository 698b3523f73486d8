"""A form that is sent whole, or page by page: each field is read by the same answers as in the talk. Pure.

The document is ``{"flow", "answers": {key: value}, "send": bool, "draft": bool, "language": code}``. A value is what
was typed, a code, a list of codes, a number or true/false. With ``send`` false the answers join the draft and nothing
is handed in. With ``send`` true the form stands alone and leaves the person's draft as it is, unless ``draft`` says
that it is the draft that is handed in, with these answers over it. ``language`` is the page's, where it was chosen.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from bot.answers.base import Answer, Given, Miss, Several, Value
from bot.flow import Flow, Question
from bot.inbound import Input, Kind
from bot.settling import fitting

LONGEST = 4000
"""Characters of one field that are looked at."""

WHOLE, FAULT = "#form", "#fault"
"""Where errors stand that belong to no question: the form is not for this person; we failed, and nothing was made."""


class FormError(ValueError):
    """Not a form document."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it came: its ``flow``, the raw ``answers`` by question key, whether it is handed in now and whether the
    ``draft`` goes with it; the ``language`` of the page, where it was chosen there."""

    flow: str
    answers: Mapping[str, Any]
    send: bool
    draft: bool = False
    language: str = ""

    @classmethod
    def read(cls, text: str) -> "Form":
        """Read a document.

        Raises:
            FormError: it is not one.
        """
        try:
            body = orjson.loads(text)
            flow, answers, send = body["flow"], body["answers"], body.get("send", True)
            draft, language = body.get("draft", False), body.get("language", "")
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise FormError from error
        if not isinstance(flow, str) or not isinstance(answers, dict) or not isinstance(language, str):
            raise FormError
        if not isinstance(send, bool) or not isinstance(draft, bool):
            raise FormError
        return cls(flow, answers, send, draft, language)

    def write(self) -> str:
        """The document that :meth:`read` reads."""
        return orjson.dumps(asdict(self)).decode()


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers that were understood, and for each other field a text that says what was wrong."""

    answers: Mapping[str, Any]
    errors: Mapping[str, str]


def digest(document: str) -> str:
    """By which a document is known again."""
    return hashlib.sha256(document.encode()).hexdigest()[:16]


def fill(flow: Flow, form: Form, before: Mapping[str, Any], given: Given) -> Filled:
    """Read a form over the answers ``before``. What is handed in has to be complete; a page only what is on it, and an
    answer that it makes impossible is asked again."""
    answers, errors = dict(before), {}
    for question in flow.questions:
        if not question.when({**given.facts, **answers}):
            continue
        if question.key not in form.answers and (not form.send or question.key in answers or not question.asked):
            continue
        read = read_field(question, form.answers.get(question.key), replace(given, answers=answers))
        if isinstance(read, Value) and not (question.gate and read.value is False):
            answers[question.key] = read.value
        else:
            key, params = (read.key, read.params) if isinstance(read, Miss) else ("form.gate", {})
            errors[question.key] = given.texts(given.texts.for_form(key), **params)
    return Filled(answers if form.send else fitting(flow, answers, given), errors)


def read_field(question: Question, raw: Any, given: Given) -> Value | Miss:
    """One field, as the question's kind of answer understands it."""
    answer = question.answer
    if raw is None or raw in ("", []):
        if answer.kind == "photos":
            return Value([])
        return Value(None) if question.optional or not question.asked else Miss("form.missing")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = str(int(raw) if raw == raw // 1 else raw)
    if isinstance(raw, list) and answer.several:
        return _several(answer, raw, given)
    if answer.kind == "photos":
        return Value(raw) if answer.check(given, raw) else Miss("form.photos")
    if not isinstance(raw, str):
        return Value(raw) if answer.check(given, raw) else Miss("form.invalid")
    raw = raw[:LONGEST]
    codes = {code for code, _ in answer.choices(given)}
    tapped = raw in codes or (answer.kind == "place" and answer.check(given, raw))
    parsed = answer.parse(given, Input(Kind.CHOICE if tapped else Kind.TEXT, raw))
    if isinstance(parsed, Several) and len(parsed.options) == 1:
        return Miss("form.nearly", {"option": parsed.options[0][1]})
    if isinstance(parsed, Several):
        options = given.texts("form.or").join(label for _, label in parsed.options[:9])
        return Miss("form.several", {"options": options})
    return parsed if isinstance(parsed, Value | Miss) else Miss("form.invalid")


def _several(answer: Answer, raw: list[Any], given: Given) -> Value | Miss:
    """Codes that were ticked, in whatever order and however often."""
    offered = [code for code, _ in answer.choices(given)]
    if any(code not in offered for code in raw):
        return Miss("form.invalid")
    ticked = [code for code in offered if code in raw]
    return Value(ticked) if answer.check(given, ticked) else Miss("form.together")
