"""People found in need (G1, X2), counted by village: how many there are, and in what hardship."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.discovery_codes import SITUATIONS, DiscoveryState
from intake.models import Discovery
from intake.reads.place_names import place_names


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One village: how many were ``found``, how many of them nobody has looked at (``waiting``, of which some are
    ``late``), and how many are in each situation; a person may be in several."""

    village: str
    place: str
    found: int
    waiting: int
    late: int
    situations: Mapping[str, int]


async def found_by_village(db: AsyncSession, official: Official, since: datetime, now: datetime) -> list[FoundRow]:
    """The villages of the official's area in which somebody was found since then, in the order of their codes."""
    query = select(Discovery.village, Discovery.situations, Discovery.state, Discovery.due_at).where(
        within(official, Discovery.village), Discovery.found_at >= since
    )
    found, waiting, late = Counter[str](), Counter[str](), Counter[str]()
    situations: dict[str, Counter[str]] = {}
    for row in await db.execute(query):
        found[row.village] += 1
        situations.setdefault(row.village, Counter()).update(row.situations)
        if row.state == DiscoveryState.NEW.value:
            waiting[row.village] += 1
            late[row.village] += row.due_at < now
    names = await place_names(db, list(found))
    return [
        FoundRow(
            code,
            names[code],
            found[code],
            waiting[code],
            late[code],
            {one: situations[code][one] for one in SITUATIONS if situations[code][one]},
        )
        for code in sorted(found)
    ]
