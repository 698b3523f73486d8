"""What hangs on a notice, and how long (L8). Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from intake.rules.facts import Facts, Refusal
from intake.scheme import SchemeContent
from intake.workdays import CALENDAR, NOTHING_SAID, DayTable, UnknownYearError, after
from store.clock import china_date


def notice_end(opens_at: datetime, days: int, kind: str = CALENDAR, table: DayTable = NOTHING_SAID) -> datetime:
    """L8: a notice hangs for ``days`` full days of a ``kind`` and ends at the hour at which it was opened.

    Raises:
        UnknownYearError: working days of a year that neither the library nor the county's ``table`` knows.
    """
    first = china_date(opens_at)
    return opens_at + (after(first, days, kind, table) - first)


def notice_end_of(scheme: SchemeContent, opens_at: datetime) -> datetime | Refusal:
    """L8: when a notice that is opened now ends by the scheme; where its days are not known, that the county has to
    fill them in."""
    try:
        return notice_end(opens_at, scheme.notice_days, scheme.notice_kind, scheme.days)
    except UnknownYearError as error:
        return Refusal("L8", "refusal.L8.days_not_known", {"year": error.year})


def notice_is_running(facts: Facts) -> Refusal | None:
    """L8: objections are taken up to the last minute of the notice, not after."""
    if facts.notice_closes_at is None or facts.now >= facts.notice_closes_at:
        return Refusal("L8", "refusal.L8.notice_over")
    return None


def notice_days_are_over(facts: Facts) -> Refusal | None:
    """L8: nobody is proposed before the notice has hung its full days."""
    if facts.notice_closes_at is None or facts.now < facts.notice_closes_at:
        return Refusal("L8", "refusal.L8.notice_running")
    return None


PUBLIC_FACTS = frozenset({"head", "persons", "reliefs", "amount_fen"})
"""All that a line of a notice may hold (L8); the complaint telephone stands on the notice itself."""


def mark_of(lines: Iterable[Mapping[str, Any]]) -> str:
    """By which the lines of a list are known again, in whatever order they stand."""
    told = sorted(json.dumps(line, ensure_ascii=False, sort_keys=True) for line in lines)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def notice_line(head: str, persons: int, reliefs: list[str], amount_fen: int | None) -> dict[str, Any]:
    """L8: one household's line on a notice: head, persons helped, kind of relief, and in the second pass the amount
    where the scheme says so. Never ID number, card, phone, address or illness."""
    line: dict[str, Any] = {"head": head, "persons": persons, "reliefs": reliefs}
    if amount_fen is not None:
        line["amount_fen"] = amount_fen
    return line
