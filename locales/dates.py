"""Dates and times as a language writes them, by the patterns of its catalog (``date.long`` …): those of CLDR for
Tibetan mix ༡༡ and 11. Pure; points in time are shown in the zone that they come in."""

from datetime import date, datetime

from babel.dates import format_date, format_time

from locales import Texts


def long_date(say: Texts, day: date) -> str:
    """The whole date: 2022年11月22日."""
    return format_date(day, say("date.long"), say.locale)


def month_day(say: Texts, day: date) -> str:
    """The date within its year: 11月22日."""
    return format_date(day, say("date.month_day"), say.locale)


def clock_time(say: Texts, at: datetime) -> str:
    """Hour and minute: 09:05."""
    return format_time(at, say("date.time"), tzinfo=at.tzinfo, locale=say.locale)


def moment(say: Texts, at: datetime) -> str:
    """The whole date, then hour and minute: 2022年11月22日 09:05."""
    return f"{long_date(say, at.date())} {clock_time(say, at)}"
