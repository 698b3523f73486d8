"""What an official does with a report: take it up, write to the reporter, end it with an explanation (L12, G5)."""

from sqlalchemy import func, select

from intake.access import Official
from intake.events import Event, Letter
from intake.models import Report, ReportLine
from intake.report_access import access_report
from intake.report_codes import ReportState
from intake.report_lines import put_line
from intake.unit import Unit

ANSWERED = "report.answered"
"""The event of an official who wrote to the reporter."""
ENDED = "report.ended"
"""The event of a report that was ended."""


class OvertakenError(Exception):
    """Something was done with the report since the official's page was made."""


async def take_up(unit: Unit, official: Official, report_id: int) -> None:
    """Begin to look into a report.

    Raises:
        OutOfAreaError: not for this official.
        OvertakenError: somebody looks into it already, or has ended it.
    """
    report = await access_report(unit.db, official, report_id, lock=True)
    if report.state != ReportState.RECEIVED.value:
        raise OvertakenError
    report.state, report.seen_at, report.handled_by = ReportState.LOOKING.value, unit.now, official.id
    _note(unit, official, report, "report.seen")


async def write_to_reporter(unit: Unit, official: Official, report_id: int, text: str, lines_read: int) -> None:
    """Write to the reporter, who reads it by the receipt. ``lines_read`` is how many lines the official's page had: a
    second press, or a colleague who was faster, is told.

    Raises:
        OutOfAreaError: not for this official.
        OvertakenError: there are other lines now.
    """
    report = await access_report(unit.db, official, report_id, lock=True)
    await _check_read(unit, report, lines_read)
    line = await put_line(unit, report.id, official.id, text)
    _note(unit, official, report, ANSWERED, line)


async def end_report(
    unit: Unit, official: Official, report_id: int, text: str, lines_read: int, *, proven: bool
) -> None:
    """End a report as proven or not; ``text``, the explanation and what follows, is the last line to the reporter.

    Raises:
        OutOfAreaError: not for this official.
        OvertakenError: nobody has taken it up, it has ended, or there are lines that the official has not read.
    """
    report = await access_report(unit.db, official, report_id, lock=True)
    if report.state != ReportState.LOOKING.value:
        raise OvertakenError
    await _check_read(unit, report, lines_read)
    report.state = (ReportState.PROVEN if proven else ReportState.UNPROVEN).value
    report.ended_at = unit.now
    line = await put_line(unit, report.id, official.id, text)
    _note(unit, official, report, ENDED, line)


async def _check_read(unit: Unit, report: Report, lines_read: int) -> None:
    there = await unit.db.scalar(select(func.count()).where(ReportLine.report_id == report.id))
    if there != lines_read:
        raise OvertakenError


def _note(unit: Unit, official: Official, report: Report, kind: str, line: int = 0) -> None:
    """The event; a ``line`` is told to a reporter who has an account, but never what it says: others may see the
    screen, so the text is shown for the receipt alone."""
    letters: tuple[Letter, ...] = ()
    if line and report.contact_id is not None:
        letters = (Letter(report.contact_id, f"{kind}:{line}", "report.letter"),)
    unit.journal.add(Event(unit.now, official.actor, kind, f"report:{report.id}", {"state": report.state}, letters))
