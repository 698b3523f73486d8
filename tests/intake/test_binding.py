"""A code from the console makes a chat account an official's: once, in ten minutes, and for one of two who scan it."""

import asyncio
from datetime import timedelta

from sqlalchemy import select, update

from intake.access import Official
from intake.binding import LASTS, Unbound, is_binding, make_code, redeem, unbind
from intake.models import Binding, Contact, EventRow, Staff
from intake.reads.bound import bound_accounts
from store.clock import FixedClock
from store.database import Database
from tests.world import World, make_contact, make_world


async def code(world: World, official: Official) -> str:
    """A new code."""
    async with world.units.begin() as unit:
        return await make_code(unit, official)


async def scan(world: World, contact: int, scene: str) -> Official | Unbound:
    """The contact scans a code, in a transaction of its own."""
    async with world.units.begin() as unit:
        return await redeem(await unit.db.connection(), unit.journal, unit.now, contact, scene)


async def owner(world: World, contact: int) -> int | None:
    """Whose account it is."""
    async with world.database.read() as db:
        return (await db.scalars(select(Contact.staff_id).where(Contact.id == contact))).one()


async def test_a_code_binds_the_account_that_scans_it(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world, "wechat")
    scene = await code(world, world.cun)
    assert is_binding(scene) and len(scene) <= 64
    assert await scan(world, contact, scene) == world.cun
    assert await owner(world, contact) == world.cun.id
    async with database.read() as db:
        (account,) = await bound_accounts(db, world.cun)
        binding = (await db.scalars(select(Binding))).one()
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "staff.bound"))).one()
        assert await bound_accounts(db, world.zhen) == []
    assert (account.contact_id, account.channel, account.since) == (contact, "wechat", clock.now())
    assert scene.encode() not in binding.token_hash
    assert (event.actor, event.data) == (world.cun.actor, {"contact": contact, "channel": "wechat"})


async def test_a_code_works_once(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    one, two = [await make_contact(world) for _ in range(2)]
    scene = await code(world, world.cun)
    await scan(world, one, scene)
    assert await scan(world, two, scene) is Unbound.USED
    assert await owner(world, two) is None


async def test_who_scans_their_own_code_twice_is_told_the_same_twice(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    scene = await code(world, world.cun)
    assert [await scan(world, contact, scene) for _ in range(2)] == [world.cun] * 2
    async with database.read() as db:
        assert list(await db.scalars(select(EventRow.kind))).count("staff.bound") == 1


async def test_of_two_who_scan_at_once_one_wins(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contacts = [await make_contact(world) for _ in range(6)]
    scene = await code(world, world.cun)
    outcomes = await asyncio.gather(*(scan(world, contact, scene) for contact in contacts))
    assert outcomes.count(world.cun) == 1
    assert outcomes.count(Unbound.USED) == 5
    assert [await owner(world, contact) for contact in contacts].count(world.cun.id) == 1


async def test_a_code_is_gone_after_ten_minutes(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    scene = await code(world, world.cun)
    clock.forward(LASTS - timedelta(seconds=1))
    other = await code(world, world.zhen)
    clock.forward(timedelta(seconds=1))
    assert await scan(world, contact, scene) is Unbound.EXPIRED
    assert await scan(world, contact, other) == world.zhen


async def test_a_new_code_ends_the_one_before_and_a_made_up_one_never_works(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    first, second = await code(world, world.cun), await code(world, world.cun)
    for scene in (first, "b", "b" + "A" * 22, second.lower() + "x"):
        assert await scan(world, contact, scene) is Unbound.EXPIRED
    assert await scan(world, contact, second) == world.cun


async def test_the_code_of_an_official_who_left_binds_nothing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    scene = await code(world, world.cun)
    async with database.write() as db:
        await db.execute(update(Staff).where(Staff.id == world.cun.id).values(active=False))
    assert await scan(world, contact, scene) is Unbound.EXPIRED
    assert await owner(world, contact) is None


async def test_a_phone_that_is_handed_on_is_the_new_officials_alone(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    await scan(world, contact, await code(world, world.cun))
    await scan(world, contact, await code(world, world.zhen))
    assert await owner(world, contact) == world.zhen.id
    async with database.read() as db:
        told = [(row.kind, row.subject) for row in await db.scalars(select(EventRow).order_by(EventRow.seq))]
    cun, zhen = f"staff:{world.cun.id}", f"staff:{world.zhen.id}"
    assert told[-3:] == [("staff.bound", cun), ("staff.unbound", cun), ("staff.bound", zhen)]


async def test_an_official_parts_their_own_accounts_and_no_others(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    await scan(world, contact, await code(world, world.cun))
    for official, parted in ((world.zhen, False), (world.cun, True), (world.cun, False)):
        async with world.units.begin() as unit:
            assert await unbind(unit, official, contact) is parted
    assert await owner(world, contact) is None
    async with database.read() as db:
        kinds = list(await db.scalars(select(EventRow.kind)))
    assert kinds.count("staff.unbound") == 1
