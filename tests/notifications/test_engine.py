"""The real engine: what commits is delivered, what rolls back is not, what failed or was cut off comes back."""

import asyncio
import gc
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from dbos import DBOS
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.moves import Said, move_cases
from intake.procedure import Action, Pass
from intake.sending import TemporaryError, WindowClosedError
from notifications.claims import claim
from notifications.delivery import Delivery
from notifications.engine import Engine
from notifications.listener import Notifier
from notifications.orders import Order
from notifications.policy import Policy
from notifications.waiting import resume_waiting
from notifications.work import EngineError
from store.clock import MovableClock
from store.database import Database
from tests.notifications.steps import Recorder, attempts, messages, review
from tests.world import World, file_case, make_contact, make_world

EXECUTOR = "test@1"
SEASON = datetime(2022, 11, 1, 4, 0, tzinfo=UTC)
IMPATIENT = Policy(waits=(0.2, 0.2), stale=0.5)


async def until(done: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not await done():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.05)


async def state_is(world: World, state: str, number: int = 0) -> None:
    """Wait for a message to reach a state."""

    async def reached() -> bool:
        return (await messages(world.database))[number].state == state

    await until(reached)


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Engine]:
    """An engine with its tables, not yet at work."""
    made = Engine(database.url, EXECUTOR, polling=0.1)
    await made.prepare()
    yield made
    await made.stop()


@pytest.fixture
async def world(database: Database, engine: Engine) -> World:
    """The demo county, whose events the engine's listener hears; its clock runs."""
    return await make_world(database, MovableClock(SEASON - datetime.now(UTC)), [Notifier(engine).listen])


@pytest.fixture
def sender() -> Recorder:
    """Telegram, recorded."""
    return Recorder()


@pytest.fixture
def delivery(world: World, engine: Engine, sender: Recorder) -> Delivery:
    """Delivery over the recorded Telegram."""
    return Delivery(world.database, world.clock, {"telegram": sender}, engine, jitter=lambda: 0.5, policy=IMPATIENT)


async def case_by_telegram(world: World) -> int:
    """A case filed over Telegram."""
    return await file_case(world, await make_contact(world, "telegram"))


async def test_commit_delivers_rollback_does_not(
    world: World, engine: Engine, delivery: Delivery, sender: Recorder
) -> None:
    decided, undone = await case_by_telegram(world), await case_by_telegram(world)
    engine.start(delivery.deliver)
    with pytest.raises(RuntimeError, match="power cut"):
        async with world.units.begin() as unit:
            said = Said(Action.PASS_REVIEW, votes_for=9, present=9)
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {undone: said})
            await unit.journal.flush(await unit.db.connection())
            raise RuntimeError("power cut")
    await review(world, decided)
    await state_is(world, "sent")
    assert len(sender.sent) == 1
    sender.faults = [TemporaryError("telegram:502")] * 2
    await review(world, undone)
    await state_is(world, "sent", 1)
    assert [attempt.outcome for attempt in await attempts(world.database)][1:] == ["temporary", "temporary", "sent"]


async def test_a_closed_window_opens_again(world: World, engine: Engine, delivery: Delivery, sender: Recorder) -> None:
    engine.start(delivery.deliver)
    sender.faults = [WindowClosedError("telegram:closed")]
    await review(world, await case_by_telegram(world))
    await state_is(world, "waiting")
    (message,) = await messages(world.database)
    async with world.database.connect() as connection:
        await resume_waiting(connection, engine, message.contact_id, world.clock.now())
    await state_is(world, "sent")
    assert len(sender.sent) == 1


async def test_what_a_dead_process_left_is_sent_once_by_the_next(
    world: World, engine: Engine, delivery: Delivery, sender: Recorder
) -> None:
    await review(world, await case_by_telegram(world))
    (message,) = await messages(world.database)
    async with world.database.write() as db:
        await claim(db, message.id, world.clock.now(), IMPATIENT, {"telegram"})  # … and here the process died
    engine.start(delivery.deliver)
    await state_is(world, "sent")
    assert len(sender.sent) == 1
    assert [attempt.outcome for attempt in await attempts(world.database)] == ["unknown", "sent"]


