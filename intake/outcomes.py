"""What becomes of an application that was sent in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """A new case. ``hit`` is whether its village is among those hit (L1); the village checks it either way."""

    case_id: int
    number: str
    village: str
    hit: bool


@dataclass(frozen=True, slots=True)
class FiledBefore:
    """The same contact had applied for this household already."""

    case_id: int
    number: str
    filed_at: datetime
    village: str


@dataclass(frozen=True, slots=True)
class Corrected(FiledBefore):
    """The same contact filled the form in again before the village reviewed it: the case holds the new answers."""


@dataclass(frozen=True, slots=True)
class FiledByAnother:
    """Someone else applied for this household; nothing of that application is told. ``village`` is empty when the
    application lies in another village than this contact named."""

    village: str


@dataclass(frozen=True, slots=True)
class NoScheme:
    """No relief scheme of the village's county takes applications today."""

    village: str


Outcome = Filed | FiledBefore | FiledByAnother | NoScheme
