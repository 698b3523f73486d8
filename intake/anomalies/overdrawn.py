"""More went out than came in: money paid beyond what a place or a source was given, goods beyond the stock (G4)."""

from collections.abc import Iterable

from intake.anomalies.anomaly import Anomaly, anomaly
from intake.ledger.book import Account
from intake.ledger.left import Left
from intake.payment_sources import NOT_TOLD


def overdrawn(accounts: Iterable[Account], kind: str, by: str) -> list[Anomaly]:
    """Accounts of which less than nothing is left; ``by`` is ``place`` or ``source``. Payments whose source nobody told
    are no source of their own."""
    return [
        anomaly("G4", f"overdrawn.{kind}.{by}", f"{by}:{one.name}", over_fen=-one.left_fen, came_fen=one.came_fen)
        for one in accounts
        if one.left_fen < 0 and one.name != NOT_TOLD
    ]


def without_stock(goods: Iterable[tuple[int, str, Left]]) -> list[Anomaly]:
    """Goods of which more pieces, or more worth, went out than there were: by the fund's id, with the item's name."""
    return [
        anomaly("G4", "without_stock", f"fund:{fund}", item=item, pieces=-left.quantity)
        for fund, item, left in goods
        if left.quantity < 0 or left.worth_fen < 0
    ]
