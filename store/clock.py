"""Time is handed in, never taken: the clocks that the composition root hands out."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
"""The time zone of every date that a person sees and of every rule about days."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """The machine's clock moved by an offset that only grows: the demo's, and the tests'."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def forward(self, by: timedelta) -> None:
        """Move on by ``by``; time never goes back."""
        if by < timedelta():
            raise ValueError("the clock only moves forward")
        self.offset += by


class FixedClock:
    """A clock that stands where a test put it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        """Move on by ``by``."""
        self.at += by


def china_date(instant: datetime) -> date:
    """The calendar day of ``instant`` in China."""
    return instant.astimezone(CHINA).date()
