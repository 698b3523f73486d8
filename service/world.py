"""What the talks know of the world, read from the database and kept for a minute."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.world import World
from intake.divisions import Row
from intake.models import Division, Scheme, SchemeVersion
from intake.places import Places
from intake.scheme import SchemeContent
from store.clock import Clock, china_date
from store.database import Database


async def load_world(database: Database, clock: Clock) -> World:
    """The places of all counties, and what their open schemes say. Telephones are those of the newest scheme."""
    async with database.read() as db:
        divisions = list(await db.scalars(select(Division).order_by(Division.code)))
        rows = await db.execute(
            select(Scheme.county, SchemeVersion.content)
            .join(SchemeVersion, (SchemeVersion.scheme_id == Scheme.id) & (SchemeVersion.version == Scheme.version))
            .order_by(Scheme.id)
        )
        contents = [(row.county, SchemeContent.from_json(row.content)) for row in rows]
    today = china_date(clock.now())
    counties = {county: content.all_disasters() for county, content in contents if content.is_open(today)}
    newest = contents[-1][1] if contents else None
    offered = [row for row in map(_row, divisions) if row.code[:6] in counties or not counties]
    return World(
        places=Places(offered),
        counties=counties,
        hotline=newest.hotline if newest else "",
        person=newest.contact_phone if newest else "",
    )


def _row(division: Division) -> Row:
    return Row(division.code, division.level, division.name, division.short, division.parent, division.mca_code or "")


class KnownWorld:
    """Holds the present world; :meth:`refresh` reads it again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._world: World | None = None

    async def refresh(self) -> None:
        """Read the world from the database."""
        self._world = await load_world(self._database, self._clock)

    def __call__(self) -> World:
        """The world as it was last read."""
        if self._world is None:
            raise RuntimeError("the world is read before the first message: call refresh()")
        return self._world


__all__: Sequence[str] = ["KnownWorld", "load_world"]
