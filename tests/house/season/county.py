"""The demo county on the first day of its season: its villages, plan and officials, and nobody who has applied."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from intake.county import add_official, save_divisions, save_scheme
from intake.procedure import Role
from intake.scheme.parts import Quorum, Raises
from intake.staff import hash_password
from intake.unit import Units
from service.demo_county import COUNTY, HOME_VILLAGE, SCHEME, SEASON, STAFF, pilot_divisions
from service.demo_story import STARTS
from service.house import House
from service.models import DemoClock
from store.clock import FixedClock
from tests.house.season.told import Season
from tests.house.town import open_town
from tests.world import PASSWORD

PLAN = replace(
    SCHEME,
    quorum=Quorum(present=10),
    raises=Raises(household_cap_fen=3000_00),
    simplified=("left_behind_elder",),
    groups={HOME_VILLAGE: ("一组", "二组", "三组")},
)
HIRED = (
    ("cun2", "石门村 孙玉兰", Role.VILLAGE, HOME_VILLAGE),
    ("zhen2", "潭头镇 马国强", Role.TOWNSHIP, HOME_VILLAGE[:9]),
    ("xian2", "县应急局 何晓东", Role.COUNTY, COUNTY),
)
"""Colleagues: whoever has acted on a household does not act again."""


@asynccontextmanager
async def open_season(database_url: str) -> AsyncIterator[Season]:
    """Serve the county, with every official signed in."""
    async with open_town(database_url, begin=_begin) as town:
        names = [username for username, *_ in (*STAFF, *HIRED)]
        yield Season(town, {name: await town.browser(name) for name in names})


async def _begin(house: House) -> None:
    hashed = await hash_password(PASSWORD)
    async with Units(house.database, FixedClock(STARTS)).begin() as unit:
        await save_divisions(unit.db, pilot_divisions())
        await save_scheme(unit.db, unit.journal, unit.now, COUNTY, SEASON, PLAN)
        for username, name, role, division in (*STAFF, *HIRED):
            await add_official(
                unit.db,
                unit.journal,
                unit.now,
                username=username,
                name=name,
                role=role,
                division=division,
                password_hash=hashed,
            )
        offset = STARTS - datetime.now(UTC)
        unit.db.add(DemoClock(id=1, offset_seconds=int(offset.total_seconds())))
