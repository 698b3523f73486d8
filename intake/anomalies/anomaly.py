"""One thing that looks wrong."""

from dataclasses import dataclass

from intake.rules import Refusal


@dataclass(frozen=True, slots=True)
class Anomaly:
    """``said`` is the reason with its rule, as a refusal says it; ``about`` is where to look: ``case:5``, ``fund:7``,
    ``place:410324103``, or ``source:central``."""

    said: Refusal
    about: str


def anomaly(rule: str, kind: str, about: str, **params: object) -> Anomaly:
    """An anomaly with its text ``anomaly.<kind>``."""
    return Anomaly(Refusal(rule, f"anomaly.{kind}", params), about)
