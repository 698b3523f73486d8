"""No area, no rows: one door to what lies in villages, and to what a village, a township or the county has of its own."""

from typing import Any

import pytest
from sqlalchemy import select

from intake.access import OutOfAreaError, access_meeting, access_village
from intake.archive.orders import READY, archives, order_archive, ready
from intake.imports.kinds import FileState, Kind, RowState
from intake.models import Archive, ImportFile, Review
from intake.procedure import Pass
from intake.reads.imports import contents, import_lines
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.intake.test_road import YES, review
from tests.world import World, file_case, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


async def test_an_imported_file_is_opened_by_nobody_of_another_place(world: World) -> None:
    now = world.clock.now()
    file = ImportFile(
        id=new_id(now),
        scheme_id=world.scheme_id,
        division=world.zhen.division,
        kind=Kind.APPLY.value,
        digest=b"1",
        name="潭头镇.xlsx",
        remarks={},
        counts={},
        state=FileState.PREVIEW.value,
        cursor=0,
        read_by=world.zhen.id,
        read_at=now,
    )
    async with world.database.write() as db:
        db.add(file)
    async with world.database.read() as db:
        assert [row async for row in contents(db, world.xian, file.id, [RowState.REFUSED])] == []
        with pytest.raises(OutOfAreaError):
            await import_lines(db, world.cun, file.id, RowState.REFUSED, 1)
        with pytest.raises(OutOfAreaError):
            [row async for row in contents(db, world.cun, file.id, [RowState.REFUSED])]


async def test_a_part_of_a_county_has_no_archive_and_orders_none(world: World) -> None:
    now = world.clock.now()
    row: dict[str, Any] = {"county": "410324", "season": "2022-2023", "ordered_by": world.xian.id, "ordered_at": now}
    async with world.database.write() as db:
        db.add(made := Archive(id=new_id(now), state=READY, **row))
    async with world.database.read() as db:
        assert await archives(db, world.zhen) == [] and await ready(db, world.zhen, made.id) is None
        assert len(await archives(db, world.xian)) == 1 and await ready(db, world.xian, made.id) is not None
    with pytest.raises(LookupError):
        await order_archive(world.units, world.zhen, "2022-2023")


async def test_a_meeting_is_its_village_s_and_of_those_above_it(world: World) -> None:
    await review(world, Pass.NEED, {await file_case(world): YES})
    async with world.database.read() as db:
        meeting = (await db.scalars(select(Review.id))).one()
        for who in (world.cun, world.zhen, world.xian):
            assert (await access_meeting(db, who, meeting)).village == world.village
        with pytest.raises(OutOfAreaError):
            await access_meeting(db, world.zhen, meeting + 1)
        with pytest.raises(OutOfAreaError):
            await access_village(db, world.zhen, str(world.zhen.division))
