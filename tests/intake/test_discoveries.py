"""People found in need who did not ask: seen by their village, looked at in time, told back (G1)."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.access import Official, OutOfAreaError, access_one
from intake.discoveries import NoSuchCaseError, refer_someone, say_what_came
from intake.discovery_codes import DiscoveryState
from intake.events import Event
from intake.models import Case, Discovery, EventRow
from intake.reads.discoveries import count_new, discovery_page, find_discoveries, someone
from intake.reads.found_by_village import found_by_village
from intake.referrals import OvertakenError
from notifications.render import render
from store.clock import FixedClock
from store.database import Database
from tests.intake.hardship import NOTE, discovery, events, referrals
from tests.world import World, days, file_case, make_world

VISITED, APPLIED, NO_NEED = DiscoveryState.VISITED, DiscoveryState.APPLIED, DiscoveryState.NO_NEED


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


async def say(world: World, who: Official, one: Discovery, state: DiscoveryState, seen: str, number: str = "") -> None:
    """An official writes down what came of it."""
    async with world.units.begin() as unit:
        await say_what_came(unit, who, one.id, seen, state, f"{who.name}去看了", number)


async def now_of(world: World, one: Discovery) -> Discovery:
    """The row as it is now."""
    async with world.database.read() as db:
        return await db.get_one(Discovery, one.id)


async def test_G1_the_urgent_are_due_in_a_day_the_others_in_three(world: World) -> None:
    calm, urgent = await discovery(world), await discovery(world, urgent="yes")
    assert (calm.urgent, calm.due_at - calm.found_at) == (False, days(3))
    assert (urgent.urgent, urgent.due_at - urgent.found_at) == (True, days(1))
    assert await events(world, f"discovery:{calm.id}") == ["discovery.told"]


async def test_the_new_stand_first_and_what_is_due_first_on_top(world: World) -> None:
    handled = await discovery(world, urgent="yes")
    calm, urgent = await discovery(world), await discovery(world, urgent="yes")
    far = await discovery(world, village=world.far_village)
    await say(world, world.cun, handled, NO_NEED, "new")
    world.clock.forward(days(2))  # type: ignore[attr-defined]
    now = world.clock.now()
    async with world.database.read() as db:
        rows, total = await find_discoveries(db, world.zhen, now)
        assert [(row.id, row.overdue) for row in rows] == [(urgent.id, True), (calm.id, False), (handled.id, False)]
        assert total == 3
        assert [row.id for row in (await find_discoveries(db, world.zhen, now, state=NO_NEED))[0]] == [handled.id]
        assert [row.id for row in (await find_discoveries(db, world.xian, now, village=world.far_village))[0]] == [
            far.id
        ]
        assert await count_new(db, world.zhen, now) == (2, 1)
        assert await count_new(db, world.xian, now) == (3, 1)
        with pytest.raises(OutOfAreaError):
            await access_one(db, world.zhen, Discovery, far.id)


async def test_whoever_told_hears_what_came_of_it_in_general_words(world: World) -> None:
    heard: list[Event] = []

    async def listen(connection: AsyncConnection, happened: Sequence[Event]) -> None:
        heard.extend(happened)

    one = await discovery(world)
    world.units.listeners = (listen,)
    await say(world, world.cun, one, VISITED, "new")
    (letter,) = heard[-1].letters
    assert letter.contact_id == one.contact_id
    text = render("zh_Hans_CN", letter.template, letter.params)
    assert text == "您2022年11月1日告诉我们的那位乡亲，已经有人去看过了。谢谢您。"
    for state in (APPLIED, NO_NEED):
        assert "2022年11月1日" in render("zh_Hans_CN", f"discover.letter.{state.value}", letter.params)


async def test_someone_who_was_visited_may_apply_afterwards_and_the_case_is_named(world: World) -> None:
    one, case_id = await discovery(world), await file_case(world, head="赵铁柱")
    async with world.database.read() as db:
        number = str(await db.scalar(select(Case.number).where(Case.id == case_id)))
    await say(world, world.cun, one, VISITED, "new")
    with pytest.raises(NoSuchCaseError):
        await say(world, world.zhen, one, APPLIED, "visited", "410324-2022-99999")
    assert (await now_of(world, one)).state == "visited"
    await say(world, world.zhen, one, APPLIED, "visited", number)
    async with world.database.read() as db:
        page = await discovery_page(db, world.cun, one.id, world.clock.now())
    assert (page.state, page.case, page.handler, page.outcome) == (
        APPLIED,
        (case_id, number),
        "zhen",
        "cun去看了\nzhen去看了",
    )
    assert page.outcomes == ()
    with pytest.raises(OvertakenError):
        await say(world, world.cun, one, VISITED, "applied")


async def test_a_case_of_another_area_is_no_answer(world: World) -> None:
    one, case_id = await discovery(world), await file_case(world, village=world.far_village)
    async with world.database.read() as db:
        number = str(await db.scalar(select(Case.number).where(Case.id == case_id)))
    with pytest.raises(NoSuchCaseError):
        await say(world, world.cun, one, APPLIED, "new", number)


async def test_of_two_at_once_the_second_is_told(world: World) -> None:
    one = await discovery(world)
    results = await asyncio.gather(
        say(world, world.cun, one, VISITED, "new"),
        say(world, world.zhen, one, NO_NEED, "new"),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "OvertakenError"]
    assert (await events(world, f"discovery:{one.id}")).count("discovery.handled") == 1


async def test_a_referral_that_is_open_is_not_opened_again(world: World) -> None:
    one = await discovery(world, urgent="yes")
    opened = []
    for services in (["temporary", "heating"], ["temporary", "medical"]):
        async with world.units.begin() as unit:
            opened.append(await refer_someone(unit, world.cun, one.id, services))
    assert opened == [("temporary", "heating"), ("medical",)]
    found = await referrals(world, f"discovery:{one.id}")
    assert {(row.service, row.due_at - one.found_at) for row in found} == {
        ("temporary", days(1)),
        ("heating", days(1)),
        ("medical", days(1)),
    }


async def test_two_who_refer_at_once_open_each_service_once(world: World) -> None:
    one = await discovery(world)

    async def refer(who: Official) -> None:
        async with world.units.begin() as unit:
            await refer_someone(unit, who, one.id, ["temporary"])

    await asyncio.gather(refer(world.cun), refer(world.zhen))
    assert len(await referrals(world)) == 1


async def test_G1_people_and_needs_are_counted_by_village(world: World) -> None:
    old = await discovery(world)
    world.clock.forward(days(400))  # type: ignore[attr-defined]
    since = world.clock.now() - days(365)
    await discovery(world)
    handled = await discovery(world, situations=["ill"])
    await discovery(world, village=world.far_village, situations=["homeless"])
    await say(world, world.cun, handled, VISITED, "new")
    now = world.clock.now() + days(4)
    async with world.database.read() as db:
        rows = await found_by_village(db, world.xian, since, now)
        assert [(row.village, row.found, row.waiting, row.late, dict(row.situations)) for row in rows] == [
            (world.village, 2, 1, 1, {"no_food": 1, "ill": 2}),
            (world.far_village, 1, 1, 1, {"homeless": 1}),
        ]
        assert rows[0].place == "潭头镇石门村"
        assert [row.village for row in await found_by_village(db, world.cun, since, now)] == [world.village]
        assert [row.found for row in await found_by_village(db, world.cun, old.found_at, now)] == [3]


async def test_who_it_is_stands_behind_a_door_and_never_in_the_chain(world: World) -> None:
    one = await discovery(world, teller="李秀英", teller_phone="+8613900001234")
    async with world.database.read() as db:
        opened = await someone(db, world.cun, one.id)
        assert (opened.who, opened.phone, opened.seen) == ("村东头的老赵", "138 0000 1234", NOTE)
        assert (opened.teller, opened.teller_phone) == ("李秀英", "139 0000 1234")
        page = str(await discovery_page(db, world.cun, one.id, world.clock.now()))
        chain = " ".join(f"{row.kind} {row.data}" for row in await db.scalars(select(EventRow)))
    assert "138****1234" in page
    assert not [word for word in ("老赵", "李秀英", "锅", "1380000") if word in page + chain]
