"""What the township proposes for a village's households."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import AllocationHint, Case, Staff


@dataclass(frozen=True, slots=True)
class Hint:
    """A proposal, with its amount in fen and its explanation."""

    tier: str
    amount_fen: int
    why: Mapping[str, Any]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """When a proposal was given to an official's villages, and who gave it."""

    staff_id: int
    who: str
    at: datetime


async def last_given(db: AsyncSession, official: Official, scheme_id: int) -> Given | None:
    """The newest proposal that the villages of the official's area have; None where they have none."""
    query = (
        select(AllocationHint.made_by, Staff.name, AllocationHint.made_at)
        .join(Case, Case.id == AllocationHint.case_id)
        .join(Staff, Staff.id == AllocationHint.made_by)
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .order_by(AllocationHint.made_at.desc())
        .limit(1)
    )
    row = (await db.execute(query)).first()
    return Given(*row) if row else None


async def hints(db: AsyncSession, official: Official, case_ids: Collection[int]) -> dict[int, Hint]:
    """The hints for these cases, as far as they lie in the official's area. One made for another number of persons in
    need counts no more."""
    rows = await db.execute(
        select(AllocationHint, Case.persons_in_need)
        .join(Case, Case.id == AllocationHint.case_id)
        .where(Case.id.in_(case_ids), within(official, Case.village))
    )
    return {
        hint.case_id: Hint(hint.tier, hint.amount_fen, hint.why, hint.made_at)
        for hint, persons in rows
        if hint.why.get("persons") == persons
    }
