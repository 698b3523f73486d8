"""Entries that were taken back, and many of them on one day (G4, L12)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.anomalies.anomaly import Anomaly, anomaly

MANY = 3
"""Counter entries of one official on one day from which somebody should ask: one is a slip, a second
may be its repair."""


@dataclass(frozen=True, slots=True)
class Countered:
    """A counter entry: what it is about (``fund:7``, ``case:5``), what it is worth in fen, and who made it when."""

    about: str
    worth_fen: int
    on: date
    staff_id: int
    who: str


def countered(entries: Iterable[Countered]) -> list[Anomaly]:
    """Every counter entry."""
    return [
        anomaly("G4", "countered", one.about, worth_fen=abs(one.worth_fen), on=one.on, who=one.who) for one in entries
    ]


def many_countered(entries: Iterable[Countered]) -> list[Anomaly]:
    """Days on which one official took back :data:`MANY` entries or more."""
    counts = Counter((one.on, one.staff_id, one.who) for one in entries)
    return [
        anomaly("L12", "many_countered", "", on=on, who=who, n=count)
        for (on, _, who), count in sorted(counts.items())
        if count >= MANY
    ]
