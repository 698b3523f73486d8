"""What the lists have in common: the page and the village that are asked for."""

from admin.call import Call
from intake.reads.lists import PER_PAGE

_FURTHEST = 10_000
_VILLAGE = 12
"""Digits of a village's code."""


def page_of(call: Call) -> int:
    """The page that is asked for; the first where that is no number."""
    typed = call.request.query.get("page", "1")
    return min(max(int(typed), 1), _FURTHEST) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def pages_of(total: int) -> int:
    """How many pages there are, at least one."""
    return max(1, -(-total // PER_PAGE))


def village_of(call: Call) -> str:
    """The village that is asked for; empty where that is no village's code."""
    typed = call.request.query.get("village", "")
    return typed if typed.isascii() and typed.isdigit() and len(typed) == _VILLAGE else ""
