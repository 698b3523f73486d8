"""The web chat asks for its notifications."""

import asyncio

from intake.events import Event
from intake.models import Contact
from intake.procedure import Pass
from notifications.delivery import Delivery
from notifications.listener import Notifier
from notifications.web import WebInbox, WebSender
from store.clock import FixedClock
from tests.notifications.steps import Orders, messages, review, whole_pass
from tests.world import World, file_case, make_contact


async def address(world: World, contact_id: int) -> str:
    """The web address of a contact."""
    async with world.database.read() as db:
        return (await db.get_one(Contact, contact_id)).address


async def test_the_page_gets_each_message_once_in_order(world: World) -> None:
    contact = await make_contact(world)
    await whole_pass(world, await file_case(world, contact), Pass.NEED)
    inbox, home = WebInbox(world.database), await address(world, contact)
    everything = await inbox.pushed(home, 0)
    assert [number for number, _ in everything] == [1, 2, 3, 4, 5]
    assert await inbox.pushed(home, 3) == everything[3:]
    assert await inbox.pushed(home, 5) == await inbox.pushed(home, 2**70) == []


async def test_of_two_decisions_at_once_the_page_shows_each_message_once(
    world: World, orders: Orders, clock: FixedClock
) -> None:
    contact = await make_contact(world)
    inbox, home = WebInbox(world.database), await address(world, contact)
    data = {"pass": "need", "action": "close_notice", "from": "on_notice", "to": "proposed", "revision": 1}
    first, second = [
        Event(clock.now(), "clock", "case.moved", f"case:{await file_case(world, contact)}", data) for _ in range(2)
    ]

    async def overtake() -> None:
        async with world.database.connect() as connection:
            await Notifier(orders).listen(connection, [second])

    async with world.database.connect() as connection:
        await Notifier(orders).listen(connection, [first])
        overtaking = asyncio.create_task(overtake())
        await asyncio.wait({overtaking}, timeout=0.5)
        seen = await inbox.pushed(home, 0)
    await overtaking
    seen += await inbox.pushed(home, seen[-1][0] if seen else 0)
    assert [number for number, _ in seen] == [1, 2]
    assert len({text for _, text in seen}) == 2


async def test_nobody_gets_the_messages_of_others(world: World) -> None:
    mine, others = await make_contact(world), await make_contact(world)
    await review(world, await file_case(world, others))
    assert await WebInbox(world.database).pushed(await address(world, mine), 0) == []


async def test_a_message_of_another_channel_is_not_shown_on_the_web(world: World) -> None:
    contact = await make_contact(world, "wechat")
    await review(world, await file_case(world, contact))
    assert await WebInbox(world.database).pushed(await address(world, contact), 0) == []


async def test_delivery_on_the_web_marks_the_message_sent(world: World, clock: FixedClock, orders: Orders) -> None:
    await review(world, await file_case(world, await make_contact(world)))
    (message,) = await messages(world.database)
    await Delivery(world.database, clock, {"web": WebSender()}, orders, jitter=lambda: 0.5).deliver(message.id)
    assert (await messages(world.database))[0].state == "sent"
