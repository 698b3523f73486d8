"""Where a report stands, for whoever holds its receipt (L12)."""

from bot.answers.base import Given
from bot.effects import Say
from intake.reads.report_status import ReportStatus
from intake.report_codes import ENDED
from locales.dates import long_date
from store.clock import china_date

LAST = 3
"""So many of the officials' lines are shown, the last ones."""


def report_words(found: ReportStatus, given: Given) -> tuple[Say, ...]:
    """What is said of a report: no official is named."""
    t = given.texts
    fields = {
        "state": t(f"report_state.{found.state.value}"),
        "made": long_date(t, china_date(found.made_at)),
        "take_up_by": long_date(t, found.take_up_by),
        "answer_by": long_date(t, found.answer_by),
        "hotline": given.hotline,
    }
    said = [Say("status.report", fields)]
    if found.state not in ENDED:
        said.append(Say("status.report.due", fields))
    written = [line for line in found.lines if line.official][-LAST:]
    for line in written:
        said.append(Say("status.report.line", {"day": long_date(t, china_date(line.at)), "text": line.text}))
    return tuple(said)
