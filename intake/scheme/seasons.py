"""From one season to the next: what stays, and what every season has of its own (L1, L11). Pure."""

from dataclasses import replace
from datetime import date, timedelta

from intake.codes import TIERS
from intake.scheme.content import SchemeContent
from intake.scheme.faults import years
from intake.scheme.parts import Dates
from intake.spring_festival import spring_festival
from intake.workdays import DayTable


def next_season(season: str) -> str:
    """The season after: 2023-2024 after 2022-2023.

    Raises:
        ValueError: ``season`` is none.
    """
    span = years(season)
    if span is None:
        raise ValueError(f"{season!r} is no season")
    return f"{span[1]}-{span[1] + 1}"


def next_content(season: str, content: SchemeContent) -> SchemeContent:
    """The content with which the next season begins: the same rules; its days a year later, the payment before its own
    Spring Festival; no place hit yet (L1), no money and goods yet, nothing said of single days."""
    following = next_season(season)
    return replace(
        content,
        title=content.title.replace(season, following).replace(season[:4], following[:4]),
        document="",
        opens_on=a_year_later(content.opens_on),
        closes_on=a_year_later(content.closes_on),
        pay_before=spring_festival(int(following[5:])),
        affected={},
        groups={},
        dates=Dates(),
        days=DayTable(),
        budget=(),
    )


def first_content(year: int) -> SchemeContent:
    """Where a county that has no scheme begins: the tiers, bounds and days of the plan that the rules come from (L4,
    L8, L11), everything else empty."""
    return SchemeContent(
        title="",
        document="",
        opens_on=date(year, 10, 1),
        closes_on=date(year + 1, 5, 30),
        pay_before=spring_festival(year + 1),
        tiers=dict(zip(TIERS, (100_00, 200_00, 300_00), strict=True)),
        per_person_floor_fen=100_00,
        per_person_cap_fen=300_00,
        household_cap_fen=2000_00,
        affected={},
        notice_days=5,
        notice_amounts=True,
        equal_shares_from=5,
        families={"destitute": "destitute", "subsistence": "subsistence", "ordinary": "ordinary", "other": "other"},
        hotline="",
        contact_phone="",
    )


def a_year_later(day: date) -> date:
    """The same day of the next year; the last of February for its 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + 1)
