"""One village's list while it is being made: whether it is an equal share-out (L6), known after every change."""

from collections.abc import MutableMapping
from typing import TypeVar

Key = TypeVar("Key")


class VillageList:
    """A village's amounts, counted: the same answer as :func:`intake.rules.equal_shares` gives of households without
    their groups, and by land where that is known of every household."""

    __slots__ = ("_by_household", "_by_land", "_by_person", "_from", "_households")

    def __init__(self, equal_shares_from: int) -> None:
        self._from = equal_shares_from
        self._households = 0
        self._by_household: dict[int, int] = {}
        self._by_person: dict[int, int] = {}
        self._by_land: dict[int | None, int] = {}

    def put(self, amount_fen: int, persons: int, land: int | None, times: int = 1) -> None:
        """Put a household onto the list, or with ``times`` -1 take it away again."""
        self._households += times
        _count(self._by_household, amount_fen, times)
        _count(self._by_person, amount_fen * 10_000 // persons, times)
        _count(self._by_land, amount_fen * 10_000 // land if land else None, times)

    @property
    def is_equal(self) -> bool:
        """L6: whether this list would be refused."""
        if self._households < self._from:
            return False
        by_land = len(self._by_land) == 1 and None not in self._by_land
        return len(self._by_household) == 1 or len(self._by_person) == 1 or by_land


def _count(counted: MutableMapping[Key, int], key: Key, times: int) -> None:
    now = counted.get(key, 0) + times
    if now:
        counted[key] = now
    else:
        del counted[key]
