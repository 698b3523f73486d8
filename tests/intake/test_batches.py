"""Registers and batches: frozen, proven, revised, and never one person at two levels (L8, L12)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from intake.access import Official, OutOfAreaError, access_batch
from intake.batches import sending
from intake.batches.check import Fault, check
from intake.batches.line import digest, list_hash
from intake.batches.sending import make_batch, ready
from intake.decisions import Ruling, rule_on
from intake.models import Batch, BatchAct, BatchLine, Case, EventRow, Grant, Household, Scheme
from intake.moves import RefusedError
from intake.procedure import Action, Pass, Role, State
from intake.steps import step
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_road import YES, accept_needs, close, colleague, grant, keys, post, review, rule, state
from tests.world import World, days, file_case, make_world, send_up


async def audited(world: World, clock: FixedClock, count: int = 3) -> list[int]:
    """Households of one village that zhen has passed in the first pass."""
    cases = [await file_case(world) for _ in range(count)]
    await review(world, Pass.NEED, dict.fromkeys(cases, YES))
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    await rule(world, "zhen", Pass.NEED, dict.fromkeys(cases, Ruling(True)))
    return cases


async def lists(world: World, digits: int) -> list[Batch]:
    """The registers (12 digits) or batches (9)."""
    async with world.database.read() as db:
        found = await db.scalars(select(Batch).order_by(Batch.id))
        return [batch for batch in found if len(batch.division) == digits]


async def faults(world: World) -> set[str]:
    """What does not hold of any list."""
    async with world.database.read() as db:
        return {fault.kind for fault in await check(db, list(await db.scalars(select(Batch))))}


async def test_L8_the_clock_makes_the_register_when_the_notice_ends(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world) for _ in range(2)]
    await review(world, Pass.NEED, dict.fromkeys(cases, YES))
    await post(world, Pass.NEED)
    assert await lists(world, 12) == []
    clock.forward(days(5))
    await close(world)
    (register,) = await lists(world, 12)
    assert (register.division, register.number, register.made_by) == (world.village, 1, None)
    async with database.read() as db:
        lines = list(await db.scalars(select(BatchLine).order_by(BatchLine.case_id)))
    assert [line.case_id for line in lines] == sorted(cases)
    assert lines[0].digest == digest(lines[0].snapshot)
    assert register.hash == list_hash(register.id, 1, {line.case_id: line.digest for line in lines})
    assert await faults(world) == set()


async def test_L8_the_county_decides_on_nothing_that_is_on_no_batch(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    (case,) = await audited(world, clock, 1)
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await rule_on(unit.db, unit.journal, world.xian, unit.now, Pass.NEED, {case: Ruling(True)})
    assert keys(refused.value) == {"state"}
    assert await send_up(world, Pass.NEED)
    await rule(world, "xian", Pass.NEED, {case: Ruling(True)})
    assert await state(world, Pass.NEED, case) == State.ACCEPTED.value


async def test_a_line_that_is_sent_back_begins_a_new_revision_of_both_lists(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    cases = await audited(world, clock)
    batch_id = await send_up(world, Pass.NEED)
    before = {batch.id: batch.hash for batch in await lists(world, 9) + await lists(world, 12)}
    async with world.units.begin() as unit:
        await step(unit, world.xian, Pass.NEED, cases[1], Action.RETURN, "人口写错了")
    after = await lists(world, 9) + await lists(world, 12)
    assert {batch.revision for batch in after} == {2}
    assert all(batch.hash != before[batch.id] for batch in after)
    assert await faults(world) == set()
    async with database.read() as db:
        left = await db.get_one(BatchLine, (batch_id, cases[1]))
        kinds = list(
            await db.scalars(select(EventRow.kind).where(EventRow.kind.like("batch.%")).order_by(EventRow.seq))
        )
    assert (left.left_in, left.why) == (2, "return")
    assert kinds == ["batch.made"] * 2 + ["batch.revised"] * 2
    await review(world, Pass.NEED, {cases[1]: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    await rule(world, "zhen", Pass.NEED, {cases[1]: Ruling(True)})
    await send_up(world, Pass.NEED)
    assert [batch.number for batch in await lists(world, 9)] == [1, 2]
    assert await faults(world) == set()


def _amount(world: World, case: int) -> Callable[[], Awaitable[None]]:
    async def change() -> None:
        async with world.database.connect() as connection:
            await connection.execute(update(Grant).where(Grant.case_id == case).values(amount_fen=900_00))

    return change


def _line(world: World, case: int) -> Callable[[], Awaitable[None]]:
    async def change() -> None:
        async with world.database.write() as db:
            for line in await db.scalars(select(BatchLine).where(BatchLine.case_id == case)):
                line.snapshot = {**line.snapshot, "amount_fen": 900_00}

    return change


def _removed(world: World, case: int) -> Callable[[], Awaitable[None]]:
    async def change() -> None:
        async with world.database.connect() as connection:
            await connection.execute(delete(BatchLine).where(BatchLine.case_id == case))

    return change


def _rehashed(world: World, case: int) -> Callable[[], Awaitable[None]]:
    async def change() -> None:
        await _line(world, case)()
        async with world.database.write() as db:
            for line in await db.scalars(select(BatchLine).where(BatchLine.case_id == case)):
                line.digest = digest(line.snapshot)
            await db.flush()
            for batch in await db.scalars(select(Batch)):
                live = await db.scalars(select(BatchLine).where(BatchLine.batch_id == batch.id))
                batch.hash = list_hash(batch.id, batch.revision, {line.case_id: line.digest for line in live})

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_amount, {"household"}),
        (_line, {"line", "household"}),
        (_removed, {"list"}),
        (_rehashed, {"chain", "household"}),
    ],
)
async def test_L12_whoever_changes_a_frozen_list_is_found_and_nothing_is_decided_on_it(
    database: Database,
    clock: FixedClock,
    change: Callable[[World, int], Callable[[], Awaitable[None]]],
    found: set[str],
) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world) for _ in range(2)]
    await accept_needs(world, clock, cases)
    await review(world, Pass.GRANT, {cases[0]: grant(600_00, "heavier"), cases[1]: grant(300_00, "ordinary")})
    await post(world, Pass.GRANT)
    clock.forward(days(5))
    await close(world)
    await rule(world, "zhen", Pass.GRANT, dict.fromkeys(cases, Ruling(True)))
    await send_up(world, Pass.GRANT)
    assert await faults(world) == set()
    await change(world, cases[0])()
    assert found <= await faults(world)
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await rule_on(unit.db, unit.journal, world.xian, unit.now, Pass.GRANT, dict.fromkeys(cases, Ruling(True)))
    assert {key[:9] for key in keys(refused.value)} <= {"L12.list_", "state"}
    assert {await state(world, Pass.GRANT, case) for case in cases} == {"batched"}


async def test_a_head_who_is_called_otherwise_in_the_next_season_changes_nothing_of_the_last(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    await audited(world, clock)
    async with database.connect() as connection:
        await connection.execute(update(Household).values(head="改名了"))
    assert await faults(world) == {"household"}
    async with database.connect() as connection:
        await connection.execute(update(Scheme).values(closed_at=clock.now()))
    assert await faults(world) == set()
    async with database.connect() as connection:
        await connection.execute(update(Case).values(household_size=9))
    assert await faults(world) == {"household"}


async def test_L12_who_sent_a_batch_does_not_decide_on_it(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await audited(world, clock)
    other = await _second_auditor(world)
    async with world.units.begin() as unit:
        batch = await make_batch(unit.db, unit.journal, other, unit.now, Pass.NEED, cases)
    promoted = replace(other, role=Role.COUNTY, division=world.village[:6])
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await rule_on(unit.db, unit.journal, promoted, unit.now, Pass.NEED, dict.fromkeys(cases, Ruling(True)))
    assert keys(refused.value) == {"L12.batched"}
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            row = {"batch_id": batch.id, "staff_id": other.id, "level": "county", "at": clock.now()}
            await connection.execute(insert(BatchAct), row)


async def _second_auditor(world: World) -> Official:
    return replace(world.zhen, id=await colleague(world))


async def test_two_batches_of_the_same_households_at_once_have_one_effect(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    cases = await audited(world, clock)

    async def send() -> str:
        try:
            async with world.units.begin() as unit:
                await make_batch(unit.db, unit.journal, world.zhen, unit.now, Pass.NEED, cases)
        except RefusedError as error:
            return ",".join(keys(error))
        return "done"

    assert sorted(await asyncio.gather(*(send() for _ in range(5)))) == ["done", *["state"] * 4]
    assert [batch.number for batch in await lists(world, 9)] == [1]


async def test_a_batch_of_others_than_the_page_showed_is_refused(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await audited(world, clock)
    async with world.units.begin() as unit:
        shown = {world.village: str(len(cases))}
        assert await ready(unit.db, world.zhen, world.scheme_id, Pass.NEED, shown) == sorted(cases)
    for wrong in ("2", "4", "", "三"):
        with pytest.raises(RefusedError) as refused:
            async with world.units.begin() as unit:
                await ready(unit.db, world.zhen, world.scheme_id, Pass.NEED, {world.village: wrong})
        assert keys(refused.value) == {"L8.batch_overtaken"}
        assert refused.value.only.params == {"count": 3}


async def test_an_empty_batch_is_refused(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await make_batch(unit.db, unit.journal, world.zhen, unit.now, Pass.NEED, [])
    assert keys(refused.value) == {"L8.nothing_to_batch"}


async def test_the_database_keeps_a_household_on_one_list_of_a_level(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    (case,) = await audited(world, clock, 1)
    batch_id = await send_up(world, Pass.NEED)
    async with database.write() as db:
        first = await db.get_one(Batch, batch_id)
    with pytest.raises(IntegrityError):
        async with database.write() as db:
            line = (await db.scalars(select(BatchLine).where(BatchLine.batch_id == batch_id))).one()
            twin = Batch(
                id=batch_id + 1,
                scheme_id=first.scheme_id,
                pass_=first.pass_,
                division=first.division,
                number=2,
                revision=1,
                hash=first.hash,
                made_at=first.made_at,
                scheme_version=1,
            )
            db.add(twin)
            await db.flush()
            row = {"batch_id": twin.id, "case_id": case, "pass_": "need", "level": "township"}
            await db.execute(insert(BatchLine), row | {"snapshot": line.snapshot, "digest": line.digest})


async def test_a_list_outside_my_area_does_not_exist(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await audited(world, clock, 1)
    batch_id = await send_up(world, Pass.NEED)
    elsewhere = replace(world.zhen, division="410324999")
    async with database.read() as db:
        assert (await access_batch(db, world.xian, batch_id)).id == batch_id
        for who in (elsewhere, world.cun, replace(world.xian, division=None)):
            with pytest.raises(OutOfAreaError):
                await access_batch(db, who, batch_id)


async def test_who_leaves_a_list_while_another_is_decided_on_raises_no_alarm(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(database, clock)
    stays, leaves = await audited(world, clock, 2)
    await send_up(world, Pass.NEED)
    leaving: list[asyncio.Task[None]] = []

    async def leave() -> None:
        async with world.units.begin() as unit:
            await step(unit, world.xian, Pass.NEED, leaves, Action.RETURN, "人口写错了")

    async def meanwhile(*args: Any, **named: Any) -> list[Fault]:
        leaving.append(asyncio.create_task(leave()))
        await asyncio.wait(leaving, timeout=0.3)
        return await check(*args, **named)

    monkeypatch.setattr(sending, "check", meanwhile)
    await rule(world, "xian", Pass.NEED, {stays: Ruling(True)})
    await leaving[0]
    assert await state(world, Pass.NEED, stays) == State.ACCEPTED.value
    assert await faults(world) == set()
