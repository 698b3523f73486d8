"""Days that count: calendar days, and the working days of China with what the county knows better (L8). Pure.

The library knows the holidays and the swapped working days that the State Council announced, up to a year of its
release. For a later year nothing is guessed: the county fills the table of its scheme, or is asked to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

CALENDAR, WORKING = "calendar", "working"
KINDS = (CALENDAR, WORKING)
"""How the days of a notice are counted."""
LONGEST_WAY = 400
"""Calendar days: a table of holidays alone leads nowhere, and is not walked for ever."""


class UnknownYearError(LookupError):
    """Nobody knows the holidays of ``year`` yet: the county has to fill its table."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the holidays of {year} are not known")
        self.year = year


@dataclass(frozen=True, slots=True)
class DayTable:
    """What a county says of single days, which goes before the library: days off, and weekend days that are worked.
    ``years`` are those of which the county says that this is all; their other days go by the week."""

    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    years: tuple[int, ...] = ()


NOTHING_SAID = DayTable()


def is_workday(day: date, table: DayTable = NOTHING_SAID) -> bool:
    """Whether people work on that day.

    Raises:
        UnknownYearError: neither the county nor the library knows that year.
    """
    if day in table.workdays:
        return True
    if day in table.holidays:
        return False
    if day.year in table.years:
        return day.isoweekday() <= 5
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise UnknownYearError(day.year) from error


def after(day: date, count: int, kind: str, table: DayTable = NOTHING_SAID) -> date:
    """The last of ``count`` days after ``day``, which itself is not counted; 5 working days after 2026-02-10 is
    2026-02-24.

    Raises:
        UnknownYearError: the way leads through a year that nobody knows.
    """
    if kind == CALENDAR:
        return day + timedelta(days=count)
    left = count
    for _ in range(LONGEST_WAY):
        if left == 0:
            return day
        day += timedelta(days=1)
        left -= is_workday(day, table)
    raise UnknownYearError(day.year)


def unknown_years(years: Iterable[int], table: DayTable = NOTHING_SAID) -> list[int]:
    """Those of ``years`` whose holidays nobody knows."""
    found = []
    for year in sorted(set(years)):
        try:
            is_workday(date(year, 1, 1), DayTable(years=table.years))
        except UnknownYearError:
            found.append(year)
    return found
