"""The notices that still need an eye."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Division, Notice, Objection
from intake.procedure import Pass


@dataclass(frozen=True, slots=True)
class Running:
    """A notice whose days are not over, or that was closed with objections still open."""

    id: int
    pass_: Pass
    village: str
    village_name: str
    households: int
    closes_at: datetime
    closed: bool
    objections: int


async def running_notices(db: AsyncSession, official: Official) -> list[Running]:
    """The notices of the official's area that still need an eye, the one that ends first on top."""
    open_objections = (
        select(func.count())
        .where(Objection.notice_id == Notice.id, Objection.settled_at.is_(None))
        .correlate(Notice)
        .scalar_subquery()
    )
    rows: Any = await db.execute(
        select(Notice, Division.name, open_objections)
        .join(Division, Division.code == Notice.village)
        .where(within(official, Notice.village), Notice.closed_at.is_(None) | (open_objections > 0))
        .order_by(Notice.closes_at, Notice.id)
    )
    return [
        Running(
            notice.id,
            Pass(notice.pass_),
            notice.village,
            name,
            len(notice.lines),
            notice.closes_at,
            notice.closed_at is not None,
            objections,
        )
        for notice, name, objections in rows
    ]
