"""The JSON Schema (draft 2020-12) of a flow's answers, made from its questions.

The values in it are written as they are kept; what people type is understood as well. Words of our own: ``x-kind`` is
the kind of answer, ``x-when`` the schema that the other answers fit when the question is asked, ``x-labels`` what yes
and no are called, ``x-private`` that it is shown masked,
``x-most`` the other answer (``key``) that a number must not exceed, and what is ``over`` it told.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.answers.base import Given
from bot.answers.count import Answered, Count
from bot.answers.explained import plain_words
from bot.faces.conditions import condition
from bot.faces.fields import ask
from bot.flow import Flow, Question
from intake.card_numbers import PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LONGEST_TEXT = 200

_STRINGS: Mapping[str, Mapping[str, Any]] = {
    "name": {"minLength": 1, "maxLength": 60},
    "id_number": {"pattern": "^[0-9]{17}[0-9X]$"},
    "phone": {"pattern": r"^(\+86)?[0-9 -]{7,16}$"},
    "place": {"pattern": "^[0-9]{12}$"},
    "group": {"minLength": 1, "maxLength": 30},
    "day": {"format": "date"},
    "bank_card": {"pattern": PATTERN},
    "reference": {"minLength": 10, "maxLength": 40},
}


def schema(flow: Flow, given: Given, facts: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """What a flow's answers look like, in the language of ``given``, for someone of whom the host knows ``facts``."""
    rules = {question.key: condition(question.when, facts) for question in flow.questions}
    asked = [question for question in flow.questions if rules[question.key] is not False]
    needed = [question for question in asked if is_needed(question)]
    always = [question.key for question in needed if rules[question.key] is True]
    sometimes = [
        {"if": rules[question.key], "then": {"required": [question.key]}}
        for question in needed
        if rules[question.key] is not True
    ]
    body: dict[str, Any] = {
        "type": "object",
        "title": given.texts(f"home.{flow.name}"),
        "properties": {question.key: _question(flow, question, given, rules[question.key]) for question in asked},
        "required": always,
        "additionalProperties": False,
    }
    return body | ({"allOf": sometimes} if sometimes else {})


def is_needed(question: Question) -> bool:
    """Whether it has to be answered when it is asked; what hangs on the host's knowledge can't be said beforehand."""
    return question.asked and not question.optional and question.answer.kind not in ("picked", "photos")


def _question(flow: Flow, question: Question, given: Given, rule: bool | dict[str, Any]) -> dict[str, Any]:
    key = flow.text(question, "name")
    asked = ask(flow, question, given)
    body: dict[str, Any] = {"title": given.texts(key) if given.texts.has(key) else asked, "description": asked}
    body |= _value(question, given) | {"x-kind": question.answer.kind}
    if question.private:
        body["x-private"] = True
    return body if isinstance(rule, bool) else body | {"x-when": rule}


def _value(question: Question, given: Given) -> dict[str, Any]:
    answer = question.answer
    plain = plain_words(answer, given)
    offered = [
        {"const": code, "title": label} | ({"description": plain[code]} if code in plain else {})
        for code, label in answer.choices(given)
    ]
    match answer.kind:
        case "consent" | "yes":
            labels = dict(answer.choices(given))
            yes_no = {"type": "boolean", "x-labels": [labels["yes"], labels["no"]]}
            return yes_no | ({"const": True} if question.gate else {})
        case "count":
            body = {"type": "integer", "minimum": getattr(answer, "low", 0), "maximum": _most(answer, given)}
            return body | _limit(answer, given)
        case "photos":
            high = getattr(answer, "high", 0)
            return {"type": "array", "items": {"type": "string"}, "maxItems": high, "uniqueItems": True}
        case "text":
            low, high = max(getattr(answer, "low", 0), 1), getattr(answer, "high", LONGEST_TEXT)
            return {"type": "string", "minLength": low, "maxLength": high}
        case "place":
            return {"type": "string", **_STRINGS["place"]}
        case "day":
            return {"type": "string", **_STRINGS["day"], "examples": [code for code, _ in answer.choices(given)]}
    if answer.several:
        return {"type": "array", "items": {"oneOf": offered}, "minItems": 1, "uniqueItems": True}
    if offered:
        return {"type": "string", "oneOf": offered}
    return {"type": "string", **_STRINGS.get(answer.kind, {"maxLength": LONGEST_TEXT})}


def _limit(answer: object, given: Given) -> dict[str, Any]:
    """The earlier answer that a number hangs on, for whoever checks a form without us."""
    if not isinstance(answer, Count) or not isinstance(answer.high, Answered):
        return {}
    return {"x-most": {"key": answer.high.key, "over": given.texts(given.texts.for_form(answer.over))}}


def _most(answer: object, given: Given) -> int:
    high = getattr(answer, "high", 0)
    return int(high(given)) if callable(high) else int(high)
