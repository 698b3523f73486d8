"""Reminders: when they are due, whom they reach, and that they come once."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import select

from bot.inbound import Inbound, Input, Kind
from bot.reminders import remind
from bot.reminding import AFTER, WAKING, WINDOWS, due
from bot.turns import BatchedTurns
from intake.unit import Units
from notifications.engine import Engine
from notifications.listener import Notifier
from notifications.models import Message
from notifications.render import render
from store.clock import CHINA, FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.world import make_world

MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
_numbers = count()


@examples(MOMENTS, st.sampled_from(["wechat", "telegram", "web"]), st.integers(0, 3))
def test_nobody_is_reminded_at_night_nor_after_the_window(last: datetime, channel: str, sent: int) -> None:
    at = due(last, sent, channel)
    if sent >= len(AFTER):
        assert at is None
        return
    assert at is not None or channel in WINDOWS
    if at is not None:
        assert WAKING[0] <= at.astimezone(CHINA).time() < WAKING[1]
        assert last + AFTER[0] <= at <= last + WINDOWS.get(channel, timedelta(days=3))


def test_an_evening_is_reminded_the_next_morning() -> None:
    evening = datetime(2022, 11, 1, 12, 0, tzinfo=UTC)  # eight in the evening in China
    assert due(evening, 0, "web") == datetime(2022, 11, 2, 0, 0, tzinfo=UTC)


async def say(turns: BatchedTurns, words: str, channel: str = "web", who: str = "a") -> str:
    """What the bot answers."""
    replies = await turns.take(Inbound(channel, f"m{next(_numbers)}", who, Input(Kind.TEXT, words)))
    return replies[0].text


async def told(database: Database) -> list[str]:
    """What was ordered to be sent, as people read it."""
    async with database.read() as db:
        messages = await db.scalars(select(Message).order_by(Message.number))
        return [render("zh_Hans_CN", message.template, message.params) for message in messages]


@pytest.fixture
async def units(database: Database, clock: FixedClock) -> Units:
    """Units whose events order messages."""
    await make_world(database, clock)
    return Units(database, clock, (Notifier(Engine(database.url, "tests")).listen,))


async def test_a_half_filled_form_is_reminded_of_twice_and_no_more(
    database: Database, clock: FixedClock, units: Units
) -> None:
    turns = BatchedTurns(database, clock, bot_world)
    for words in ("申请", "同意", "王建国"):
        await say(turns, words)
    assert await remind(units, bot_world()) == 0
    clock.forward(timedelta(hours=4, minutes=1))
    assert await asyncio.gather(remind(units, bot_world()), remind(units, bot_world())) in ([1, 0], [0, 1])
    clock.forward(timedelta(days=2))
    assert [await remind(units, bot_world()) for _ in range(2)] == [1, 0]
    clock.forward(timedelta(days=1))
    assert await remind(units, bot_world()) == 0
    first, last = await told(database)
    assert "“申请救助”还没填完" in first and "回复“继续”" in first
    assert "留到2022年12月1日" in last and "66789599" in last
    assert "身份证号" in await say(turns, "继续")


async def test_an_answer_begins_the_count_anew(database: Database, clock: FixedClock, units: Units) -> None:
    turns = BatchedTurns(database, clock, bot_world)
    await say(turns, "申请")
    await say(turns, "同意")
    clock.forward(timedelta(hours=5))
    assert await remind(units, bot_world()) == 1
    await say(turns, "王建国")
    clock.forward(timedelta(hours=1))
    assert await remind(units, bot_world()) == 0


async def test_whoever_stopped_asked_for_quiet_or_gave_nothing_is_left_alone(
    database: Database, clock: FixedClock, units: Units
) -> None:
    turns = BatchedTurns(database, clock, bot_world)
    for who, script in {
        "a": ("申请", "同意", "取消"),
        "b": ("申请",),
        "c": ("设置", "提醒", "不要", "申请", "同意"),
    }.items():
        for words in script:
            await say(turns, words, who=who)
    clock.forward(timedelta(hours=5))
    assert await remind(units, bot_world()) == 0
