"""Referrals: each service has who answers for it; the chain of X3 goes on without asking again."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.access import Official, OutOfAreaError, access_one
from intake.events import Event
from intake.models import Referral
from intake.procedure import Role
from intake.reads.referrals import count_open, find_referrals, referral_page
from intake.referral_codes import ANSWERERS, NEXT, SERVICES, answered_by
from intake.referrals import NotTheirsError, OvertakenError, end_referral, origin, pass_on
from notifications.render import render
from store.clock import FixedClock
from store.database import Database
from tests.intake.hardship import discovery, events, referrals, visit
from tests.world import World, days, make_world

ANSWER = "已批临时救助 2000 元"


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


def official(world: World, role: Role, division: str = "410324") -> Official:
    """Someone of the county, who is zhen's row in the table of staff."""
    return Official(world.zhen.id, "minzheng", role, division)


async def end(world: World, who: Official, one: Referral, *, done: bool = True) -> None:
    """End a referral."""
    async with world.units.begin() as unit:
        await end_referral(unit, who, one.id, ANSWER, done=done)


async def pass_along(world: World, who: Official, one: Referral) -> Referral:
    """Pass it on; the next one."""
    async with world.units.begin() as unit:
        following = await pass_on(unit, who, one.id, ANSWER)
    async with world.database.read() as db:
        return await db.get_one(Referral, following)


async def opened(world: World, *services: str) -> list[Referral]:
    """The referrals of a visit."""
    made = await visit(world, life="short", help=list(services))
    return await referrals(world, f"visit:{made.id}")


def test_social_assistance_is_civil_affairs_and_the_rest_the_countys() -> None:
    assert set(ANSWERERS) == set(SERVICES)
    assert answered_by(Role.CIVIL) == ("temporary", "subsistence", "destitute")
    assert answered_by(Role.COUNTY) == ("housing", "water", "power", "heating", "medical")
    assert answered_by(Role.TOWNSHIP) == ("temporary",)
    assert answered_by(Role.VILLAGE) == answered_by(Role.INSPECTOR) == ()


@pytest.mark.parametrize("service", SERVICES)
async def test_nobody_else_ends_a_referral(world: World, service: str) -> None:
    (one,) = await opened(world, service)
    divisions = {Role.VILLAGE: world.village, Role.TOWNSHIP: world.village[:9]}
    for role in (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR):
        if role not in ANSWERERS[service]:
            with pytest.raises(NotTheirsError):
                await end(world, official(world, role, divisions.get(role, "410324")), one)
    assert [row.state for row in await referrals(world)] == ["open"]


async def test_an_ended_referral_is_told_to_who_asked_in_general_words(world: World) -> None:
    heard: list[Event] = []

    async def listen(connection: AsyncConnection, happened: Sequence[Event]) -> None:
        heard.extend(happened)

    first, second = await opened(world, "temporary", "destitute")
    begun = world.contacts[-1]
    world.units.listeners = (listen,)
    await end(world, official(world, Role.CIVIL), first)
    await end(world, official(world, Role.CIVIL), second, done=False)
    letters = [event.letters[0] for event in heard]
    assert [letter.contact_id for letter in letters] == [begun, begun]
    texts = [render("zh_Hans_CN", letter.template, letter.params) for letter in letters]
    assert "“临时救助”已经办了" in texts[0] and "“特困供养”没有办成" in texts[1]
    assert not [text for text in texts if "2000" in text]
    row = (await referrals(world))[0]
    assert (row.state, row.answer, row.ended_by, row.ended_at) == ("done", ANSWER, world.zhen.id, world.clock.now())


async def test_X3_who_is_still_in_hardship_is_passed_on_along_the_chain(world: World) -> None:
    one = await discovery(world)
    (first,) = await opened(world, "temporary")
    civil = official(world, Role.CIVIL)
    second = await pass_along(world, world.zhen, first)
    await end(world, civil, second, done=False)
    third = await pass_along(world, civil, second)
    assert [(row.service, row.state) for row in await referrals(world)] == [
        ("temporary", "done"),
        ("subsistence", "refused"),
        ("destitute", "open"),
    ]
    assert third.due_at - third.opened_at == days(5)
    with pytest.raises(NotTheirsError):
        await pass_along(world, civil, third)
    async with world.database.read() as db:
        begun = await origin(db, third.source)
        assert begun and f"visit:{begun.id}" == first.source
        assert await origin(db, f"discovery:{one.id}") is not None
        page = await referral_page(db, civil, second.id, world.clock.now())
    assert [service for _, service, _ in page.chain] == ["temporary", "subsistence", "destitute"]
    assert (page.begun, page.next_service, page.mine) == (first.source.replace(":", "/"), "", True)
    assert len(NEXT) == 2


async def test_of_two_who_answer_at_once_the_second_is_told(world: World) -> None:
    (one,) = await opened(world, "temporary")
    results = await asyncio.gather(
        end(world, official(world, Role.CIVIL), one), end(world, world.zhen, one, done=False), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "OvertakenError"]
    assert await events(world, f"referral:{one.id}") == ["referral.opened", "referral.ended"]


async def test_of_two_who_pass_on_at_once_one_does(world: World) -> None:
    (one,) = await opened(world, "temporary")
    results = await asyncio.gather(*(pass_along(world, world.zhen, one) for _ in range(2)), return_exceptions=True)
    assert sum(isinstance(result, OvertakenError) for result in results) == 1
    assert [row.service for row in await referrals(world)] == ["temporary", "subsistence"]


async def test_a_referral_is_seen_in_its_area_alone(world: World) -> None:
    (one,) = await opened(world, "water")
    far = await visit(world, village=world.far_village, water="none", help=["water", "temporary"])
    now = world.clock.now() + days(2)
    async with world.database.read() as db:
        assert [row.id for row in (await find_referrals(db, world.zhen, now))[0]] == [one.id]
        rows, total = await find_referrals(db, world.xian, now)
        assert (total, [row.overdue for row in rows]) == (3, [True, True, False])
        assert (await find_referrals(db, world.xian, now, standing="overdue", service="water"))[1] == 1
        assert (await find_referrals(db, world.xian, now, standing="ended"))[1] == 0
        assert (await find_referrals(db, world.xian, now, village=world.village))[1] == 1
        assert await count_open(db, world.xian, now) == (2, 1)
        assert await count_open(db, official(world, Role.CIVIL), now) == (1, 1)
        assert await count_open(db, world.cun, now) == (0, 0)
        (theirs, _) = await referrals(world, f"visit:{far.id}")
        with pytest.raises(OutOfAreaError):
            await access_one(db, world.zhen, Referral, theirs.id)


async def test_an_open_referral_is_not_passed_on_without_an_answer(world: World) -> None:
    (one,) = await opened(world, "temporary")
    with pytest.raises(OvertakenError):
        async with world.units.begin() as unit:
            await pass_on(unit, world.zhen, one.id, "")
    assert [(row.service, row.state) for row in await referrals(world)] == [("temporary", "open")]
