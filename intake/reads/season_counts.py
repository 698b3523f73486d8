"""Households by village, pass and state, as the calendar of the season counts them (L11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.procedure import Pass, State
from intake.reads.progress import Waiting, waiting
from intake.season_calendar import Counts


@dataclass(frozen=True, slots=True)
class VillageCounts:
    """A village, its township, and its households by pass and state."""

    code: str
    name: str
    township: str
    counts: Counts


async def season_counts(db: AsyncSession, official: Official, scheme_id: int) -> list[VillageCounts]:
    """The villages of the official's area with households in a season, in the order of their codes."""
    return by_village(await waiting(db, official, scheme_id, tuple(State)))


def by_village(rows: Iterable[Waiting]) -> list[VillageCounts]:
    """The same of what was counted already. A need that was accepted is counted by its grant."""
    found: dict[str, VillageCounts] = {}
    for row in rows:
        if (row.pass_, row.state) == (Pass.NEED, State.ACCEPTED):
            continue
        counts = {(row.pass_, row.state): row.households}
        known = found.get(row.village)
        merged = {**known.counts, **counts} if known else counts
        found[row.village] = VillageCounts(row.village, row.village_name, row.township_name, merged)
    return [found[code] for code in sorted(found)]
