"""Groups of a village as people write them, compared (L1). Pure.

A group is free text: 三组, 3组, 第三村民组, or the name of a natural village. Two numbers that differ are two groups;
where nothing can be told, nothing is.
"""

import re
import unicodedata
from collections.abc import Iterable

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"两": 2, "零": 0}
_NUMBERED = re.compile(r"第?([0-9]{1,3}|[〇零一二两三四五六七八九十]{1,3})(?:村民|生产)?小?[组队社]")
LONGEST = 30
"""Characters of a group's name, as applicants may write it."""


def listed(text: str) -> tuple[str, ...]:
    """The groups of a text in which commas, semicolons, lines or blanks part them, each once."""
    parts = re.split(r"[、，,;；\s]+", unicodedata.normalize("NFC", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def number(text: str) -> int | None:
    """The number of a numbered group: 12 for 十二组; None where it has none or several."""
    found = _NUMBERED.findall(unicodedata.normalize("NFKC", text))
    return _value(found[0]) if len(found) == 1 else None


def same_place(text: str) -> str:
    """One spelling for all of a group: its number where it has one, else its name without blanks; empty where nothing
    was written."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    mine = number(bare)
    return bare if mine is None else str(mine)


def _value(digits: str) -> int | None:
    if digits.isascii():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    parts = (tens, ones) if ten else (digits,)
    if any(len(part) > 1 for part in parts):
        return None
    last = _DIGITS.get(ones, 0)
    return (_DIGITS.get(tens, 1) * 10 + last) if ten else last


def was_hit(group: str, hit: Iterable[str]) -> bool | None:
    """Whether ``group`` is one of those that were hit; None where it cannot be told."""
    named = tuple(hit)
    if not named:
        return True
    mine, numbers = number(group), {number(name) for name in named}
    if mine is not None and None not in numbers:
        return mine in numbers
    if (mine is not None and mine in numbers) or any(name in group for name in named if number(name) is None):
        return True
    return None
