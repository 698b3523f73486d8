"""A position without an address, as each channel sends it: asked about, and kept nowhere."""

import logging
from dataclasses import replace
from itertools import count

import orjson
import pytest
from sqlalchemy import select
from telegram import Bot

from bot.channels.gcj02 import to_gcj02
from bot.channels.telegram_read import parse, read_update
from bot.channels.web_read import read_message
from bot.channels.wechat_read import read_push
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from intake.places import Places
from service import schema
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.world import SHIMEN, make_world, placed

HERE = (33.917263, 111.726354)
BEFORE = ("申请", "同意", "王建国", "410324195102021010", "13800001234", "3", "3")
_numbers = count()


def telegram() -> Inbound:
    """Telegram's attachment «location»."""
    latitude, longitude = HERE
    update = FakeTelegram().message(4711, location={"latitude": latitude, "longitude": longitude})
    return read_update(parse(update, Bot(TOKEN)))


def web() -> Inbound:
    """The button «位置» of the chat page."""
    body = {"id": f"pin-{next(_numbers):08}", "location": "{:.6f},{:.6f}".format(*HERE)}
    return read_message(orjson.dumps(body), "someone")


def wechat() -> Inbound:
    """WeChat's «位置» where the map knows no address."""
    latitude, longitude = to_gcj02(*HERE)
    fields = {"ToUserName": "gh_nuandong", "FromUserName": "oPerson", "MsgType": "location", "Label": ""}
    where = {"Location_X": f"{latitude:.6f}", "Location_Y": f"{longitude:.6f}", "MsgId": str(next(_numbers))}
    return read_push(fields | where).inbound


CHANNELS = pytest.mark.parametrize("pin", [telegram(), web(), wechat()], ids=["telegram", "web", "wechat"])


async def answered(turns: BatchedTurns, pin: Inbound, *before: str) -> tuple[str, list[str]]:
    """What is said to the pin after some words, and the labels to choose from."""
    for words in before:
        await turns.take(replace(pin, message_id=f"w{next(_numbers)}", input=Input(Kind.TEXT, words)))
    replies = await turns.take(pin)
    return "\n".join(reply.text for reply in replies), [choice.label for reply in replies for choice in reply.choices]


@CHANNELS
async def test_a_bare_position_finds_the_village_and_asks(database: Database, clock: FixedClock, pin: Inbound) -> None:
    await make_world(database, clock)
    places = Places(placed({SHIMEN: (33.92, 111.73), "410324103212": (33.95, 111.73)}))
    turns = BatchedTurns(database, clock, lambda: replace(bot_world(), places=places))
    said, labels = await answered(turns, pin, *BEFORE)
    assert "附近有下面的村" in said
    assert labels[:2] == ["潭头镇石门村", "潭头镇张村"] and len(labels) == 3
    taken = await turns.take(replace(pin, message_id="taken", input=Input(Kind.TEXT, "1")))
    assert "哪个组" in taken[-1].text


@CHANNELS
async def test_where_nobody_has_said_where_places_lie_the_name_is_typed(
    database: Database, clock: FixedClock, pin: Inbound
) -> None:
    await make_world(database, clock)
    said, _ = await answered(BatchedTurns(database, clock, bot_world), pin, *BEFORE)
    assert "看不出是哪个村" in said


@CHANNELS
async def test_the_position_is_kept_nowhere(
    database: Database, clock: FixedClock, pin: Inbound, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await make_world(database, clock)
    turns = BatchedTurns(
        database, clock, lambda: replace(bot_world(), places=Places(placed({SHIMEN: (33.92, 111.73)})))
    )
    await turns.take(replace(pin, message_id="home"))
    await answered(turns, pin, *BEFORE)
    await turns.take(replace(pin, message_id="again"))
    kept = caplog.text
    async with database.read() as db:
        for table in schema.Base.metadata.sorted_tables:
            kept += "".join(repr(tuple(row)) for row in await db.execute(select(table)))
    assert "王建国" in kept
    for part in (*map(str, HERE), *pin.input.text.split(",")):
        assert part[:-1] not in kept
