"""Who closed a season or took it up again, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.models import Scheme, SeasonAct, Staff


@dataclass(frozen=True, slots=True)
class Act:
    """``act`` is ``close`` or ``reopen``; ``open`` is how many matters were open then."""

    act: str
    who: str
    at: datetime
    reason: str
    open: int


async def season_acts(db: AsyncSession, official: Official, scheme_id: int) -> Sequence[Act]:
    """The acts of a season of the official's county, the newest first."""
    query = (
        select(SeasonAct, Staff.name)
        .join(Staff, Staff.id == SeasonAct.staff_id)
        .join(Scheme, Scheme.id == SeasonAct.scheme_id)
        .where(SeasonAct.scheme_id == scheme_id, Scheme.county == (official.division or "")[:6])
        .order_by(SeasonAct.at.desc(), SeasonAct.id.desc())
    )
    return [Act(one.act, who, one.at, one.reason, sum(one.open.values())) for one, who in await db.execute(query)]
