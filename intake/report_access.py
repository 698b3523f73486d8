"""The door to reports of irregularities: by division, and above the level accused (L12)."""

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, within
from intake.models import Report
from intake.report_codes import HANDLERS


def reports_of(official: Official) -> ColumnElement[bool]:
    """The SQL condition that keeps to the reports this official may see."""
    levels = [level for level, roles in HANDLERS.items() if official.role in roles]
    return and_(Report.accused.in_(levels), within(official, Report.division)) if levels else false()


async def access_report(db: AsyncSession, official: Official, report_id: int, *, lock: bool = False) -> Report:
    """One report that this official may see; with ``lock`` nobody else changes it until the transaction ends.

    Raises:
        OutOfAreaError: no such report for them; whether there is one is not told.
    """
    query = select(Report).where(Report.id == report_id, reports_of(official))
    report = await db.scalar(query.with_for_update() if lock else query)
    if report is None:
        raise OutOfAreaError
    return report
