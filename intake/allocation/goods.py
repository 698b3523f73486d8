"""Handing out goods in the order of need (L2: money first, goods second; L3, X6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.allocation.household import Goods, Household, Per
from intake.allocation.score import Score


@dataclass(frozen=True, slots=True)
class Handed:
    """Pieces by household (its key) and code, only where there are some; and what is left of each stock."""

    pieces: Mapping[int, Mapping[str, int]]
    left: Mapping[str, int]


def hand_out(households: Iterable[Household], scores: Mapping[int, Score], stocks: Iterable[Goods]) -> Handed:
    """Each household in the order of need gets a piece, or one for each person in need, as long as there are any: whose
    turn it is when the stock ends may get fewer."""
    order = sorted(households, key=lambda one: (-scores[one.key].points, one.number))
    pieces: dict[int, dict[str, int]] = {}
    left: dict[str, int] = {}
    for goods in stocks:
        stock = goods.stock
        for one in order:
            if not stock:
                break
            given = min(stock, one.persons if goods.per is Per.PERSON else 1)
            pieces.setdefault(one.key, {})[goods.code] = given
            stock -= given
        left[goods.code] = stock
    return Handed(pieces, left)
