"""Reports of irregularities as officials see them: the list, and one without the name of who made it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official
from intake.models import Report, ReportLine, Staff
from intake.reads.attached import Attached, attached
from intake.reads.lists import paged
from intake.reads.masked import open_phone
from intake.reads.place_names import place_names
from intake.report_access import access_report, reports_of
from intake.report_codes import ENDED, ReportState, answer_by, is_overdue, take_up_by
from intake.report_lines import lines_of
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the list. ``days`` is its age; ``news`` says that the reporter wrote last."""

    id: int
    state: ReportState
    kind: str
    place: str
    accused: str
    made_at: datetime
    days: int
    overdue: bool
    news: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What was written; ``who`` is the official's name, empty for the reporter."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report. ``named`` says that the reporter left a name or a telephone, which stand behind a door of their own;
    ``handler`` is who took it up."""

    id: int
    state: ReportState
    kind: str
    place: str
    accused: str
    anonymous: bool
    level: str
    persons: str
    what: str
    named: bool
    made_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None
    take_up_by: date
    answer_by: date
    overdue: bool
    handler: str
    lines: tuple[Line, ...]
    files: tuple[Attached, ...]


async def find_reports(
    db: AsyncSession, official: Official, now: datetime, state: ReportState | None = None, page: int = 1
) -> tuple[list[ReportRow], int]:
    """One page of the reports this official may see, the open ones first and of those the oldest; and how many there
    are in all."""
    ended = Report.state.in_([one.value for one in ENDED])
    kept = (reports_of(official), Report.state == state.value) if state else (reports_of(official),)
    later = aliased(ReportLine)
    after = select(later.id).where(later.report_id == ReportLine.report_id, later.id > ReportLine.id).exists()
    of_reporter = (ReportLine.report_id == Report.id, ReportLine.staff_id.is_(None), ~after)
    query = (
        select(
            Report.id,
            Report.state,
            Report.kind,
            Report.accused,
            Report.made_at,
            Report.division,
            select(ReportLine.id).where(*of_reporter).correlate(Report).exists().label("news"),
        )
        .where(*kept)
        .order_by(ended, Report.made_at, Report.id)
    )
    rows, total = await paged(db, query, page)
    names = await place_names(db, [row.division for row in rows])
    return [
        ReportRow(
            row.id,
            ReportState(row.state),
            row.kind,
            names[row.division],
            row.accused,
            row.made_at,
            (china_date(now) - china_date(row.made_at)).days,
            is_overdue(ReportState(row.state), row.made_at, now),
            row.news,
        )
        for row in rows
    ], total


async def count_untaken(db: AsyncSession, official: Official) -> int:
    """How many reports nobody has taken up, of those this official may see."""
    waits = Report.state == ReportState.RECEIVED.value
    return await db.scalar(select(func.count()).select_from(Report).where(reports_of(official), waits)) or 0


async def report_page(db: AsyncSession, official: Official, report_id: int, now: datetime) -> ReportPage:
    """One report, without its reporter's name and telephone.

    Raises:
        OutOfAreaError: not for this official.
    """
    report = await access_report(db, official, report_id)
    lines = await lines_of(db, report.id)
    staff = {line.staff_id for line in lines} | {report.handled_by}
    people = await db.execute(select(Staff.id, Staff.name).where(Staff.id.in_([one for one in staff if one])))
    names: dict[int | None, str] = {row.id: row.name for row in people}
    state, content = ReportState(report.state), report.content
    return ReportPage(
        id=report.id,
        state=state,
        kind=report.kind,
        place=(await place_names(db, [report.division]))[report.division],
        accused=report.accused,
        anonymous=report.anonymous,
        level=content["level"],
        persons=content.get("persons", ""),
        what=content["what"],
        named=bool(content.get("name") or content.get("phone")),
        made_at=report.made_at,
        seen_at=report.seen_at,
        ended_at=report.ended_at,
        take_up_by=take_up_by(report.made_at),
        answer_by=answer_by(report.made_at),
        overdue=is_overdue(state, report.made_at, now),
        handler=names.get(report.handled_by, ""),
        lines=tuple(Line(names.get(line.staff_id, ""), line.text, line.at) for line in lines),
        files=tuple(await attached(db, f"report:{report.id}")),
    )


@dataclass(frozen=True, slots=True)
class Reporter:
    """What a reporter left of themselves. Whoever gets this must leave an event."""

    name: str
    phone: str


async def reporter_of(db: AsyncSession, official: Official, report_id: int) -> Reporter:
    """Name and telephone of a reporter, as far as they were left.

    Raises:
        OutOfAreaError: not for this official.
    """
    content: dict[str, Any] = (await access_report(db, official, report_id)).content
    return Reporter(content.get("name", ""), open_phone(content.get("phone", "")))
