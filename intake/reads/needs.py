"""The reported need (L11): the households whose need was accepted, by township, and what they would be given."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Case, Grant, Need
from intake.reads.place_names import place_names
from intake.scheme import SchemeContent

_TOWNSHIP = 9
"""Digits of a township's code."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Households and persons in need; the least and the most that the scheme's tiers give them, each household within
    the cap; of ``settled`` households the amount is known, together ``settled_fen``. Money in fen."""

    households: int = 0
    persons: int = 0
    least_fen: int = 0
    most_fen: int = 0
    settled: int = 0
    settled_fen: int = 0

    def __add__(self, other: "Reported") -> "Reported":
        """The need of both."""
        return Reported(
            self.households + other.households,
            self.persons + other.persons,
            self.least_fen + other.least_fen,
            self.most_fen + other.most_fen,
            self.settled + other.settled,
            self.settled_fen + other.settled_fen,
        )


@dataclass(frozen=True, slots=True)
class TownshipNeed:
    """A township's reported need."""

    code: str
    name: str
    need: Reported


async def needs(db: AsyncSession, official: Official, scheme_id: int, content: SchemeContent) -> list[TownshipNeed]:
    """The reported need of the official's area, township by township. A household that gave way after its need was
    accepted stays on the list: it was reported."""
    township = func.substr(Case.village, 1, _TOWNSHIP)
    rows = await db.execute(
        select(
            township,
            func.count(),
            func.sum(Case.persons_in_need),
            func.sum(_capped(min(content.tiers.values()), content)),
            func.sum(_capped(max(content.tiers.values()), content)),
            func.count(Grant.amount_fen),
            func.coalesce(func.sum(Grant.amount_fen), 0),
        )
        .select_from(Case)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, Need.accepted, within(official, Case.village))
        .group_by(township)
    )
    counted = {row[0]: Reported(*map(int, row[1:])) for row in rows}
    names = await place_names(db, list(counted))
    return [TownshipNeed(code, names.get(code, code), counted[code]) for code in sorted(counted)]


def _capped(tier_fen: int, content: SchemeContent) -> ColumnElement[int]:
    """L4: the tier's amount for the persons in need, at most the household cap; in fen."""
    usual = Case.persons_in_need * tier_fen
    return case((usual > content.household_cap_fen, content.household_cap_fen), else_=usual)
