"""The lines that reporter and officials write about a report, in their order."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import ReportLine
from intake.unit import Unit
from store.ids import new_id


async def lines_of(db: AsyncSession, report_id: int) -> list[ReportLine]:
    """All lines of a report, oldest first."""
    query = select(ReportLine).where(ReportLine.report_id == report_id).order_by(ReportLine.id)
    return list(await db.scalars(query))


async def put_line(unit: Unit, report_id: int, staff_id: int | None, text: str) -> int:
    """One line more, and its id; the caller has locked the report. Ids of one instant are random among themselves, so
    each is made greater than the last."""
    last = await unit.db.scalar(select(func.max(ReportLine.id)).where(ReportLine.report_id == report_id))
    line_id = max(new_id(unit.now), (last or 0) + 1)
    unit.db.add(ReportLine(id=line_id, report_id=report_id, staff_id=staff_id, text=text, at=unit.now))
    await unit.db.flush()
    return line_id
