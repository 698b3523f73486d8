"""How many cases stand where, of all states, for one official's area."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.procedure import Pass, State
from intake.reads.progress import Waiting, waiting
from intake.reads.seasons import current_scheme

PASSED_ON = {(Pass.NEED, State.ACCEPTED), (Pass.NEED, State.PAID)}
"""Where no case stands: an accepted need stands in its grant."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The official's area in the season they work in, its scheme; empty where there is none."""

    scheme_id: int | None
    rows: tuple[Waiting, ...]

    def townships(self) -> tuple[tuple[str, str, int], ...]:
        """Code, name and households of each township, by code."""
        return _summed((row.village[:9], row.township_name, row.households) for row in self.rows)

    def villages(self, township: str) -> tuple[tuple[str, str, int], ...]:
        """Code, name and households of each village of a township, by code."""
        inside = (row for row in self.rows if row.village.startswith(township))
        return _summed((row.village, row.village_name, row.households) for row in inside)

    def states(self, village: str) -> tuple[tuple[Pass, State, int], ...]:
        """Where the households of a village stand, in the order of the procedure."""
        found = {(row.pass_, row.state): row.households for row in self.rows if row.village == village}
        order = ((pass_, state) for pass_ in Pass for state in State)
        return tuple((*at, found[at]) for at in order if at in found)


async def standing(db: AsyncSession, official: Official) -> Standing:
    """Where the cases of the official's area stand in the newest season."""
    scheme = await current_scheme(db, official)
    rows = await waiting(db, official, scheme[0].id, tuple(State)) if scheme else []
    stand = tuple(row for row in rows if (row.pass_, row.state) not in PASSED_ON)
    return Standing(scheme[0].id if scheme else None, stand)


def _summed(rows: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    sums: dict[str, tuple[str, str, int]] = {}
    for code, name, households in rows:
        sums[code] = (code, name, sums[code][2] + households if code in sums else households)
    return tuple(sums[code] for code in sorted(sums))
