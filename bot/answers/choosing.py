"""What the kinds with a list of choices share: codes, their labels and the other words for them."""

from collections.abc import Callable

from bot.answers.base import Given
from bot.answers.options import Names

Codes = tuple[str, ...] | Callable[[Given], tuple[str, ...]]
"""The codes to choose from, or how to know them from what is given (the disasters of the season first)."""


def codes_of(codes: Codes, given: Given) -> tuple[str, ...]:
    """The codes in the order offered."""
    return codes(given) if callable(codes) else codes


def labels(prefix: str, codes: tuple[str, ...], given: Given) -> tuple[tuple[str, str], ...]:
    """(code, label) of each code, from the catalog's ``<prefix>.<code>``."""
    return tuple((code, given.texts(f"{prefix}.{code}")) for code in codes)


def names(prefix: str, codes: tuple[str, ...], given: Given) -> Names:
    """What people may call each code: its label first, then the words of ``<prefix>.<code>.also``, also in Chinese."""
    return tuple(given.texts.names(f"{prefix}.{code}") for code in codes)


def joints(given: Given) -> tuple[str, ...]:
    """The words that stand between two things of a list in the person's language."""
    return given.texts.words("answer.and.words")
