"""Cutting a text into the terms that are searched for: its characters and its pairs of neighbouring characters."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

LONGEST = 200
"""Characters of a typed text that are looked at: a question is shorter, and what is longer shall cost nothing."""


@cache
def stop() -> frozenset[str]:
    """The characters that say nothing of what a question is about."""
    path = Path(__file__).parent / "stop.toml"
    return frozenset(tomllib.loads(path.read_text("utf-8"))["characters"])


def plain(text: str) -> str:
    """The letters, digits and Chinese characters of the text's beginning, in one form: half width, lower case."""
    one_form = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return "".join(character for character in one_form if character.isalnum())[:LONGEST]


def terms(text: str) -> list[str]:
    """The terms of a text in order, doubled ones as often as they stand; stop characters and pairs of them are none."""
    letters = plain(text)
    pairs = (letters[at : at + 2] for at in range(len(letters) - 1))
    return [term for term in (*letters, *pairs) if not stop().issuperset(term)]
