"""The list in which cases are found: by what was typed, village and state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Case, Division, Grant, Household, Need
from intake.nominations import OWN
from intake.procedure import Pass, State
from intake.reads.lists import PER_PAGE, paged


@dataclass(frozen=True, slots=True)
class Found:
    """One case in a list; ``pass_`` and ``state`` are where it stands now. ``nominated``: someone else applied for
    the household. Money in fen."""

    id: int
    number: str
    head: str
    village_name: str
    persons: int
    pass_: Pass
    state: State
    amount_fen: int | None
    filed_at: datetime
    nominated: bool = False


async def find_cases(
    db: AsyncSession,
    official: Official,
    *,
    matching: ColumnElement[bool] | None = None,
    at: tuple[Pass, State] | None = None,
    village: str = "",
    nominated: bool = False,
    scheme_id: int | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> tuple[list[Found], int]:
    """One page of cases of the official's area, newest first, and how many there are in all.

    ``matching`` is what was typed (:func:`intake.reads.sought.sought`); ``at`` is where the case stands now;
    ``nominated`` leaves those for which someone else, or an official's account, applied; ``scheme_id`` those of one
    season. What a row shows is looked up for the rows of the page alone.
    """
    kept = [within(official, Case.village)]
    kept += [matching] if matching is not None else []
    kept += [Case.village == village] if village else []
    kept += [Case.scheme_id == scheme_id] if scheme_id is not None else []
    kept += [Case.nominator.is_not(None)] if nominated else []
    kept += [_standing(*at)] if at is not None else []
    rows, total = await paged(db, select(Case.id).where(*kept).order_by(*_NEWEST), page, per_page)
    shown = await db.execute(_ROW.where(Case.id.in_([row.id for row in rows])).order_by(*_NEWEST))
    return [_found(row) for row in shown], total


async def find_case(db: AsyncSession, official: Official, case_id: int) -> Found | None:
    """One case as it stands in the list; None where the official's area has no such case."""
    row = (await db.execute(_ROW.where(Case.id == case_id, within(official, Case.village)))).one_or_none()
    return _found(row) if row else None


_NEWEST = (Case.filed_at.desc(), Case.number.desc())
_ROW = (
    select(
        Case.id,
        Case.number,
        Case.persons_in_need,
        Case.filed_at,
        Case.nominator,
        Household.head,
        Division.name.label("place"),
        Need.state.label("need"),
        Grant.state.label("granted"),
        Grant.amount_fen,
    )
    .join(Household, Household.id == Case.household_id)
    .join(Division, Division.code == Case.village)
    .join(Need, Need.case_id == Case.id)
    .outerjoin(Grant, Grant.case_id == Case.id)
)


def _standing(pass_: Pass, state: State) -> ColumnElement[bool]:
    """Whether a case stands there now: one whose need was accepted stands in its grant."""
    if pass_ is Pass.GRANT:
        return Case.id.in_(select(Grant.case_id).where(Grant.state == state.value))
    stands = Need.state == state.value, ~Need.accepted
    return Case.id.in_(select(Need.case_id).where(*stands))


def _found(row: Any) -> Found:
    pass_, state = (Pass.GRANT, State(row.granted)) if row.granted else (Pass.NEED, State(row.need))
    return Found(
        row.id,
        row.number,
        row.head,
        row.place,
        row.persons_in_need,
        pass_,
        state,
        row.amount_fen,
        row.filed_at,
        row.nominator is not None and row.nominator.get("relation") != OWN,
    )
