"""Who looks into a report, and by when (L12, G5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from intake.report_codes import LEVELS, ReportState, accused_of, answer_by, is_overdue, take_up_by

FRIDAY_EVENING = datetime(2022, 11, 4, 15, 30, tzinfo=UTC)
TUESDAY = datetime(2022, 11, 1, 4, 0, tzinfo=UTC)


def test_a_level_that_nobody_knows_counts_as_the_highest() -> None:
    assert {level: accused_of(level) for level in LEVELS} == {
        "village": "village",
        "township": "township",
        "county": "county",
        "unknown": "county",
    }


def test_G5_matters_are_not_left_overnight() -> None:
    assert take_up_by(TUESDAY) == date(2022, 11, 2)
    assert take_up_by(FRIDAY_EVENING) == date(2022, 11, 7)


def test_the_day_is_that_of_china() -> None:
    past_midnight = datetime(2022, 11, 1, 16, 30, tzinfo=UTC)
    assert take_up_by(past_midnight) == date(2022, 11, 3)
    assert answer_by(past_midnight) == date(2022, 11, 17)


@pytest.mark.parametrize(
    ("state", "after", "overdue"),
    [
        (ReportState.RECEIVED, 1, False),
        (ReportState.RECEIVED, 2, True),
        (ReportState.LOOKING, 15, False),
        (ReportState.LOOKING, 16, True),
        (ReportState.PROVEN, 99, False),
        (ReportState.UNPROVEN, 99, False),
    ],
)
def test_a_report_is_overdue_the_day_after_its_last(state: ReportState, after: int, overdue: bool) -> None:
    assert is_overdue(state, TUESDAY, TUESDAY + timedelta(days=after)) is overdue
