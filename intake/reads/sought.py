"""What was typed into the find box, as a condition on cases: part of the head's name, its initials in pinyin, the case
number, the end of the ID number or of the telephone."""

import re
import unicodedata
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.finding import TAIL, id_tail_index, phone_tail_index
from intake.models import Case, Household

LONGEST = 60
"""Characters that are read; the rest is cut off."""
_BETWEEN = re.compile(r"[\s-]+")
_ENDS = re.compile(r"[0-9]{3,17}[0-9X]")
"""What may be the end of an ID number, or of a telephone number."""
_LETTERS = re.compile(r"[A-Z]+")
_CANDIDATES = 1000
"""Households with the same last four characters in one area that are opened to compare the rest."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases it means. ``beyond`` are the fields whose number was compared further than its mask shows, and
    one was found: whoever asked has learned something of it, which leaves an event."""

    condition: ColumnElement[bool] | None
    beyond: tuple[str, ...] = field(default=())


ANYONE = Sought(None)
"""Nothing was typed."""


async def sought(db: AsyncSession, official: Official, words: str) -> Sought:
    """Read what was typed; one thing may be several, ``1234`` the end of a case number, of an ID number and of a
    telephone. Only households of the official's area are opened."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", words)).upper()
    if _LETTERS.fullmatch(plain):
        return Sought(_whose(Household.initials.contains(plain.lower(), autoescape=True)))
    if not words.isascii():
        return Sought(_whose(Household.head.contains(words, autoescape=True)))
    numbered = select(Case.id).where(within(official, Case.village), Case.number.contains(words, autoescape=True))
    households, beyond = await _ending(db, official, plain) if _ENDS.fullmatch(plain) else ([], ())
    if not households:
        return Sought(Case.id.in_(numbered))
    # Two looks into indexes instead of one at every case.
    return Sought(Case.id.in_(union(numbered, select(Case.id).where(Case.household_id.in_(households)))), beyond)


def _whose(of_household: ColumnElement[bool]) -> ColumnElement[bool]:
    return Case.household_id.in_(select(Household.id).where(of_household))


async def _ending(db: AsyncSession, official: Official, tail: str) -> tuple[list[int], tuple[str, ...]]:
    """The households of the area whose ID number or telephone ends in ``tail``, and with which of them it was compared
    beyond the last four characters."""
    ends = or_(Household.id_tail_index == id_tail_index(tail), Household.phone_tail_index == phone_tail_index(tail))
    of_area = select(Case.id).where(Case.household_id == Household.id, within(official, Case.village)).exists()
    if len(tail) == TAIL:
        found = select(Household.id).where(ends, of_area).limit(_CANDIDATES)
        return list(await db.scalars(found)), ()
    rows = await db.execute(
        select(Household.id, Household.id_number, Household.phone).where(ends, of_area).limit(_CANDIDATES)
    )
    households, beyond = [], set()
    for row in rows:
        same = [name for name in ("id_number", "phone") if getattr(row, name).endswith(tail)]
        if same:
            households.append(row.id)
            beyond |= set(same)
    return households, tuple(sorted(beyond))
