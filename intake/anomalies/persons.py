"""More persons or households were paid than were found in need (L11: the helped are among the needy; G4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.anomalies.anomaly import Anomaly, anomaly


@dataclass(frozen=True, slots=True)
class Heads:
    """A village: households and persons whose need was accepted, and those who were paid or given goods."""

    village: str
    needed: int
    needed_persons: int
    helped: int
    helped_persons: int


def too_many_helped(villages: Iterable[Heads]) -> list[Anomaly]:
    """Villages in which more were helped than were found in need."""
    return [
        anomaly(
            "L11",
            "too_many_helped",
            f"place:{one.village}",
            helped=one.helped,
            helped_persons=one.helped_persons,
            needed=one.needed,
            needed_persons=one.needed_persons,
        )
        for one in villages
        if one.helped > one.needed or one.helped_persons > one.needed_persons
    ]
