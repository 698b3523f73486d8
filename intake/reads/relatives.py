"""The declared relatives of cases, for those who decide on them (L12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.models import Relation, Staff


@dataclass(frozen=True, slots=True)
class Relative:
    """A decision maker who is a relative. ``staff_id`` is theirs where they declared it of themselves."""

    name: str
    relation: str
    staff_id: int | None
    declared_by: str
    declared_at: datetime


async def relatives(db: AsyncSession, case_ids: Collection[int]) -> dict[int, tuple[Relative, ...]]:
    """The declared relatives by case, in the order of declaring; cases without any are left out. One statement. The
    cases are those that the caller may see."""
    if not case_ids:
        return {}
    own = aliased(Staff)
    rows = await db.execute(
        select(Relation, Staff.name, func.coalesce(own.name, ""))
        .join(Staff, Staff.id == Relation.declared_by)
        .outerjoin(own, own.id == Relation.staff_id)
        .where(Relation.case_id.in_(case_ids))
        .order_by(Relation.declared_at, Relation.id)
    )
    found: dict[int, tuple[Relative, ...]] = {}
    for row, by, staff in rows:
        one = Relative(row.name or staff, row.relation, row.staff_id, by, row.declared_at)
        found[row.case_id] = (*found.get(row.case_id, ()), one)
    return found
