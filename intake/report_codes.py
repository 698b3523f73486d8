"""What reports of irregularities are about, who looks into them, and by when. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from intake.procedure import Role
from store.clock import china_date

KINDS = (
    "favouritism",
    "false_claim",
    "withheld",
    "charged",
    "equal_shares",
    "late",
    "rude",
    "other",
)
"""优亲厚友, 虚报冒领, 截留挪用, 收取费用或再收回, 平均分配, 发放不及时不到位, 态度恶劣刁难, 其他 (L6, L12)."""

LEVELS = ("village", "township", "county", "unknown")
"""Where those work whom a report is about, as the reporter says."""


class ReportState(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    LOOKING = "looking"
    PROVEN = "proven"
    UNPROVEN = "unproven"


ENDED = frozenset({ReportState.PROVEN, ReportState.UNPROVEN})
"""States in which nothing is due any more."""

HANDLERS: Mapping[str, frozenset[Role]] = {
    "village": frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR}),
    "township": frozenset({Role.INSPECTOR}),
    "county": frozenset({Role.INSPECTOR}),
}
"""Who may see a report, by the highest level accused: only who stands above it (L12)."""

ANSWER_DAYS = 15
"""By when a report is answered (petitions: 15 days)."""

_SATURDAY = 5


def accused_of(level: str) -> str:
    """The level that decides who handles it; one that nobody knows may be the highest."""
    return level if level in HANDLERS else "county"


def take_up_by(made_at: datetime) -> date:
    """The last day on which somebody begins to look: the next working day, for matters are not left overnight (G5)."""
    day = china_date(made_at) + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def answer_by(made_at: datetime) -> date:
    """The last day for the answer."""
    return china_date(made_at) + timedelta(days=ANSWER_DAYS)


def is_overdue(state: ReportState, made_at: datetime, now: datetime) -> bool:
    """Whether what is to come next should have come before today."""
    if state in ENDED:
        return False
    due = take_up_by(made_at) if state is ReportState.RECEIVED else answer_by(made_at)
    return china_date(now) > due
