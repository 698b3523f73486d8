"""The cheapest tiers of one area in which no village's list is an equal share-out (L6).

In the order of need the tiers of an area are cut twice: the first ``a`` stand in the highest, those up to ``b`` in the
middle one. Everybody in the lowest is cheapest, but then a village that has nobody capped gets the same per person, so
a cut has to go through its households.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from intake.allocation.sheet import Sheet

TRIES = 100
"""Places of the second cut that are tried with a first one, before an area counts as impossible. One is enough unless
amounts are equal by chance or by the household cap."""


def least(sheet: Sheet, area: Sequence[int], tiers: int) -> bool:
    """Raise as few as needed of ``area`` (places on the sheet, in the order of need) from the lowest tier, so that no
    village of theirs is left in ``sheet.bad``; False, and nothing is changed, where no cuts do it."""
    villages = {sheet.free[at].household.village for at in area}
    if sheet.bad.isdisjoint(villages):
        return True
    cuts = _cuts(sheet, area, villages) if tiers > 1 else None
    if tiers > 2:
        cuts = _two_cuts(sheet, area, villages, cuts)
    if cuts is None:
        return False
    for place, at in enumerate(area[: cuts[1]]):
        sheet.move(at, 2 if place < cuts[0] else 1)
    return True


def _cuts(sheet: Sheet, area: Sequence[int], villages: set[str]) -> tuple[int, int] | None:
    """One cut alone: how many have to be raised by one tier."""
    with _undone(sheet, area):
        for place, at in enumerate(area, 1):
            sheet.move(at, 1)
            if sheet.bad.isdisjoint(villages):
                return 0, place
    return None


def _two_cuts(
    sheet: Sheet, area: Sequence[int], villages: set[str], alone: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Both cuts: the cheapest found, or ``alone`` where that is cheaper."""
    first: dict[str, int] = {}
    for place, at in enumerate(area, 1):
        first.setdefault(sheet.free[at].household.village, place)
    start = max(first[village] for village in sheet.bad & villages)
    steps = [sheet.free[at].amounts for at in area]
    cost = sum(amounts[1] - amounts[0] for amounts in steps[: alone[1]]) if alone else None
    best, spent = alone, sum(amounts[1] - amounts[0] for amounts in steps[: start - 1])
    for high in range(start, min(start + TRIES, len(area) + 1)):
        spent += steps[high - 1][1] - steps[high - 1][0]
        if cost is not None and spent >= cost:
            break
        found = _second(sheet, area[:high], villages, spent, cost)
        if found is not None:
            best, cost = (found[0], high), found[1]
    return best


def _second(
    sheet: Sheet, raised: Sequence[int], villages: set[str], spent: int, most: int | None
) -> tuple[int, int] | None:
    """With ``raised`` in the middle tier: how many of them have to stand in the highest, and what all of it costs; None
    where that does not help, or is not below ``most``."""
    with _undone(sheet, raised):
        for at in raised:
            sheet.move(at, 1)
        for place, at in enumerate(raised, 1):
            spent += sheet.step(at)
            if most is not None and spent >= most:
                return None
            sheet.move(at, 2)
            if sheet.bad.isdisjoint(villages):
                return place, spent
    return None


@contextmanager
def _undone(sheet: Sheet, area: Sequence[int]) -> Iterator[None]:
    """Everybody of ``area`` stands in the lowest tier again afterwards."""
    try:
        yield
    finally:
        for at in area:
            if sheet.level[at]:
                sheet.move(at, 0)
