"""The calendar of a season (L11): what is due when, and how far a village or a township is. Pure.

Households still on their way are counted from the states of their cases. What the cases do not tell (a visit of
supervision, papers that were carried to the county) is due, and past, but never called overdue; it is done when
somebody says that it was handed in (:mod:`intake.handed_in`). The request for funds is done when it was recorded and
still equals the reported need (:mod:`intake.fund_requests`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from intake.procedure import UNDECIDED, Pass, State
from intake.scheme import SchemeContent
from intake.scheme.faults import years
from intake.scheme.parts import Dates


class Step(StrEnum):
    """What the season asks for, in the order of its days."""

    SURVEY = "survey"
    REQUEST = "request"
    PAY = "pay"
    SUPERVISION = "supervision"
    ARCHIVE = "archive"
    STATISTICS = "statistics"


class Standing(StrEnum):
    """How a step stands on a day."""

    LATER = "later"
    SOON = "soon"
    NOW = "now"
    OVERDUE = "overdue"
    DONE = "done"
    PAST = "past"


SOON = timedelta(days=14)
"""How long before its day a step is soon."""

_BEFORE_NOTICE_ENDS = (State.APPLIED, State.INCOMPLETE, State.REVIEWED, State.ON_NOTICE, State.HELD)
_UNDECIDED = (*UNDECIDED, State.APPEALED)
WAITS: Mapping[Step, Mapping[Pass, tuple[State, ...]]] = {
    Step.SURVEY: {Pass.NEED: _BEFORE_NOTICE_ENDS},
    Step.REQUEST: {Pass.NEED: _UNDECIDED},
    Step.PAY: {Pass.NEED: _UNDECIDED, Pass.GRANT: (*_UNDECIDED, State.ACCEPTED)},
    Step.ARCHIVE: {Pass.NEED: _UNDECIDED, Pass.GRANT: (*_UNDECIDED, State.ACCEPTED)},
    Step.STATISTICS: {Pass.NEED: _UNDECIDED, Pass.GRANT: (*_UNDECIDED, State.ACCEPTED)},
}
"""The states in which a household is still missing from a step: at the survey the village has not found out, at the
request the county has not accepted, after that the money is not out."""

Counts = Mapping[tuple[Pass, State], int]
"""Households by pass and state; a need that was accepted counts in the second pass."""


@dataclass(frozen=True, slots=True)
class Due:
    """A step on a day: from when it runs (``opens_on``, mostly None), its last day, how many households are missing,
    how it stands, and how many days are left (below 0 they are past)."""

    step: Step
    opens_on: date | None
    last_day: date
    missing: int
    standing: Standing
    days_left: int


def usual(season: str) -> Dates:
    """The days of the plan that the rules come from (L11), in a season's years.

    Raises:
        ValueError: ``season`` is none.
    """
    span = years(season)
    if span is None:
        raise ValueError(f"{season!r} is no season")
    first, second = span
    return Dates(
        survey_by=date(first, 10, 10),
        request_by=date(first, 10, 26),
        supervision_from=date(second, 1, 23),
        supervision_to=date(second, 5, 30),
        archive_by=date(second, 4, 15),
        statistics_by=date(second, 6, 5),
    )


def agenda(
    season: str, content: SchemeContent, today: date, counts: Counts, done: frozenset[Step] = frozenset()
) -> list[Due]:
    """Every step of the season as it stands today for the households of ``counts``, in the order of the last days.
    ``done`` are those that no count can tell: what was handed in, money that was asked for."""
    given, other = content.dates, usual(season)
    days: list[tuple[Step, date | None, date | None]] = [
        (Step.SURVEY, None, given.survey_by or other.survey_by),
        (Step.REQUEST, None, given.request_by or other.request_by),
        (Step.PAY, None, content.pay_before - timedelta(days=1)),
        (
            Step.SUPERVISION,
            given.supervision_from or other.supervision_from,
            given.supervision_to or other.supervision_to,
        ),
        (Step.ARCHIVE, None, given.archive_by or other.archive_by),
        (Step.STATISTICS, None, given.statistics_by or other.statistics_by),
    ]
    found = [_due(step, opens, last, today, counts) for step, opens, last in days if last is not None]
    found = [replace(due, standing=Standing.DONE) if due.step in done else due for due in found]
    return sorted(found, key=lambda due: due.last_day)


def missing(step: Step, counts: Counts) -> int:
    """How many households are missing from a step."""
    waits = WAITS.get(step, {})
    return sum(counts.get((pass_, state), 0) for pass_, states in waits.items() for state in states)


def _due(step: Step, opens_on: date | None, last_day: date, today: date, counts: Counts) -> Due:
    left, open_ = (last_day - today).days, missing(step, counts)
    return Due(step, opens_on, last_day, open_, _standing(step, opens_on, left, today, open_, counts), left)


def _standing(step: Step, opens_on: date | None, left: int, today: date, open_: int, counts: Counts) -> Standing:
    if left < 0:
        if step in WAITS and open_:
            return Standing.OVERDUE
        return Standing.DONE if step is Step.PAY and any(counts.values()) else Standing.PAST
    if opens_on is not None and today >= opens_on:
        return Standing.NOW
    if left == 0:
        return Standing.NOW
    return Standing.SOON if timedelta(days=left) <= SOON else Standing.LATER


def urgent(found: list[Due]) -> list[Due]:
    """What an official is reminded of: what is overdue, and what is due within days and still misses households."""
    return [
        due
        for due in found
        if due.standing is Standing.OVERDUE or (due.standing in (Standing.SOON, Standing.NOW) and due.missing)
    ]


def added(parts: list[Counts]) -> Counts:
    """The counts of several villages together."""
    total: Counter[tuple[Pass, State]] = Counter()
    for part in parts:
        total.update(part)
    return total
