"""The households of the GRANT pass as the allocation helper takes them, with the names that a page shows."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.allocation.household import Fixed, Household
from intake.models import Case, Division, Grant
from intake.models import Household as HouseholdRow
from intake.procedure import State
from intake.shares import HANGING

AWAITED = (State.APPLIED, State.REVIEWED, *HANGING)
"""States of grants that have or may have an amount."""
REBUILT = "rebuilt_house"


@dataclass(frozen=True, slots=True)
class Listed:
    """A household with its head's, its village's and its township's name."""

    household: Household
    head: str
    village_name: str
    township_name: str


async def households_of(db: AsyncSession, official: Official, scheme_id: int) -> list[Listed]:
    """Those of the official's area that wait for the second review, and those that have an amount, as settled."""
    township = aliased(Division)
    rows = await db.execute(
        select(
            Case.id,
            Case.number,
            Case.village,
            Case.household_size,
            Case.persons_in_need,
            Case.categories,
            Case.disasters,
            Case.household_id,
            Grant.state,
            Grant.tier,
            Grant.amount_fen,
            HouseholdRow.head,
            Division.name,
            township.name.label("township_name"),
        )
        .join(HouseholdRow, HouseholdRow.id == Case.household_id)
        .join(Grant, Grant.case_id == Case.id)
        .join(Division, Division.code == Case.village)
        .join(township, township.code == Division.parent)
        .where(
            Case.scheme_id == scheme_id,
            within(official, Case.village),
            Grant.state.in_([state.value for state in AWAITED]),
        )
        .order_by(Case.village, Case.number)
    )
    before = await _homeless_before(db, official, scheme_id)
    return [
        Listed(
            Household(
                key=row.id,
                number=row.number,
                village=row.village,
                size=row.household_size,
                persons=row.persons_in_need,
                categories=tuple(row.categories),
                disasters=tuple(row.disasters),
                homeless_before=REBUILT in row.categories and row.household_id in before,
                fixed=_fixed(State(row.state), row.tier, row.amount_fen),
            ),
            row.head,
            row.name,
            row.township_name,
        )
        for row in rows
    ]


def _fixed(state: State, tier: str | None, amount_fen: int | None) -> Fixed | None:
    """A case that was sent back keeps the amount of its old review, which counts no more."""
    if state is State.APPLIED or tier is None or amount_fen is None:
        return None
    return Fixed(tier, amount_fen)


async def _homeless_before(db: AsyncSession, official: Official, scheme_id: int) -> set[int]:
    """Ids of the area's households whose house was rebuilt in another season too (X6)."""
    rows = await db.execute(
        select(Case.household_id, Case.categories).where(Case.scheme_id != scheme_id, within(official, Case.village))
    )
    return {row.household_id for row in rows if REBUILT in row.categories}
