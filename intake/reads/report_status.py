"""A report as whoever holds its receipt sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import Attachment, Report, ReportLine
from intake.receipts import index_of, normalised
from intake.report_codes import ReportState, answer_by, take_up_by


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What was written, by an ``official`` or by the reporter."""

    official: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Where a report stands, and what was written; no official is named. ``receipt`` is spelled as we spell it."""

    receipt: str
    state: ReportState
    kind: str
    division: str
    accused: str
    made_at: datetime
    take_up_by: date
    answer_by: date
    ended_at: datetime | None
    photos: int
    lines: tuple[StatusLine, ...]


async def by_receipt(connection: AsyncConnection, code: str) -> ReportStatus | None:
    """The report of a receipt code as a person typed it; None where there is none. Whoever holds the code is its
    reporter: nobody else is asked."""
    receipt = normalised(code)
    if receipt is None:
        return None
    query = select(
        Report.id, Report.state, Report.kind, Report.division, Report.accused, Report.made_at, Report.ended_at
    )
    row = (await connection.execute(query.where(Report.receipt_index == index_of(receipt)))).one_or_none()
    if row is None:
        return None
    lines = await connection.execute(
        select(ReportLine.staff_id, ReportLine.text, ReportLine.at)
        .where(ReportLine.report_id == row.id)
        .order_by(ReportLine.id)
    )
    of_it = Attachment.subject == f"report:{row.id}"
    photos = await connection.scalar(select(func.count()).select_from(Attachment).where(of_it))
    return ReportStatus(
        receipt,
        ReportState(row.state),
        row.kind,
        row.division,
        row.accused,
        row.made_at,
        take_up_by(row.made_at),
        answer_by(row.made_at),
        row.ended_at,
        photos or 0,
        tuple(StatusLine(line.staff_id is not None, line.text, line.at) for line in lines),
    )
