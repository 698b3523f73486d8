"""Days that count (L8): calendar days, working days, and the county's own table for what nobody knows yet."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import rules
from intake.spring_festival import spring_festival
from intake.workdays import CALENDAR, KINDS, WORKING, DayTable, UnknownYearError, after, is_workday, unknown_years
from store.clock import CHINA

KNOWN = st.dates(date(2010, 1, 1), date(2026, 6, 1))
COUNTS = st.integers(1, 30)


def test_five_working_days_over_the_spring_festival() -> None:
    assert after(date(2026, 2, 10), 5, CALENDAR) == date(2026, 2, 15)
    assert after(date(2026, 2, 10), 5, WORKING) == date(2026, 2, 24)


def test_swapped_days_are_worked() -> None:
    assert is_workday(date(2026, 2, 14)) and not is_workday(date(2026, 2, 16))


def test_a_year_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(UnknownYearError, match="2027") as caught:
        is_workday(date(2027, 1, 4))
    assert caught.value.year == 2027
    with pytest.raises(UnknownYearError):
        after(date(2026, 12, 30), 5, WORKING)
    assert unknown_years([2027, 2026, 2028]) == [2027, 2028]


def test_the_county_fills_the_table_and_goes_before_the_library() -> None:
    table = DayTable(holidays=(date(2027, 1, 1), date(2026, 11, 2)), workdays=(date(2027, 1, 3),), years=(2027,))
    assert is_workday(date(2027, 1, 4), table) and is_workday(date(2027, 1, 3), table)
    assert not is_workday(date(2027, 1, 2), table) and not is_workday(date(2026, 11, 2), table)
    assert unknown_years([2026, 2027], table) == []
    assert after(date(2026, 12, 31), 2, WORKING, table) == date(2027, 1, 4)


def test_single_days_do_not_make_a_year_known() -> None:
    table = DayTable(holidays=(date(2027, 1, 1),))
    assert not is_workday(date(2027, 1, 1), table)
    assert unknown_years([2027], table) == [2027]


def test_a_table_without_a_working_day_leads_nowhere_and_ends() -> None:
    every = tuple(date(2030, 1, 1) + timedelta(days=number) for number in range(800))
    with pytest.raises(UnknownYearError):
        after(date(2030, 1, 1), 1, WORKING, DayTable(holidays=every, years=(2030, 2031)))


@given(KNOWN, COUNTS)
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    end = after(day, count, WORKING)
    between = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(map(is_workday, between)) == count and is_workday(end)


@given(KNOWN, st.sampled_from(KINDS))
def test_a_day_more_ends_later(day: date, kind: str) -> None:
    ends = [after(day, count, kind) for count in range(1, 12)]
    assert all(earlier < later for earlier, later in pairwise(ends))


@given(KNOWN, st.times(), COUNTS)
def test_L8_a_notice_ends_at_its_hour_on_the_last_day(day: date, at: time, days: int) -> None:
    opens_at = datetime.combine(day, at, UTC)
    end = rules.notice_end(opens_at, days, WORKING)
    local = end.astimezone(CHINA)
    assert local.time() == opens_at.astimezone(CHINA).time() and is_workday(local.date())
    assert end >= rules.notice_end(opens_at, days) == opens_at + timedelta(days=days)


FESTIVALS = ("2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2031-01-23")


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in FESTIVALS], ids=str)
def test_spring_festivals(day: date) -> None:
    assert spring_festival(day.year) == day


@given(st.integers(1901, 2099))
def test_every_spring_festival_lies_between_january_and_february(year: int) -> None:
    assert date(year, 1, 21) <= spring_festival(year) <= date(year, 2, 21)


@pytest.mark.parametrize("year", [1, 1900, 2100, 9999])
def test_no_spring_festival_is_made_up(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        spring_festival(year)
