"""The plan while it is being made: every household's tier, what that costs, and which villages share out equally."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.allocation.household import Household
from intake.allocation.lists import VillageList
from intake.allocation.score import Score


@dataclass(frozen=True, slots=True)
class Ranked:
    """A household that may be moved, with its score, and its amount in fen in each tier, lowest first (L4)."""

    household: Household
    score: Score
    amounts: tuple[int, ...]


def by_need(one: Ranked) -> tuple[int, str]:
    """The order of need: the higher score first, then the earlier number."""
    return -one.score.points, one.household.number


class Sheet:
    """Everybody stands in the lowest tier (level 0) at first. ``fixed`` are counted in their villages' lists and never
    moved; ``cost`` is in fen, without theirs; ``bad`` are the villages whose list is an equal share-out (L6), of those
    in which somebody can be moved."""

    def __init__(self, free: Sequence[Ranked], fixed: Iterable[Household], equal_shares_from: int) -> None:
        self.free = free
        self.level = [0] * len(free)
        self.cost = sum(one.amounts[0] for one in free)
        self.lists = {one.household.village: VillageList(equal_shares_from) for one in free}
        for one in free:
            self.lists[one.household.village].put(one.amounts[0], one.household.persons, one.household.land)
        for household in fixed:
            if household.fixed is not None and household.village in self.lists:
                amount = household.fixed.amount_fen
                self.lists[household.village].put(amount, household.persons, household.land)
        self.bad = {village for village, listed in self.lists.items() if listed.is_equal}

    def move(self, at: int, level: int) -> None:
        """Put the household at place ``at`` of ``free`` into a tier."""
        one, before = self.free[at], self.level[at]
        household, amounts = one.household, one.amounts
        listed = self.lists[household.village]
        listed.put(amounts[before], household.persons, household.land, -1)
        listed.put(amounts[level], household.persons, household.land)
        self.level[at] = level
        self.cost += amounts[level] - amounts[before]
        if listed.is_equal:
            self.bad.add(household.village)
        else:
            self.bad.discard(household.village)

    def step(self, at: int) -> int:
        """Fen that the next tier costs more."""
        amounts, level = self.free[at].amounts, self.level[at]
        return amounts[level + 1] - amounts[level]

    def raises_well(self, at: int) -> bool:
        """Raise a household by one tier, unless its village's list would then be an equal share-out."""
        self.move(at, self.level[at] + 1)
        if self.free[at].household.village not in self.bad:
            return True
        self.move(at, self.level[at] - 1)
        return False
