"""Payments whose day or amount does not fit (G4: amounts and dates are checked on the spot)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.anomalies.anomaly import Anomaly, anomaly
from intake.scheme import SchemeContent


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment beside its grant, in fen; ``granted_fen`` None where no amount was granted."""

    case_id: int
    number: str
    paid_on: date
    amount_fen: int
    granted_fen: int | None


def odd_payments(payments: Iterable[Paid], scheme: SchemeContent) -> list[Anomaly]:
    """Paid on or after the Spring Festival (L11), outside the season, or another amount than granted."""
    found: list[Anomaly] = []
    for one in payments:
        about, facts = f"case:{one.case_id}", {"number": one.number, "paid_on": one.paid_on}
        if not scheme.opens_on <= one.paid_on <= scheme.closes_on:
            found.append(anomaly("L11", "out_of_season", about, **facts))
        elif one.paid_on >= scheme.pay_before:
            found.append(anomaly("L11", "late", about, pay_before=scheme.pay_before, **facts))
        if one.amount_fen != one.granted_fen:
            amounts = {"paid_fen": one.amount_fen, "granted_fen": one.granted_fen or 0}
            found.append(anomaly("G4", "other_amount", about, number=one.number, **amounts))
    return found
