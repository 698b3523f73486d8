"""G6, L8: whoever has an objection makes it by themselves, while the notice hangs."""

import pytest
from sqlalchemy import select, update

from intake.access import OutOfAreaError
from intake.models import EventRow, Need, Notice, Objection, Scheme, Submission
from intake.moves import RefusedError
from intake.notices import settle
from intake.objections import MOST_TEXTS, PER_DAY, Written, code_of, hanging, object_by_chat
from intake.reads.notice_households import on_notice
from intake.reads.objectors import objector
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import post, review
from tests.world import World, days, file_case, make_contact, make_world


async def posted(world: World, households: int = 1) -> tuple[int, list[int]]:
    """A notice that hangs, and its cases."""
    cases = [await file_case(world) for _ in range(households)]
    for case in cases:
        await review(world, case)
    return await post(world), cases


async def objects(world: World, contact: int, place: int = 0, **answers: str) -> tuple[int, bool]:
    """A contact objects to the line at a place of the first notice; the objection, and whether it was added to one."""
    async with world.units.begin() as unit:
        notice = (await unit.db.scalars(select(Notice))).first()
        assert notice is not None
        written = Written({"reason": "他家有两辆车"} | answers)
        found, added = await object_by_chat(unit, contact, f"{notice.id}-{place}", written)
        return found.id, added


async def refusal(world: World, contact: int, place: int = 0, **answers: str) -> str:
    """Why it is not taken."""
    with pytest.raises(RefusedError) as error:
        await objects(world, contact, place, **answers)
    (one,) = error.value.refusals.values()
    return one.key.removeprefix("refusal.")


async def test_it_holds_the_household_like_one_that_the_village_took_down(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    notice_id, (case,) = await posted(world)
    neighbour = await make_contact(world)
    objection_id, added = await objects(world, neighbour)
    async with database.read() as db:
        made = await db.get_one(Objection, objection_id)
        assert (await db.get_one(Need, case)).state == "held"
        actors = list(
            await db.scalars(select(EventRow.actor).where(EventRow.seq > 0, EventRow.kind == "objection.made"))
        )
    assert (made.contact_id, made.taken_by, made.notice_id, added) == (neighbour, None, notice_id, False)
    assert actors == [f"contact:{neighbour}"]
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objection_id, upheld=False, answer="车是亲戚的")
    async with database.read() as db:
        assert (await db.get_one(Need, case)).state == "on_notice"


async def test_a_second_objection_of_the_same_contact_joins_the_first(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await posted(world)
    neighbour, other = await make_contact(world), await make_contact(world)
    first, _ = await objects(world, neighbour)
    assert await objects(world, neighbour, reason="还有一套房") == (first, True)
    second, added = await objects(world, other)
    assert (second != first, added) == (True, False)
    async with database.read() as db:
        assert (await db.get_one(Objection, first)).text == "他家有两辆车\n还有一套房"
    for _ in range(MOST_TEXTS - 2):
        await objects(world, neighbour)
    assert await refusal(world, neighbour) == "objection.enough"


async def test_L10_objections_of_a_closed_season_stand_as_they_are(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await posted(world)
    neighbour, other = await make_contact(world), await make_contact(world)
    first, _ = await objects(world, neighbour)
    await objects(world, other)
    async with database.write() as db:
        await db.execute(update(Scheme).values(closed_at=clock.now()))
    assert await refusal(world, neighbour, reason="还有一套房") == "L10.season_closed"
    with pytest.raises(RefusedError, match="season_closed"):
        async with world.units.begin() as unit:
            await settle(unit.db, unit.journal, world.zhen, unit.now, first, upheld=False, answer="车是亲戚的")


async def test_L8_not_after_the_last_minute(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await posted(world)
    neighbour = await make_contact(world)
    await objects(world, neighbour)
    clock.forward(days(5))
    assert await refusal(world, neighbour, reason="再加一句") == "L8.notice_over"
    assert await refusal(world, await make_contact(world)) == "L8.notice_over"
    async with database.read() as db:
        assert await hanging(db, world.village, clock.now()) == []


async def test_a_line_that_is_none_or_went_back_is_refused(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await posted(world)
    neighbour = await make_contact(world)
    assert await refusal(world, neighbour, place=1) == "unknown_case"
    assert await refusal(world, neighbour, reason=" ") == "L8.no_reason"
    objection_id, _ = await objects(world, neighbour)
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objection_id, upheld=True, answer="情况属实")
    assert await refusal(world, neighbour) == "state"
    for code in ("", "x", "1-0", f"{2**70}-0", "١-٠"):
        async with world.units.begin() as unit:
            with pytest.raises(RefusedError, match="unknown_case"):
                await object_by_chat(unit, neighbour, code, Written({"reason": "有房"}))


async def test_one_contact_cannot_hold_up_a_whole_village(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    _, cases = await posted(world, PER_DAY + 1)
    troll = await make_contact(world)
    for place in range(PER_DAY):
        await objects(world, troll, place)
    assert await refusal(world, troll, PER_DAY) == "objection.many"
    async with database.read() as db:
        assert (await db.get_one(Need, cases[-1])).state == "on_notice"
    clock.forward(days(1))
    await objects(world, troll, PER_DAY)


async def test_name_and_phone_are_for_the_township_alone(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    notice_id, _ = await posted(world)
    neighbour = await make_contact(world)
    objection_id, _ = await objects(world, neighbour, name="张三", phone="+8613800001234")
    await objects(world, neighbour, reason="还有")
    async with database.read() as db:
        found = await objector(db, world.zhen, notice_id, objection_id)
        notice = await db.get_one(Notice, notice_id)
        _, (dispute,) = await on_notice(db, world.cun, notice)
        with pytest.raises(OutOfAreaError):
            await objector(db, world.cun, notice_id, objection_id)
        sent = list(await db.scalars(select(Submission).where(Submission.flow == "objection")))
    assert (found.name, found.phone) == ("张三", "138 0000 1234")
    assert dispute.by_chat and "张三" not in dispute.text
    assert len(sent) == 2
    async with database.connect() as connection:
        raws = [bytes(row[0]) for row in await connection.exec_driver_sql("SELECT content FROM submission")]
    assert not any("张三".encode() in raw for raw in raws)


async def test_the_lines_offered_are_those_that_are_public(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    _, cases = await posted(world, 3)
    async with database.read() as db:
        ((notice, lines),) = await hanging(db, world.village, clock.now())
        assert await hanging(db, world.other_village, clock.now()) == []
    assert [line.facts for line in lines] == notice.lines
    assert [line.case_id for line in lines] == cases
    assert not any(str(line.case_id) in code_of(notice, line) for line in lines)
