"""Short ways to say what a person sent and to read what came of it."""

from typing import Any

from bot.answers.base import Answer, Given, Miss, More, Parsed, Several, Value
from bot.inbound import Input, Kind


def said(answer: Answer, given: Given, text: str) -> Any:
    """The value, or ``?key`` for a miss, the list of labels to pick from, or ``+2`` for two of more."""
    return outcome(given, answer.parse(given, Input(Kind.TEXT, text)))


def tapped(answer: Answer, given: Given, code: str) -> Any:
    """The same after a tap."""
    return outcome(given, answer.parse(given, Input(Kind.CHOICE, code)))


def outcome(given: Given, parsed: Parsed) -> Any:
    """Also proves that every text exists and takes the fields it is given."""
    match parsed:
        case Value(value, note, params):
            if note:
                assert given.texts(note, **params)
            return value
        case Miss(key, params):
            assert params or "{" not in given.texts(key)
            given.texts(key, **params)
            return f"?{key.removeprefix('answer.')}"
        case More(collected, key, params):
            given.texts(key, **params)
            return f"+{len(collected)}"
        case Several(key, options, params):
            assert params or "{" not in given.texts(key)
            given.texts(key, **params)
            return [label for _, label in options]
