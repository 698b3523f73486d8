"""The day of the Spring Festival (春节), the first of the lunar year. Pure."""

from datetime import date

from lunar_python import Lunar

FIRST, LAST = 1901, 2099
"""Years of which the almanac is sure."""


def spring_festival(year: int) -> date:
    """The first day of the lunar year that begins in ``year``: 2023-01-22, 2027-02-06.

    Raises:
        ValueError: a year outside the almanac.
    """
    if not FIRST <= year <= LAST:
        raise ValueError(f"no Spring Festival is known for {year}")
    day = Lunar.fromYmd(year, 1, 1).getSolar()
    return date(day.getYear(), day.getMonth(), day.getDay())
