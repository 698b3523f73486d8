"""The list in which cases are found: by name, number, village and state."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Case, Division, Grant, Household, Need
from intake.procedure import Pass, State

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One case in a list; ``pass_`` and ``state`` are where it stands now. Money in fen."""

    id: int
    number: str
    head: str
    village_name: str
    persons: int
    pass_: Pass
    state: State
    amount_fen: int | None
    filed_at: datetime


async def find_cases(
    db: AsyncSession,
    official: Official,
    *,
    words: str = "",
    at: tuple[Pass, State] | None = None,
    village: str = "",
    page: int = 1,
) -> tuple[list[Found], int]:
    """One page of :data:`PER_PAGE` cases of the official's area, newest first, and how many there are in all.

    ``words`` is part of the head's name or of the case number; ``at`` is where the case stands now.
    """
    query = (
        select(Case, Household.head, Division.name, Need.state, Grant.state, Grant.amount_fen)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(within(official, Case.village))
    )
    if words:
        query = query.where(
            or_(Household.head.contains(words, autoescape=True), Case.number.contains(words, autoescape=True))
        )
    if village:
        query = query.where(Case.village == village)
    if at is not None:
        pass_, state = at
        if pass_ is Pass.GRANT:
            query = query.where(Grant.state == state.value)
        else:
            query = query.where(Need.state == state.value, Grant.case_id.is_(None))
    total = await db.scalar(select(func.count()).select_from(query.with_only_columns(Case.id).subquery())) or 0
    rows = await db.execute(
        query.order_by(Case.filed_at.desc(), Case.number.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    )
    found = []
    for case, head, place, need, grant, amount in rows:
        pass_, state = (Pass.GRANT, State(grant)) if grant else (Pass.NEED, State(need))
        found.append(
            Found(case.id, case.number, head, place, case.persons_in_need, pass_, state, amount, case.filed_at)
        )
    return found, total
