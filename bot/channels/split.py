"""Long texts in parts that a channel can carry."""

from collections.abc import Callable
from unicodedata import category


def utf8_bytes(text: str) -> int:
    """Length as WeChat counts it."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """``text`` in parts of at most ``limit`` by ``size``: cut at the last line end that fits, else between two
    characters, and never before a combining mark (a Tibetan vowel sign stays with its letter)."""
    parts = []
    while size(text) > limit:
        end = _fitting(text, limit, size)
        line = text.rfind("\n", 1, end + 1)
        cut = line if line > 0 else _before_marks(text, end)
        parts.append(text[:cut].rstrip("\n"))
        text = text[cut:].lstrip("\n")
    parts.append(text)
    return [part for part in parts if part]


def _fitting(text: str, limit: int, size: Callable[[str], int]) -> int:
    """The greatest number of leading characters that fit, at least one."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if size(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _before_marks(text: str, end: int) -> int:
    """The last place at or before ``end`` that separates no combining mark from its letter."""
    cut = end
    while cut > 0 and category(text[cut]).startswith("M"):
        cut -= 1
    return cut or end
