"""What is wrong with the days of a scheme: its calendar (L11), its notices (L8), the county's table. Pure."""

from collections.abc import Iterator
from datetime import date

from intake.scheme.content import SchemeContent
from intake.scheme.fault import Fault, whole
from intake.spring_festival import FIRST, LAST, spring_festival
from intake.workdays import KINDS

MOST_NOTICE_DAYS = 60
_ORDER = (
    ("dates.survey_by", "dates.request_by"),
    ("dates.request_by", "pay_before"),
    ("dates.supervision_from", "dates.supervision_to"),
    ("pay_before", "dates.archive_by"),
    ("dates.archive_by", "dates.statistics_by"),
)
_DAYS = ("opens_on", "closes_on", *dict.fromkeys(name for pair in _ORDER for name in pair))


def day_faults(years: tuple[int, int] | None, content: SchemeContent) -> Iterator[Fault]:
    """Everything that is wrong with the days; ``years`` are the season's."""
    if content.closes_on < content.opens_on:
        yield Fault("closes_on", "closes_before_opens")
    if not whole(content.appeal_days, 1, MOST_NOTICE_DAYS):
        yield Fault("appeal_days", "appeal_days", {"given": content.appeal_days, "most": MOST_NOTICE_DAYS})
    if not whole(content.notice_days, 1, MOST_NOTICE_DAYS):
        yield Fault("notice_days", "notice_days", {"given": content.notice_days, "most": MOST_NOTICE_DAYS})
    if content.notice_kind not in KINDS:
        yield Fault("notice_kind", "notice_kind", {"given": content.notice_kind})
    yield from _far(years, content)
    yield from _calendar(years, content)
    yield from _table(content)


def _far(years: tuple[int, int] | None, content: SchemeContent) -> Iterator[Fault]:
    """Days that no season of these years has: a slip of a digit would stop every clock."""
    for name in _DAYS:
        day = _day(content, name)
        if years is not None and day is not None and not years[0] - 1 <= day.year <= years[1] + 1:
            yield Fault(name, "far_day", {"given": day, "first": years[0] - 1, "last": years[1] + 1})


def _calendar(years: tuple[int, int] | None, content: SchemeContent) -> Iterator[Fault]:
    if years is not None and FIRST <= years[1] <= LAST and content.pay_before > spring_festival(years[1]):
        params = {"given": content.pay_before, "festival": spring_festival(years[1])}
        yield Fault("pay_before", "after_festival", params)
    for before, after in _ORDER:
        first, last = _day(content, before), _day(content, after)
        if first is not None and last is not None and last < first:
            yield Fault(after, "date_order", {"before": before})


def _day(content: SchemeContent, name: str) -> date | None:
    part, _, field = name.rpartition(".")
    found: date | None = getattr(content.dates if part else content, field)
    return found


def _table(content: SchemeContent) -> Iterator[Fault]:
    both = tuple(sorted(set(content.days.holidays) & set(content.days.workdays)))
    if both:
        yield Fault("days.workdays", "both_days", {"codes": both})
    for year in content.days.years:
        if not whole(year, FIRST, LAST):
            yield Fault("days.years", "year", {"given": year})
