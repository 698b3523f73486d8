"""More came in from a source than the scheme's budget has (L11: what is asked for equals the need)."""

from collections import Counter
from collections.abc import Iterable

from intake.anomalies.anomaly import Anomaly, anomaly
from intake.ledger.book import Account
from intake.scheme.parts import BudgetLine


def over_budget(kind: str, sources: Iterable[Account], budget: Iterable[BudgetLine]) -> list[Anomaly]:
    """Sources with more money or goods (``kind``) than budgeted. A scheme without a budget says
    nothing, nor does a line of goods that names pieces and no worth."""
    planned = Counter[str]()
    unpriced = set[str]()
    lines = list(budget)
    for line in lines:
        if line.kind == kind:
            planned[line.source] += line.worth_fen
            unpriced |= set() if line.worth_fen else {line.source}
    return [
        anomaly("L11", "over_budget", f"source:{one.name}", came_fen=one.came_fen, planned_fen=planned[one.name])
        for one in sources
        if lines and one.name not in unpriced and one.came_fen > planned[one.name]
    ]
