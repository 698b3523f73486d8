"""What the lists have in common: the page and the village that are asked for."""

from admin.call import Call
from intake.reads.lists import PER_PAGE

_FURTHEST = 10_000
_TOWNSHIP, _VILLAGE = 9, 12
"""Digits of the codes."""


def page_of(call: Call) -> int:
    """The page that is asked for; the first where that is no number."""
    typed = call.request.query.get("page", "1")
    return min(max(int(typed), 1), _FURTHEST) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def pages_of(total: int) -> int:
    """How many pages there are, at least one."""
    return max(1, -(-total // PER_PAGE))


def village_of(call: Call) -> str:
    """The village that is asked for; empty where that is no village's code."""
    return _code(call, "village", _VILLAGE)


def township_of(call: Call) -> str:
    """The township that is asked for; empty where that is no township's code."""
    return _code(call, "township", _TOWNSHIP)


def _code(call: Call, name: str, digits: int) -> str:
    typed = call.request.query.get(name, "")
    return typed if typed.isascii() and typed.isdigit() and len(typed) == digits else ""
