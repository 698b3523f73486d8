"""L12: a declared relative does not decide, at whatever level."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from intake.access import OutOfAreaError
from intake.decisions import Ruling
from intake.events import verify
from intake.models import EventRow, Relation
from intake.moves import RefusedError
from intake.procedure import DECISIONS, TABLE, Pass
from intake.reads.relatives import relatives
from intake.relatives import Kin, declare
from intake.rules import is_not_a_relative
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_road import YES, close, post, review, rule
from tests.intake.test_rules import facts, key
from tests.world import World, days, file_case, make_world


async def said(world: World, who: str, case_id: int, kin: Kin) -> int:
    """An official declares a relative."""
    async with world.units.begin() as unit:
        return await declare(unit.db, unit.journal, getattr(world, who), unit.now, case_id, kin)


def test_L12_every_row_that_decides_asks_for_relatives() -> None:
    for row in TABLE:
        assert (row.action in DECISIONS) == (is_not_a_relative in row.guards), row
    assert key(is_not_a_relative(facts(actor=7, relatives=frozenset({7})))) == "L12.relative"
    assert is_not_a_relative(facts(actor=8, relatives=frozenset({7}))) is None


@pytest.mark.parametrize(
    "typed", ["张志远", "石门村 张志远", "石门村张志远", "村主任张志远", "村支书 张志远", " 张 志远 "]
)
async def test_L12_who_writes_their_name_without_their_place_is_known(
    database: Database, clock: FixedClock, typed: str
) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    world.cun = replace(world.cun, name="石门村 张志远")
    await said(world, "cun", case, Kin("sibling", typed))
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {case: YES})
    assert refused.value.refusals[case].key == "refusal.L12.relative"


async def test_L12_another_name_of_the_place_is_a_mark(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    world.cun = replace(world.cun, name="石门村 张志远")
    for name in ("石门村 张志", "张远", "远"):
        await said(world, "cun", case, Kin("sibling", name))
    await review(world, Pass.NEED, {case: YES})


async def test_L12_a_declared_relative_does_not_decide(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    kin, other = await file_case(world), await file_case(world)
    await said(world, "zhen", kin, Kin("sibling"))
    await review(world, Pass.NEED, {kin: YES, other: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    for ruling in (Ruling(True), Ruling(False, "不符合条件")):
        with pytest.raises(RefusedError) as no:
            await rule(world, "zhen", Pass.NEED, {kin: ruling, other: Ruling(True)})
        assert {case: one.key for case, one in no.value.refusals.items()} == {kin: "refusal.L12.relative"}
    await rule(world, "zhen", Pass.NEED, {other: Ruling(True)})


async def test_L12_a_recorder_who_is_a_relative_writes_down_no_vote(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await said(world, "cun", case, Kin("parent", "cun"))
    with pytest.raises(RefusedError) as no:
        await review(world, Pass.NEED, {case: YES})
    assert no.value.only.key == "refusal.L12.relative"


async def test_L12_somebody_else_by_name_is_marked_and_stops_nobody_here(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    first = await said(world, "cun", case, Kin("in_law", "王建国"))
    assert await said(world, "cun", case, Kin("in_law", " 王建国 ")) == first
    await review(world, Pass.NEED, {case: YES})
    async with database.read() as db:
        (one,) = (await relatives(db, [case]))[case]
        assert (one.name, one.relation, one.staff_id, one.declared_by) == ("王建国", "in_law", None, "cun")
        event = await db.scalar(select(EventRow).where(EventRow.kind == "relation.declared"))
        assert event is not None and "王建国" not in str(event.data)
        assert await verify(db)


async def test_L12_said_twice_at_once_it_is_kept_once(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    ids = await asyncio.gather(*(said(world, "xian", case, Kin("child")) for _ in range(2)))
    assert ids[0] == ids[1]
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Relation)) == 1


async def test_L12_a_declaration_needs_a_relation_and_an_own_area(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case, far = await file_case(world), await file_case(world, village=world.far_village)
    for kin, why in ((Kin("cousin"), "no_relation"), (Kin("other", "王" * 61), "long_name")):
        with pytest.raises(RefusedError) as no:
            await said(world, "zhen", case, kin)
        assert no.value.only.key == f"refusal.L12.{why}"
    with pytest.raises(OutOfAreaError):
        await said(world, "zhen", far, Kin("child"))
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Relation)) == 0
