"""The states of payment lists and lines, and what may be wrong with either."""

from enum import StrEnum


class ListState(StrEnum):
    """Where a list stands."""

    MADE = "made"
    RELEASED = "released"
    SENT = "sent"
    CLOSED = "closed"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What became of a line."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    DROPPED = "dropped"


LIVE = (Outcome.WAITING.value, Outcome.PAID.value)
"""A case has one such line at most; the database sees to it."""

SETTLES = (ListState.RELEASED, ListState.SENT)
"""In which a line may be paid or fail."""


class Blocked(StrEnum):
    """Why an accepted grant cannot be put on a list."""

    NO_CARD = "no_card"
    NOT_A_CARD = "not_a_card"
    SHARED = "shared"
    """Another household has the same card."""
    ANOTHER_NAME = "another_name"
    """The card is known to bear another name than the head's."""
    FAILED_CARD = "failed_card"
    """The last payment to this card failed, and no card was given since."""
    NO_BANK = "no_bank"
    """No bank of the scheme takes this card."""


class RowOutcome(StrEnum):
    """What becomes of a row of the bank's file."""

    PAID = "paid"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """No such card on the list."""
    DUPLICATE = "duplicate"
    """A further row for a line, or one that says what was recorded before."""
    OVER = "over"
    UNDER = "under"
    LATE = "late"
    """It says otherwise than what was settled before."""
    UNREADABLE = "unreadable"
    """Card, amount or result cannot be read."""
    TEXT = "text"
    """A row with neither card nor result: a total or a remark."""


ANOMALIES = (
    RowOutcome.UNKNOWN,
    RowOutcome.OVER,
    RowOutcome.UNDER,
    RowOutcome.LATE,
    RowOutcome.DUPLICATE,
    RowOutcome.UNREADABLE,
)
"""Rows that somebody has to ask the bank about."""