async def test_stopping_waits_for_what_is_under_way(
    world: World, engine: Engine, delivery: Delivery, sender: Recorder
) -> None:
    begun, ended = asyncio.Event(), []

    async def slowly(message_id: int) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        ended.append(message_id)

    engine.start(slowly)
    await review(world, await case_by_telegram(world))
    await asyncio.wait_for(begun.wait(), 20)
    await engine.stop()
    assert len(ended) == 1


async def test_stopping_in_a_burst_cuts_nothing_off_badly(
    world: World, engine: Engine, delivery: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    """What DBOS was just about to begin is left for the next start, without a word in the log."""
    engine.start(delivery.deliver)
    await engine.ready()
    connection: AsyncConnection
    async with world.database.connect() as connection:
        orders = [Order(number, 1, "web") for number in range(10_000, 10_040)]
        await engine.enqueue(connection, orders)
    await asyncio.sleep(0.1)
    await engine.stop()
    gc.collect()
    assert [record.message for record in caplog.records if "loop is closed" in record.getMessage()] == []


async def test_one_engine_works_in_a_process(engine: Engine, delivery: Delivery) -> None:
    engine.start(delivery.deliver)
    with pytest.raises(EngineError, match="already started"):
        engine.start(delivery.deliver)
    await engine.ready()


async def test_the_jobs_of_the_minute_run_each_whatever_became_of_the_one_before(
    engine: Engine, delivery: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    ran = asyncio.Event()

    async def fails() -> None:
        raise ValueError("王建国")

    async def works() -> None:
        ran.set()

    engine.start(delivery.deliver, [fails, works])
    await engine.ready()
    await asyncio.to_thread(DBOS.trigger_schedule, "every_minute")
    await asyncio.wait_for(ran.wait(), 20)
    await engine.stop()
    faults = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(faults) == 1
    assert re.match(r"a job of the minute failed: ValueError at tests/notifications/test_engine\.py:\d+", faults[0])
    assert "王建国" not in caplog.text


async def test_the_engine_holds_no_personal_data(world: World, engine: Engine, sender: Recorder) -> None:
    async def fails(message_id: int) -> None:
        raise ValueError("王建国 13800001234")

    engine.start(fails)
    await review(world, await case_by_telegram(world))
    sqlite = world.database.is_sqlite

    async def tried() -> bool:
        async with world.database.connect() as connection:
            table = "workflow_status" if sqlite else "dbos.workflow_status"
            status = await connection.scalar(text(f"SELECT status FROM {table} WHERE name = 'deliver'"))
        return bool(status == "ERROR")

    await until(tried, 40)
    async with world.database.connect() as connection:
        for table in ("workflow_status", "workflow_input", "operation_outputs"):
            name = table if sqlite else f"dbos.{table}"
            rows = (await connection.execute(text(f"SELECT * FROM {name}"))).all()
            assert rows and "王建国" not in str(rows) and "13800001234" not in str(rows)


async def test_an_engine_that_cannot_start_says_so_and_is_not_at_work(
    engine: Engine, delivery: Delivery, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("postgresql://user:password@host")

    monkeypatch.setattr(DBOS, "launch", broken)
    assert not engine.at_work
    engine.start(delivery.deliver)
    with pytest.raises(EngineError, match="could not start") as raised:
        await engine.ready()
    assert not engine.at_work
    (fault,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "RuntimeError at " in fault and "notifications/engine.py" in fault
    assert "password" not in fault + str(raised.value)


async def test_an_engine_is_at_work_from_its_start_to_its_end(engine: Engine, delivery: Delivery) -> None:
    await engine.ready()
    assert not engine.at_work, "a web process beside workers starts none"
    engine.start(delivery.deliver)
    await engine.ready()
    assert engine.at_work
    await engine.stop()
    assert not engine.at_work
