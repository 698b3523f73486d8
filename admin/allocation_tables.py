"""A plan as the tables that its page and its workbook show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from admin.allocation_words import goods, limit, why
from intake.allocation.explain import explanation
from intake.allocation.household import Wish
from intake.allocation.result import Plan, Proposal
from intake.allocation.score import USUAL
from intake.reads.allocation import Listed
from locales import Texts


@dataclass(frozen=True, slots=True)
class Row:
    """One household's line; money in fen, ``why`` and ``limit`` in words."""

    listed: Listed
    proposal: Proposal
    why: str
    limit: str
    goods: str


@dataclass(frozen=True, slots=True)
class VillageSum:
    """A village's households, persons in need, and money in fen."""

    code: str
    name: str
    township_name: str
    households: int
    persons: int
    amount_fen: int


def village_sums(plan: Plan, listed: Mapping[int, Listed]) -> list[VillageSum]:
    """A line for each village that has a proposal."""
    villages: dict[str, list[Proposal]] = {}
    for one in plan.proposals:
        villages.setdefault(one.household.village, []).append(one)
    return [
        VillageSum(
            code,
            (known := listed[ones[0].household.key]).village_name,
            known.township_name,
            len(ones),
            sum(one.household.persons for one in ones),
            sum(one.amount_fen for one in ones),
        )
        for code, ones in villages.items()
    ]


@dataclass(frozen=True, slots=True)
class Stock:
    """What became of a stock of goods: pieces handed out, what they are worth in fen, and pieces left."""

    code: str
    handed: int
    worth_fen: int
    left: int


def stocks(plan: Plan, wish: Wish) -> list[Stock]:
    """A line for each kind of goods."""
    left = plan.goods.left
    return [
        Stock(one.code, handed, handed * one.value_fen, left[one.code])
        for one in wish.goods
        for handed in (one.stock - left[one.code],)
    ]


def rows(t: Texts, proposals: Iterable[Proposal], plan: Plan, listed: Mapping[int, Listed]) -> list[Row]:
    """The lines of these proposals."""
    made = []
    for one in proposals:
        said = explanation(one, USUAL)
        pieces = plan.goods.pieces.get(one.household.key, {})
        made.append(Row(listed[one.household.key], one, why(t, said), limit(t, said), goods(t, pieces)))
    return made


def by_village(made: Sequence[Row]) -> dict[str, list[Row]]:
    """The lines under their village's code."""
    villages: dict[str, list[Row]] = {}
    for row in made:
        villages.setdefault(row.listed.household.village, []).append(row)
    return villages
