"""What was read of a workbook. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.imports.kinds import RowState


class BookError(ValueError):
    """No workbook that can be read. ``reason`` ends the text's key ``import.book.…``; ``params`` fill it."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused, or what should be looked at: the column's key, the catalog key of the text, its fields."""

    column: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> list[Any]:
        """As it is kept with the row."""
        return [self.column, self.key, dict(self.params)]


@dataclass(slots=True)
class ReadRow:
    """One row: where it stands, what was typed by column key, and what was understood. ``warned`` are remarks that do
    not refuse it."""

    sheet: str
    number: int
    raw: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    warned: list[Reason] = field(default_factory=list)
    skipped: bool = False

    @property
    def state(self) -> RowState:
        """Where it stands before anybody looked into the database."""
        if self.skipped:
            return RowState.SKIPPED
        return RowState.REFUSED if self.reasons else RowState.GOOD


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook: its rows, the headings that nobody knows, the sheets that hold no list."""

    rows: Sequence[ReadRow]
    unused: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
