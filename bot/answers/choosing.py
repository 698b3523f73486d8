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
    """What people may call each code: its label, and the words of ``<prefix>.<code>.also``, separated by spaces."""
    also = (f"{prefix}.{code}.also" for code in codes)
    others = (tuple(given.texts(key).split()) if given.texts.has(key) else () for key in also)
    return tuple((label, *words) for (_, label), words in zip(labels(prefix, codes, given), others, strict=True))
