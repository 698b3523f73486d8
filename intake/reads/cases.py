"""The list in which cases are found: by name, number, village and state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
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
    words: str = "",
    at: tuple[Pass, State] | None = None,
    village: str = "",
    nominated: bool = False,
    scheme_id: int | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> tuple[list[Found], int]:
    """One page of cases of the official's area, newest first, and how many there are in all.

    ``words`` is part of the head's name or of the case number; ``at`` is where the case stands now; ``nominated``
    leaves those for which someone else, or an official's account, applied; ``scheme_id`` those of one season.
    """
    query = _of_area(official)
    if words:
        query = query.where(
            or_(Household.head.contains(words, autoescape=True), Case.number.contains(words, autoescape=True))
        )
    if village:
        query = query.where(Case.village == village)
    if scheme_id is not None:
        query = query.where(Case.scheme_id == scheme_id)
    if nominated:
        query = query.where(Case.nominator.is_not(None))
    if at is not None:
        pass_, state = at
        if pass_ is Pass.GRANT:
            query = query.where(Grant.state == state.value)
        else:
            query = query.where(Need.state == state.value, Grant.case_id.is_(None))
    rows, total = await paged(db, query.order_by(Case.filed_at.desc(), Case.number.desc()), page, per_page)
    return [_found(*row) for row in rows], total


async def find_case(db: AsyncSession, official: Official, case_id: int) -> Found | None:
    """One case as it stands in the list; None where the official's area has no such case."""
    row = (await db.execute(_of_area(official).where(Case.id == case_id))).one_or_none()
    return _found(*row) if row else None


def _of_area(official: Official) -> Select[Any, Any, Any, Any, Any, Any]:
    return (
        select(Case, Household.head, Division.name, Need.state, Grant.state, Grant.amount_fen)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(within(official, Case.village))
    )


def _found(case: Case, head: str, place: str, need: str, grant: str | None, amount: int | None) -> Found:
    pass_, state = (Pass.GRANT, State(grant)) if grant else (Pass.NEED, State(need))
    nominated = case.nominator is not None and case.nominator.get("relation") != OWN
    return Found(
        case.id, case.number, head, place, case.persons_in_need, pass_, state, amount, case.filed_at, nominated
    )
