"""The demo: the county's story, a clock that may be moved forward, and one password for its officials."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import func, select, update

from intake.access import Official
from intake.county import add_official, save_divisions, save_scheme
from intake.models import Case, Scheme, Staff
from intake.staff import hash_password
from intake.unit import Units
from service.demo_beside import fill_beside
from service.demo_county import COUNTY, SCHEME, SEASON, STAFF, pilot_divisions
from service.demo_goods import Supplies
from service.demo_season import County
from service.demo_story import NOW, STARTS, Story
from service.demo_visitors import Visitors
from service.house import House
from service.keys import folder_of, kept_secret
from service.models import DemoClock
from service.settings import SettingError, Settings
from store.clock import FixedClock, MovableClock

log = logging.getLogger(__name__)


class Demo:
    """The demo county while it is served; also the console's control of the clock."""

    def __init__(self, password: str, households: int = 0) -> None:
        self.clock = MovableClock(NOW - datetime.now(UTC))
        self._password = password
        self._households = households
        self._house: House | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, households: int = 0) -> AsyncIterator["Demo"]:
        """The demo before its house is open: only its clock and password. ``households`` are how many there are to be
        at least; 0 leaves it at the story."""
        yield cls(settings.demo_password or kept_secret("demo-password", 9, folder_of(settings)), households)

    async def fill(self, house: House) -> None:
        """Load the county and its story where they are missing, set the clock and the password."""
        self._house = house
        hashed = await hash_password(self._password)
        async with house.database.read() as db:
            told = await db.get(DemoClock, 1) is not None
            begun = await db.scalar(select(Scheme.id).where(Scheme.county == COUNTY)) is not None
        if begun and not told:
            raise SettingError("the demo's data is incomplete; delete it and start again: make clean-demo && make run")
        if not begun:
            await _begin(house)
            await self._grow(house)
            await _supply(house)
        elif await _count(house) < self._households:
            raise SettingError("the demo's county is there already; delete it and start again: make clean-demo")
        async with house.database.write() as db:
            names = [username for username, *_ in STAFF]
            await db.execute(update(Staff).where(Staff.username.in_(names)).values(password_hash=hashed))
            stored = await db.get(DemoClock, 1)
            if stored is None:
                db.add(DemoClock(id=1, offset_seconds=int(self.clock.offset.total_seconds())))
            else:
                self.clock.offset = timedelta(seconds=stored.offset_seconds)
        await house.world.refresh()

    async def _grow(self, house: House) -> None:
        """Make the county as large as was asked for, around the story."""
        missing = self._households - await _count(house)
        if missing <= 0:
            return
        async with house.database.read() as db:
            scheme_id = (await db.scalars(select(Scheme.id).where(Scheme.county == COUNTY))).one()
        began = monotonic()
        made = await County(house.database, scheme_id).fill(missing)
        await fill_beside(house)
        async with house.database.connect() as connection:
            await connection.exec_driver_sql("ANALYZE")
        log.info("%d more households of %d persons made in %.0f s", made.households, made.persons, monotonic() - began)

    async def forward(self, days: int) -> None:
        """Move the clock on by whole days, keep it, and do what became due."""
        if self._house is None:
            raise RuntimeError("the demo is not open")
        self.clock.forward(timedelta(days=days))
        async with self._house.database.write() as db:
            await db.execute(update(DemoClock).values(offset_seconds=int(self.clock.offset.total_seconds())))
        await self._house.close_due_notices()
        await self._house.world.refresh()

    def announce(self, settings: Settings) -> None:
        """Tell whoever started it where to look and how to sign in."""
        names = " ".join(username for username, *_ in STAFF)
        lines = (
            "",
            f"  Nuandong demo · {settings.public_url}",
            f"  chat     {settings.public_url}/chat",
            f"  notices  {settings.public_url}/notices/{COUNTY}",
            f"  console  {settings.public_url}/admin/   {names}",
            f"  password {self._password}",
            "",
        )
        print("\n".join(lines), file=sys.stderr, flush=True)  # noqa: T201 - to the person who typed the command


async def _count(house: House) -> int:
    async with house.database.read() as db:
        return await db.scalar(select(func.count()).select_from(Case)) or 0


async def _supply(house: House) -> None:
    async with house.database.read() as db:
        county = (await db.scalars(select(Staff).where(Staff.username == "xian"))).one()
    await Supplies(house.database, Official.of(county)).bring()


async def _begin(house: House) -> None:
    officials: dict[str, Official] = {}
    async with Units(house.database, FixedClock(STARTS)).begin() as unit:
        await save_divisions(unit.db, pilot_divisions())
        scheme = await save_scheme(unit.db, unit.journal, unit.now, COUNTY, SEASON, SCHEME)
        for username, name, role, division in STAFF:
            officials[username] = await add_official(
                unit.db,
                unit.journal,
                unit.now,
                username=username,
                name=name,
                role=role,
                division=division,
                password_hash="-",  # noqa: S106 - set right after
            )
    await Story(house.database, scheme.id, officials["zhen"], officials["xian"]).tell(officials["cun"])
    await house.world.refresh()
    await Visitors(house.database, house.world(), officials, NOW).come()
