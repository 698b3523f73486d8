"""Asking for papers, appeals and reopening, through the database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.appeals import appeal
from intake.decisions import Ruling
from intake.events import verify
from intake.filing import Application, receive
from intake.models import Appeal, Case, EventRow, Need
from intake.moves import RefusedError
from intake.procedure import Action, Pass, Role, State
from intake.steps import step
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_road import YES, close, keys, post, review, rule, state
from tests.world import World, answers, days, file_case, make_contact, make_world, send_up

NO = replace(YES, passed=False, votes_for=1, votes_against=20, reason="家里有人领工资")


async def take(world: World, who: str | Official, action: Action, case: int, reason: str = "写清楚") -> None:
    """One step with one case."""
    official = getattr(world, who) if isinstance(who, str) else who
    async with world.units.begin() as unit:
        await step(unit, official, Pass.NEED, case, action, reason)


async def say(world: World, contact: int, case: int, text: str = "儿子早就不领工资了") -> None:
    """The contact appeals."""
    async with world.database.read() as db:
        number = (await db.get_one(Case, case)).number
    async with world.units.begin() as unit:
        await appeal(unit, contact, number, text)


async def _moves(db: AsyncSession, case: int) -> list[tuple[str, str]]:
    query = select(EventRow).where(EventRow.kind == "case.moved", EventRow.subject == f"case:{case}")
    events = await db.scalars(query.order_by(EventRow.seq))
    return [(event.actor.partition(":")[0], event.data["action"]) for event in events]


async def test_G5_who_was_refused_appeals_and_is_reviewed_anew(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await review(world, Pass.NEED, {case: NO})
    with pytest.raises(RefusedError) as stranger:
        await say(world, await make_contact(world), case)
    assert keys(stranger.value) == {"unknown_case"}
    await say(world, mine, case)
    assert await state(world, Pass.NEED, case) == State.APPEALED.value
    with pytest.raises(RefusedError):
        await say(world, mine, case, "再说一次")
    await take(world, "xian", Action.ALLOW_APPEAL, case, "情况属实")
    async with database.read() as db:
        need = await db.get_one(Need, case)
        made = (await db.scalars(select(Appeal))).one()
        moves = await _moves(db, case)
    assert (need.state, need.revision) == (State.APPLIED.value, 2)
    assert (made.allowed, made.contact_id, made.text) == (True, mine, "儿子早就不领工资了")
    assert moves[-2:] == [("contact", "appeal"), ("staff", "allow_appeal")]
    await review(world, Pass.NEED, {case: YES})
    async with database.connect() as connection:
        assert isinstance(await verify(connection), int)


async def test_G5_an_appeal_has_its_days_and_after_them_the_county_may_reopen(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await review(world, Pass.NEED, {case: NO})
    clock.forward(days(16))
    with pytest.raises(RefusedError) as late:
        await say(world, mine, case)
    assert keys(late.value) == {"G5.appeal_over"}
    with pytest.raises(RefusedError) as silent:
        await take(world, "xian", Action.REOPEN, case, " ")
    assert keys(silent.value) == {"L8.no_reason"}
    await take(world, "xian", Action.REOPEN, case, "走访发现当时记错了")
    assert await state(world, Pass.NEED, case) == State.APPLIED.value


async def test_L12_the_county_official_who_refused_settles_no_appeal(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await review(world, Pass.NEED, {case: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    await rule(world, "zhen", Pass.NEED, {case: Ruling(True)})
    await rule(world, "xian", Pass.NEED, {case: Ruling(False, "不在受灾名单")})
    await say(world, mine, case)
    with pytest.raises(RefusedError) as same:
        await take(world, "xian", Action.REJECT_APPEAL, case)
    assert keys(same.value) == {"L12.acted_before"}


@pytest.mark.parametrize(
    ("asker", "answerer", "waits"),
    [("cun", "cun", State.INCOMPLETE), ("zhen", "cun", State.ASKED_VILLAGE), ("xian", "zhen", State.ASKED_TOWNSHIP)],
)
async def test_what_is_asked_for_comes_and_the_case_goes_on_with_its_votes(
    database: Database, clock: FixedClock, asker: str, answerer: str, waits: State
) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    if asker != "cun":
        await review(world, Pass.NEED, {case: YES})
        await post(world, Pass.NEED)
        clock.forward(days(5))
        await close(world)
    if asker == "xian":
        await rule(world, "zhen", Pass.NEED, {case: Ruling(True)})
        await send_up(world, Pass.NEED)
    before = await state(world, Pass.NEED, case)
    await take(world, asker, Action.ASK, case, "身份证照片看不清")
    assert await state(world, Pass.NEED, case) == waits.value
    await take(world, answerer, Action.COMPLETE, case, "照片补来了")
    assert await state(world, Pass.NEED, case) == before
    async with database.read() as db:
        assert (await db.get_one(Need, case)).revision == 1


async def test_filling_the_form_in_again_completes_what_the_village_asked_for(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await take(world, "cun", Action.ASK, case, "请写清楚受的什么灾")
    clock.forward(timedelta(hours=1))
    changed: dict[str, Any] = answers(1, world.village, reason="冰雹把玉米全打了")
    async with world.units.begin() as unit:
        connection = await unit.db.connection()
        await receive(connection, unit.journal, [Application("again", mine, "apply", 1, changed)], unit.now)
    assert await state(world, Pass.NEED, case) == State.APPLIED.value
    async with database.read() as db:
        moves = await _moves(db, case)
    assert moves == [("staff", "ask"), ("contact", "complete")]


async def test_who_looks_from_elsewhere_takes_no_step(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    elsewhere = replace(world.cun, division="410324103202")
    for official in (elsewhere, replace(world.cun, division=None), replace(world.xian, role=Role.INSPECTOR)):
        with pytest.raises(RefusedError):
            await take(world, official, Action.ASK, case)
