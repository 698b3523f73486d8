"""Spending what is left: raise after raise in the order of need, until none fits."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from intake.allocation.sheet import Sheet

Line = tuple[str, int]
"""An area and a tier (by its level): who of the area comes next for it is always the neediest who is not in it."""


class Limit(StrEnum):
    """Why a household does not stand one tier higher."""

    HIGHEST = "highest"
    SETTLED = "settled"
    MONEY = "money"
    SHARE = "share"
    EQUAL = "equal"
    ORDER = "order"


@dataclass(slots=True)
class Spender:
    """``areas`` are places on the sheet in the order of need; ``steps`` are points by level (see ``Weights.steps``);
    ``room`` is how many of each area may still come into a level or above, and of an area that is not named anyone.
    ``money`` is in fen. ``stopped`` says of a line why it stands where it does."""

    sheet: Sheet
    areas: Mapping[str, Sequence[int]]
    steps: Sequence[int]
    money: int
    room: dict[Line, int] = field(default_factory=dict)
    stopped: dict[Line, Limit] = field(default_factory=dict)
    _next: dict[Line, int] = field(default_factory=dict)
    _waiting: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    _heap: list[tuple[int, int, str, Line]] = field(default_factory=list)

    def spend(self) -> None:
        """Raise whoever comes next for a tier, as long as money is left for somebody."""
        for area, places in self.areas.items():
            for level in range(1, len(self.steps)):
                line = area, level
                self._next[line] = sum(self.sheet.level[at] >= level for at in places)
                if line in self.room:
                    self.room[line] -= self._next[line]
                self._queue(line)
        while self._heap:
            line = heapq.heappop(self._heap)[-1]
            limit = self._raise(line)
            if limit is None:
                self._moved(line)
            else:
                self.stopped[line] = limit
                if limit in (Limit.EQUAL, Limit.ORDER):
                    self._waiting[line[0]].append(line)

    def _raise(self, line: Line) -> Limit | None:
        """Raise who comes next on the line, or why not. Money never grows, so that what is too dear stays too dear; the
        others wait for the area's next raise."""
        area, level = line
        at = self.areas[area][self._next[line]]
        if self.room.get(line, 1) <= 0:
            return Limit.SHARE
        if self.sheet.level[at] != level - 1:
            return Limit.ORDER
        step = self.sheet.step(at)
        if step > self.money:
            return Limit.MONEY
        if not self.sheet.raises_well(at):
            return Limit.EQUAL
        self.money -= step
        return None

    def _moved(self, line: Line) -> None:
        self._next[line] += 1
        if line in self.room:
            self.room[line] -= 1
        self._queue(line)
        for waiting in self._waiting.pop(line[0], ()):
            self._queue(waiting)

    def _queue(self, line: Line) -> None:
        area, level = line
        places = self.areas[area]
        if self._next[line] == len(places):
            self.stopped[line] = Limit.HIGHEST
            return
        one = self.sheet.free[places[self._next[line]]]
        heapq.heappush(self._heap, (self.steps[level] - one.score.points, level, one.household.number, line))
