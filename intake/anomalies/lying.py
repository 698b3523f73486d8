"""Money or goods that lie at a place and are not moved on (L12: 滞留)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from intake.anomalies.anomaly import Anomaly, anomaly

MOVE_ON_WITHIN = timedelta(days=30)
"""How long what came in may lie before it is moved on. The same in every county, because L12 forbids delay without
naming days: a notice takes 5 days and a bank run some more, so a month is more than the procedure ever needs."""


@dataclass(frozen=True, slots=True)
class Lying:
    """What is left of a fund (``about`` it) or at a place since a day, in fen."""

    about: str
    left_fen: int
    since: date


def lying(found: Iterable[Lying], today: date) -> list[Anomaly]:
    """What has lain for longer than :data:`MOVE_ON_WITHIN`."""
    return [
        anomaly("L12", "lying", one.about, left_fen=one.left_fen, since=one.since, days=(today - one.since).days)
        for one in found
        if one.left_fen > 0 and today - one.since > MOVE_ON_WITHIN
    ]
