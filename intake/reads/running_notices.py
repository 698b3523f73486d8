"""The notices that still need an eye."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Division, Notice, NoticeCase, Objection
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
    households = (
        select(func.count()).where(NoticeCase.notice_id == Notice.id).correlate(Notice).scalar_subquery()
    )  # not by the posted lines: a county has thousands of them
    rows: Any = await db.execute(
        select(
            Notice.id,
            Notice.pass_,
            Notice.village,
            Division.name,
            households,
            Notice.closes_at,
            Notice.closed_at,
            open_objections,
        )
        .join(Division, Division.code == Notice.village)
        .where(within(official, Notice.village), Notice.closed_at.is_(None) | (open_objections > 0))
        .order_by(Notice.closes_at, Notice.id)
    )
    return [
        Running(notice_id, Pass(pass_), village, name, count, closes_at, closed_at is not None, objections)
        for notice_id, pass_, village, name, count, closes_at, closed_at, objections in rows
    ]
