"""What is done of the calendar though no case tells it (L11): what was handed in, and money that was asked for."""

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.handed_in import done_by, marks
from intake.season_calendar import Step


def told(handed: frozenset[Step], requested: bool | None) -> frozenset[Step]:
    """The steps that are done: those that were handed in, and the request for funds where it still equals the reported
    need."""
    return handed | {Step.REQUEST} if requested else handed


async def done_steps(db: AsyncSession, official: Official, scheme_id: int, requested: bool | None) -> frozenset[Step]:
    """The same for the official's own division."""
    return told(done_by(await marks(db, official, scheme_id), official.division or ""), requested)
