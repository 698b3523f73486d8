"""What becomes of a message: sent, tried again, kept for later, or given up, each with its attempts."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.models import Contact
from intake.procedure import Pass
from intake.sending import (
    MisconfiguredError,
    PausedError,
    SendError,
    TemporaryError,
    UnreachableError,
    WindowClosedError,
)
from notifications.delivery import Delivery
from notifications.models import Message
from notifications.orders import Order
from notifications.policy import Policy
from notifications.retry import Count, counts, retry
from notifications.sweeper import sweep
from notifications.waiting import resume_waiting
from store.clock import FixedClock
from tests.notifications.steps import Orders, Recorder, attempts, messages, review, whole_pass
from tests.world import World, file_case, make_contact


@pytest.fixture
def sender() -> Recorder:
    """WeChat, recorded."""
    return Recorder()


@pytest.fixture
def delivery(world: World, clock: FixedClock, orders: Orders, sender: Recorder) -> Delivery:
    """Delivery over the recorded WeChat."""
    return Delivery(world.database, clock, {"wechat": sender}, orders, jitter=lambda: 0.5)


@pytest.fixture
async def message(world: World) -> Message:
    """A message that waits to be delivered over WeChat."""
    await review(world, await file_case(world, await make_contact(world, "wechat")))
    return (await messages(world.database))[0]


async def state(world: World) -> tuple[str, list[str | None]]:
    """The state of the first message and the outcomes of its attempts."""
    return (await messages(world.database))[0].state, [attempt.outcome for attempt in await attempts(world.database)]


async def test_a_message_is_sent_once_however_often_it_is_ordered(
    world: World, delivery: Delivery, sender: Recorder, message: Message
) -> None:
    await delivery.deliver(message.id)
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1
    assert "同意列入需要救助的名单" in sender.sent[0][1]
    assert await state(world) == ("sent", ["sent"])
    assert (await messages(world.database))[0].sent_at is not None


async def test_a_temporary_failure_is_tried_again_after_a_pause(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [TemporaryError("wechat:-1")]
    await delivery.deliver(message.id)
    assert await state(world) == ("created", ["temporary"])
    assert (orders.taken[-1].round, orders.taken[-1].delay) == (2, 10)
    clock.forward(timedelta(seconds=10))
    await delivery.deliver(message.id)
    assert await state(world) == ("sent", ["temporary", "sent"])


async def test_pauses_grow_and_end_in_a_technical_failure(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [TemporaryError("wechat:-1")] * 9
    for _ in range(9):
        await delivery.deliver(message.id)
        clock.forward(timedelta(hours=2))
    assert [round(order.delay) for order in orders.taken[1:]] == [10, 60, 300, 1800, 7200]
    assert await state(world) == ("failed_technical", ["temporary"] * 6)


async def test_a_paused_channel_uses_up_no_try(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [PausedError("wechat:45009", 3600)] * 20
    for _ in range(20):
        await delivery.deliver(message.id)
        clock.forward(timedelta(hours=1))
    assert {order.delay for order in orders.taken[1:]} == {3600}
    assert (await state(world))[0] == "created"


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (UnreachableError("wechat:43004"), "failed_permanent"),
        (MisconfiguredError("wechat:40013"), "failed_technical"),
        (WindowClosedError("wechat:45015"), "waiting"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_other_failures_are_not_tried_again(
    fault: SendError, end: str, world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders
) -> None:
    sender.faults = [fault]
    await delivery.deliver(message.id)
    assert await state(world) == (end, [fault.outcome])
    assert (await messages(world.database))[0].error == fault.code
    assert len(orders.taken) == 1


async def test_a_fault_in_our_own_sender_names_its_kind_and_place_alone(
    world: World, delivery: Delivery, sender: Recorder, message: Message, caplog: pytest.LogCaptureFixture
) -> None:
    sender.faults = [ValueError("王建国 13800001234")]
    await delivery.deliver(message.id)
    assert (await messages(world.database))[0].error == "error:ValueError"
    (fault,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert re.search(r"ValueError at tests/notifications/steps\.py:\d+ < notifications/delivery\.py:\d+", fault)
    assert "王建国" not in caplog.text and "13800001234" not in caplog.text


async def test_a_message_that_is_not_due_is_not_sent(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [PausedError("wechat:45009", 7200)]
    await delivery.deliver(message.id)
    clock.forward(timedelta(hours=1))
    await delivery.deliver(message.id)
    assert sender.sent == []
    assert 3599 < orders.taken[-1].delay < 3600
    clock.forward(timedelta(hours=1))
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1


async def test_a_channel_without_a_sender_keeps_its_messages_until_the_setting_is_mended(
    world: World,
    clock: FixedClock,
    orders: Orders,
    message: Message,
    delivery: Delivery,
    sender: Recorder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    counted: list[tuple[str, str]] = []
    bare = Delivery(
        world.database, clock, {}, orders, jitter=lambda: 0.5, count=lambda *outcome: counted.append(outcome)
    )
    for _ in range(9):
        await bare.deliver(message.id)
        clock.forward(timedelta(hours=1))
    assert await state(world) == ("created", [])
    assert (await messages(world.database))[0].error == "no_sender"
    assert [order.delay for order in orders.taken[1:]] == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert counted == [("wechat", "no_sender")] * 9
    assert [record.levelname for record in caplog.records if "no sender for wechat" in record.message] == ["ERROR"]
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1
    assert await state(world) == ("sent", ["sent"])


async def test_what_failed_is_ordered_again_as_if_it_had_never_been_tried(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [TemporaryError("wechat:-1")] * 7
    for _ in range(6):
        await delivery.deliver(message.id)
        clock.forward(timedelta(hours=2))
    assert await counts(world.database) == [Count("wechat", "failed_technical", "wechat:-1", 1)]
    assert await retry(world.database, orders, clock.now()) == 1
    assert orders.taken[-1] == Order(message.id, orders.taken[-2].round + 1, "wechat")
    await delivery.deliver(message.id)
    assert (await state(world))[0] == "created", "a temporary failure after the retry has all its tries before it"
    clock.forward(timedelta(seconds=10))
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1
    assert await retry(world.database, orders, clock.now()) == 0


async def test_an_unknown_message_may_be_repeated_once_more_after_a_retry(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    for _ in range(2):
        await crash(world, message, delivery, sender)
        clock.forward(timedelta(seconds=60))
    await delivery.deliver(message.id)
    assert await retry(world.database, orders, clock.now()) == 1
    await crash(world, message, delivery, sender)
    clock.forward(timedelta(seconds=60))
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1
    assert await state(world) == ("sent", ["unknown", "unknown", "unknown", "sent"])


async def test_what_waited_for_the_window_goes_out_when_the_person_writes(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    sender.faults = [WindowClosedError("wechat:45015")]
    await delivery.deliver(message.id)
    async with world.database.read() as db:
        assert (await db.get_one(Contact, message.contact_id)).waiting
    async with world.database.connect() as connection:
        assert await resume_waiting(connection, orders, message.contact_id, clock.now()) == 1
    order = orders.taken[-1]
    assert (order.message_id, order.round, order.delay) == (message.id, 2, 0)
    await delivery.deliver(order.message_id)
    assert await state(world) == ("sent", ["window_closed", "sent"])
    async with world.database.read() as db:
        assert not (await db.get_one(Contact, message.contact_id)).waiting


async def crash(world: World, message: Message, delivery: Delivery, sender: Recorder) -> None:
    """The process dies between claiming and sending."""
    sender.faults = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        await delivery.deliver(message.id)


async def test_after_a_crash_the_message_is_sent_again_once_and_the_lost_try_is_marked(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    await crash(world, message, delivery, sender)
    assert await state(world) == ("sending", [None])
    await delivery.deliver(message.id)
    assert sender.sent == [] and 59 < orders.taken[-1].delay < 60, "another worker may still be at it"
    clock.forward(timedelta(seconds=60))
    await delivery.deliver(message.id)
    assert len(sender.sent) == 1
    assert await state(world) == ("sent", ["unknown", "sent"])


async def test_a_message_that_crashes_its_sender_each_time_ends_unknown(
    world: World, delivery: Delivery, sender: Recorder, message: Message, clock: FixedClock
) -> None:
    for _ in range(2):
        await crash(world, message, delivery, sender)
        clock.forward(timedelta(seconds=60))
    await delivery.deliver(message.id)
    assert sender.sent == []
    assert await state(world) == ("unknown", ["unknown", "unknown"])


async def test_a_sender_that_hangs_is_left_behind(
    world: World, clock: FixedClock, orders: Orders, message: Message
) -> None:
    class Hanging(Recorder):
        async def send(self, address: str, text: str, choices: object = ()) -> None:
            import asyncio

            await asyncio.sleep(60)

    impatient = Delivery(
        world.database, clock, {"wechat": Hanging()}, orders, jitter=lambda: 0.5, policy=Policy(send=0.05)
    )
    await impatient.deliver(message.id)
    assert await state(world) == ("created", ["temporary"])
    assert (await messages(world.database))[0].error == "timeout"


async def test_one_person_reads_messages_in_the_order_of_events(
    world: World, delivery: Delivery, sender: Recorder, orders: Orders, clock: FixedClock
) -> None:
    case = await file_case(world, await make_contact(world, "wechat"))
    await whole_pass(world, case, Pass.NEED)
    first, second = (await messages(world.database))[2:4]
    clock.forward(timedelta(minutes=1))
    await delivery.deliver(second.id)
    assert sender.sent == [] and orders.taken[-1].message_id == second.id
    await delivery.deliver(first.id)
    await delivery.deliver(second.id)
    assert ["公示结束" in text for _, text in sender.sent] == [True, False]


async def test_the_sweeper_orders_anew_what_was_lost(
    world: World, delivery: Delivery, message: Message, orders: Orders, clock: FixedClock
) -> None:
    clock.forward(timedelta(minutes=9))
    assert await sweep(world.database, orders, clock.now()) == 0
    clock.forward(timedelta(minutes=1))
    assert await sweep(world.database, orders, clock.now()) == 1
    assert (orders.taken[-1].message_id, orders.taken[-1].round) == (message.id, 2)
    assert await sweep(world.database, orders, clock.now()) == 0


async def test_the_sweeper_leaves_what_is_done(
    world: World, delivery: Delivery, message: Message, orders: Orders, clock: FixedClock
) -> None:
    await delivery.deliver(message.id)
    clock.forward(timedelta(hours=1))
    assert await sweep(world.database, orders, clock.now()) == 0


async def test_the_sweeper_finds_a_message_whose_sender_died(
    world: World, delivery: Delivery, sender: Recorder, message: Message, orders: Orders, clock: FixedClock
) -> None:
    await crash(world, message, delivery, sender)
    clock.forward(timedelta(minutes=12))
    assert await sweep(world.database, orders, clock.now()) == 1
    await delivery.deliver(orders.taken[-1].message_id)
    assert await state(world) == ("sent", ["unknown", "sent"])


async def test_the_text_of_a_message_is_sealed_in_the_database(world: World, message: Message) -> None:
    async with world.database.connect() as connection:
        raw = (await connection.exec_driver_sql("SELECT params FROM message")).scalar_one()
    assert message.params["number"].encode() not in raw
    async with world.database.read() as db:
        assert await db.scalar(select(Message.subject)) == message.subject
