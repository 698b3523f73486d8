"""What the talks know of the world, read from the database and kept for a minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.world import County, World
from intake.divisions import Row
from intake.models import Division, Scheme, SchemeVersion
from intake.places import Places
from intake.scheme import SchemeContent
from store.clock import Clock, china_date
from store.database import Database


async def load_world(database: Database, clock: Clock, site: str = "") -> World:
    """All places, of which those in counties that are open are offered, and what each county's scheme says: the open
    one, or else its newest. Someone whose county is not known is given the telephones of the newest open scheme, or
    else of the newest."""
    async with database.read() as db:
        divisions = list(await db.scalars(select(Division).order_by(Division.code)))
        rows = await db.execute(
            select(Scheme.county, SchemeVersion.content, Scheme.closed_at)
            .join(SchemeVersion, (SchemeVersion.scheme_id == Scheme.id) & (SchemeVersion.version == Scheme.version))
            .order_by(Scheme.id)
        )
        contents = [_Known(row.county, SchemeContent.from_json(row.content), row.closed_at is not None) for row in rows]
    today = china_date(clock.now())
    contents.sort(key=lambda one: one.is_open(today))  # stable: newer ones last, and open ones after all others
    counties = {one.county: _county(one, today) for one in contents}
    newest = _county(contents[-1], today) if contents else None
    return World(
        places=Places([_row(division) for division in divisions], offered=_offered(counties)),
        counties=counties,
        hotline=newest.hotline if newest else "",
        person=newest.person if newest else "",
        site=site,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    county: str
    content: SchemeContent
    closed: bool

    def is_open(self, today: date) -> bool:
        return not self.closed and self.content.is_open(today)


def _county(one: _Known, today: date) -> County:
    content = one.content
    return County(content.all_disasters(), content.hotline, content.contact_phone, one.is_open(today))


def _offered(counties: Mapping[str, County]) -> tuple[str, ...]:
    """The counties whose villages are offered: those that are open; when none is, all there are."""
    return tuple(code for code, county in counties.items() if county.is_open) or ("",)


def _row(division: Division) -> Row:
    return Row(
        division.code,
        division.level,
        division.name,
        division.short,
        division.parent,
        division.mca_code or "",
        division.latitude,
        division.longitude,
    )


class KnownWorld:
    """Holds the present world; :meth:`refresh` reads it again."""

    def __init__(self, database: Database, clock: Clock, site: str = "") -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._world: World | None = None

    async def refresh(self) -> None:
        """Read the world from the database."""
        self._world = await load_world(self._database, self._clock, self._site)

    def __call__(self) -> World:
        """The world as it was last read."""
        if self._world is None:
            raise RuntimeError("the world is read before the first message: call refresh()")
        return self._world


__all__: Sequence[str] = ["KnownWorld", "load_world"]
