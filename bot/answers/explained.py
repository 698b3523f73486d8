"""Choices in plain words: the catalog's ``<prefix>.<code>.plain``, one line each. Pure."""

from collections.abc import Mapping

from bot.answers.base import Answer, Given
from bot.answers.many import Many
from bot.answers.one import One


def plain_words(answer: Answer, given: Given) -> Mapping[str, str]:
    """What the choices of an answer mean, by code in the order offered; those that explain themselves are left out."""
    if not isinstance(answer, One | Many):
        return {}
    keys = {code: f"{answer.prefix}.{code}.plain" for code, _ in answer.choices(given)}
    return {code: given.texts(key) for code, key in keys.items() if given.texts.has(key)}
