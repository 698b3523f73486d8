"""Nobody sees a report about their own level, or of another area: every role, level and place."""

import pytest

from intake.access import Official, OutOfAreaError
from intake.procedure import Role
from intake.reads.reports import find_reports
from intake.report_access import access_report
from store.clock import FixedClock
from store.database import Database
from tests.intake.reporting import report_of, send_report
from tests.world import SHIMEN, make_world

PLACES = {
    "own village": SHIMEN,
    "other village": "410324103202",
    "own township": SHIMEN[:9],
    "other township": "410324104",
    "own county": "410324",
    "other county": "621024",
    "none": None,
}
MAY = {
    "village": {
        (Role.TOWNSHIP, "own township"),
        (Role.COUNTY, "own county"),
        (Role.INSPECTOR, "own county"),
    },
    "township": {(Role.INSPECTOR, "own county")},
    "county": {(Role.INSPECTOR, "own county")},
    "unknown": {(Role.INSPECTOR, "own county")},
}
"""Who may see a report about 石门村, by the level accused; nobody else."""


@pytest.mark.parametrize("level", list(MAY))
async def test_L12_a_report_is_seen_above_the_level_accused_alone(
    level: str, database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    report = await report_of(world, await send_report(world, level=level))
    seen = set()
    async with database.read() as db:
        for role in Role:
            for place, division in PLACES.items():
                official = Official(1, "somebody", role, division)
                rows, total = await find_reports(db, official, clock.now())
                assert len(rows) == total
                try:
                    await access_report(db, official, report.id)
                except OutOfAreaError:
                    assert not rows, (role, place)
                else:
                    assert [row.id for row in rows] == [report.id]
                    seen.add((role, place))
    assert seen == MAY[level]


async def test_a_report_of_no_known_village_is_the_countys(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send_report(world, division="410324")
    async with database.read() as db:
        counts = {
            official.role: (await find_reports(db, official, clock.now()))[1]
            for official in (world.cun, world.zhen, world.xian, Official(1, "jijian", Role.INSPECTOR, "410324"))
        }
    assert counts == {Role.VILLAGE: 0, Role.TOWNSHIP: 0, Role.COUNTY: 1, Role.INSPECTOR: 1}
