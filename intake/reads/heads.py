"""Households by their head, for pages that name cases which have left their list."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Case, Division, Household


@dataclass(frozen=True, slots=True)
class Named:
    """A household by its head, how many of it are in need, and its village."""

    head: str
    persons: int
    village_name: str


async def heads(db: AsyncSession, official: Official, ids: Collection[int]) -> dict[int, Named]:
    """The households of these cases, as far as they lie in the official's area."""
    rows = await db.execute(
        select(Case.id, Household.head, Case.persons_in_need, Division.name)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .where(Case.id.in_(ids), within(official, Case.village))
        .order_by(Case.village, Case.number)
    )
    return {row[0]: Named(*row[1:]) for row in rows}
