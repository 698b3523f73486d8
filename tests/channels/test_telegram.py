"""A person writes on Telegram: the webhook against a fake Telegram."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from telegram import Bot

from bot.channels.base import BadRequestError
from bot.channels.telegram import Telegram, TelegramSettings, build_bot
from bot.channels.telegram_poll import poll
from bot.channels.telegram_read import read_update
from bot.inbound import Input, Kind
from bot.reply import Choice, Reply
from intake.sending import MisconfiguredError, PausedError, SendError, TemporaryError, UnreachableError
from tests.channels.stub import Counter, StubTurns, application
from tests.fakes.faults import Fault
from tests.fakes.telegram import TOKEN, FakeTelegram, private

SECRET = "winter_secret-1"
CHAT = 7_000_001


class Talk:
    """A fake Telegram, our channel, and the webhook's address."""

    def __init__(self, fake: FakeTelegram, channel: Telegram, bot: Bot, url: str) -> None:
        self.fake = fake
        self.channel = channel
        self.bot = bot
        self.url = url

    async def deliver(self, update: dict[str, Any]) -> int:
        """Deliver ``update`` with the right secret and wait until everything is sent."""
        status = await self.fake.deliver(self.url, update, SECRET)
        await self.channel.close()
        return status

    def texts(self) -> list[str]:
        """What the person saw."""
        return [message["text"] for message in self.fake.sent[str(CHAT)]]


@pytest.fixture
async def chat(turns: StubTurns, count: Counter, session: aiohttp.ClientSession) -> AsyncIterator[Talk]:
    """A running channel."""
    async with FakeTelegram() as fake:
        settings = TelegramSettings(TOKEN, SECRET, fake.base, retry_seconds=(0.01, 0.01))
        bot = build_bot(settings, session)
        channel = Telegram(settings, turns, bot, count=count)
        async with TestServer(application(channel.routes()), host="127.0.0.1") as server:
            yield Talk(fake, channel, bot, str(server.make_url("/channels/telegram")))
            await channel.close()


async def test_the_answer_is_sent(chat: Talk, turns: StubTurns) -> None:
    update = chat.fake.message(CHAT, text="3口人")
    assert await chat.deliver(update) == 200
    assert chat.texts() == ["收到：3口人"]
    assert (turns.taken[0].address, turns.taken[0].message_id) == (str(CHAT), str(update["update_id"]))


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"text": "/start v410324112201"}, Kind.SCENE, "v410324112201"),
        ({"text": "/start"}, Kind.SCENE, ""),
        ({"text": "/help"}, Kind.TEXT, "帮助"),
        ({"text": "/cancel@nuandong_bot"}, Kind.TEXT, "取消"),
        ({"text": "/BACK"}, Kind.TEXT, "返回"),
        ({"text": "/apply now"}, Kind.TEXT, "apply now"),
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, Kind.PHOTO, ""),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, Kind.VOICE, ""),
        ({"location": {"latitude": 33.5, "longitude": 111.25}}, Kind.LOCATION, "33.5,111.25"),
        ({"location": {"latitude": "x", "longitude": 111.25}}, Kind.OTHER, ""),
        (
            {
                "sticker": {
                    "file_id": "f",
                    "file_unique_id": "u",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            Kind.STICKER,
            "",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.OTHER, ""),
        ({"text": 5}, Kind.OTHER, ""),
    ],
)
async def test_the_meaning(chat: Talk, turns: StubTurns, content: dict[str, Any], kind: Kind, text: str) -> None:
    assert await chat.deliver(chat.fake.message(CHAT, **content)) == 200
    assert (turns.taken[0].input.kind, turns.taken[0].input.text) == (kind, text)


def size(file_id: str, width: int) -> dict[str, Any]:
    """One size of a photo."""
    return {"file_id": file_id, "file_unique_id": "u", "width": width, "height": width}


PLACE = {"latitude": 33.5, "longitude": 111.25}


@pytest.mark.parametrize(
    ("content", "meaning"),
    [
        (
            {"photo": [size("small", 90), size("large-_1", 1280), size("middle", 320)], "caption": "房子塌了"},
            Input(Kind.PHOTO, "房子塌了", "large-_1"),
        ),
        ({"photo": [size("a/../b", 90)]}, Input(Kind.PHOTO)),
        ({"photo": [size("f" * 257, 90)]}, Input(Kind.PHOTO)),
        (
            {"document": {"file_id": "doc", "file_unique_id": "u", "mime_type": "image/heic"}, "caption": "证"},
            Input(Kind.PHOTO, "证", "doc"),
        ),
        ({"document": {"file_id": "doc", "file_unique_id": "u", "mime_type": "application/pdf"}}, Input(Kind.OTHER)),
        ({"document": {"file_id": "doc", "file_unique_id": "u"}}, Input(Kind.OTHER)),
        ({"voice": {"file_id": "spoken", "file_unique_id": "u", "duration": 3}}, Input(Kind.VOICE, media="spoken")),
        (
            {"location": PLACE, "venue": {"location": PLACE, "title": " 村委会", "address": "石门村 "}},
            Input(Kind.LOCATION, "33.5,111.25", label="村委会 石门村"),
        ),
        (
            {"location": PLACE, "venue": {"location": PLACE, "title": "村" * 300, "address": ""}},
            Input(Kind.LOCATION, "33.5,111.25", label="村" * 200),
        ),
    ],
)
async def test_photos_voices_and_places_say_where_they_are(
    chat: Talk, turns: StubTurns, content: dict[str, Any], meaning: Input
) -> None:
    assert await chat.deliver(chat.fake.message(CHAT, **content)) == 200
    assert turns.taken[0].input == meaning


async def test_a_tap_is_a_choice_and_its_button_stops_waiting(chat: Talk, turns: StubTurns) -> None:
    await chat.deliver(chat.fake.tap(CHAT, "family:low"))
    assert (turns.taken[0].input.kind, turns.taken[0].input.text) == (Kind.CHOICE, "family:low")
    assert len(chat.fake.answered) == 1
    assert chat.texts() == ["收到：family:low"]


async def test_what_nobody_waits_for_is_no_turn(chat: Talk, turns: StubTurns) -> None:
    update = chat.fake.message(CHAT, text="你好")
    group = chat.fake.message(CHAT, text="你好")
    group["message"]["chat"] = {"id": -5, "type": "group", "title": "村群"}
    member = {"status": "member", "user": private(CHAT) | {"is_bot": False}}
    quiet = [
        {"update_id": 1, "edited_message": update["message"]},
        {"update_id": 2, "channel_post": update["message"]},
        {"update_id": 3, "something_new": {}},
        group,
        {
            "update_id": 4,
            "my_chat_member": {
                "chat": private(CHAT), "from": member["user"], "date": 1, "old_chat_member": member,
                "new_chat_member": {"status": "kicked", "user": member["user"], "until_date": 0},
            },
        },
    ]  # fmt: skip
    for one in quiet:
        assert await chat.deliver(one) == 200
    assert turns.taken == []


async def test_choices_are_buttons_with_their_numbers(chat: Talk, turns: StubTurns) -> None:
    turns.answer = lambda _inbound: (Reply("有电话吗？", (Choice("tel:yes", "有"), Choice("tel:no", "没有"))),)
    await chat.deliver(chat.fake.message(CHAT, text="申请"))
    assert chat.fake.sent[str(CHAT)] == [
        {"text": "有电话吗？", "buttons": [("1. 有", "tel:yes"), ("2. 没有", "tel:no")]}
    ]


@pytest.mark.parametrize(
    "reply",
    [
        Reply("选几个", (Choice("a:1", "一"), Choice("a:2", "二")), several=True),
        Reply("选一个", tuple(Choice(f"a:{number}", str(number)) for number in range(9))),
        Reply("选一个", (Choice("问" * 22, "一"), Choice("a:2", "二"))),
    ],
)
async def test_choices_that_buttons_cannot_carry_are_a_list(chat: Talk, turns: StubTurns, reply: Reply) -> None:
    turns.answer = lambda _inbound: (reply,)
    await chat.deliver(chat.fake.message(CHAT, text="申请"))
    [message] = chat.fake.sent[str(CHAT)]
    assert message["buttons"] == []
    assert message["text"].splitlines()[1].startswith("1. ")


async def test_a_long_text_goes_in_parts_in_order(chat: Talk, turns: StubTurns) -> None:
    turns.answer = lambda _inbound: (Reply("🔥" * 3000, (Choice("a:1", "好"),)), Reply("完"))
    await chat.deliver(chat.fake.message(CHAT, text="政策"))
    assert "".join(chat.texts()) == "🔥" * 3000 + "完"
    assert [len(message["buttons"]) for message in chat.fake.sent[str(CHAT)]] == [0, 1, 0]


async def test_a_repeated_update_sends_nothing_twice(chat: Talk, turns: StubTurns, count: Counter) -> None:
    update = chat.fake.message(CHAT, text="申请")
    for _ in range(2):
        assert await chat.deliver(update) == 200
    assert chat.texts() == ["收到：申请"]
    assert count.outcomes == ["answered", "repeated"]


async def test_a_reply_is_tried_again_when_telegram_is_away(chat: Talk) -> None:
    chat.fake.fail("sendMessage", 429, "Too Many Requests", retry_after=0.01)
    chat.fake.faults.queue("sendMessage", Fault(transport="html502"))
    assert await chat.deliver(chat.fake.message(CHAT, text="申请")) == 200
    assert chat.texts() == ["收到：申请"]


async def test_a_reply_is_given_up_after_three_tries(chat: Talk, count: Counter) -> None:
    chat.fake.faults.queue("sendMessage", *[Fault(transport="reset")] * 4)
    assert await chat.deliver(chat.fake.message(CHAT, text="申请")) == 200
    assert (chat.texts(), chat.fake.calls["sendMessage"]) == ([], 3)
    assert count.outcomes == ["answered", "temporary", "temporary", "temporary"]


async def test_busy_turns_make_telegram_try_again(chat: Talk, turns: StubTurns) -> None:
    turns.busy = True
    update = chat.fake.message(CHAT, text="申请")
    assert await chat.deliver(update) == 503
    turns.busy = False
    assert await chat.deliver(update) == 200
    assert chat.texts() == ["收到：申请"]


@pytest.mark.parametrize("secret", ["", "wrong", "winter_secret-2"])
async def test_a_wrong_secret_is_refused(chat: Talk, turns: StubTurns, count: Counter, secret: str) -> None:
    assert await chat.fake.deliver(chat.url, chat.fake.message(CHAT, text="申请"), secret) == 403
    assert (turns.taken, count.outcomes) == ([], ["signature"])


async def test_a_large_body_is_refused(chat: Talk, session: aiohttp.ClientSession) -> None:
    async with session.post(chat.url, data=b" " * 300_000) as response:
        assert response.status == 413


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=5),
    lambda inner: (
        some.lists(inner, max_size=2)
        | some.dictionaries(
            some.sampled_from(["id", "chat", "type", "text", "from", "date", "message"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)
bodies = some.binary(max_size=50) | some.builds(
    lambda key, value: json.dumps({"update_id": 5, key: value}).encode(),
    some.sampled_from(["message", "callback_query", "update_id", "my_chat_member"]),
    json_values,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
async def test_what_is_no_update_is_refused(chat: Talk, body: bytes) -> None:
    try:
        inbound = read_update(chat.channel.read(SECRET, body))
    except BadRequestError as refused:
        assert refused.status == 400
    else:
        assert inbound.input.kind is Kind.SILENT or inbound.address


async def test_a_webhook_without_a_secret_is_not_built(chat: Talk, turns: StubTurns) -> None:
    with pytest.raises(ValueError, match="secret"):
        Telegram(TelegramSettings(TOKEN, ""), turns, chat.bot)


async def test_the_webhook_is_registered_with_its_secret(chat: Talk) -> None:
    await chat.channel.set_webhook("https://nuandong.example/")
    assert chat.fake.webhook["url"] == "https://nuandong.example/channels/telegram"
    assert chat.fake.webhook["secret_token"] == SECRET


@pytest.mark.parametrize(
    ("status", "description", "parameters", "kind"),
    [
        (403, "Forbidden: bot was blocked by the user", {}, UnreachableError),
        (400, "Bad Request: chat not found", {}, UnreachableError),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100}, UnreachableError),
        (400, "Bad Request: message text is empty", {}, MisconfiguredError),
        (401, "Unauthorized", {}, MisconfiguredError),
        (404, "Not Found", {}, MisconfiguredError),
        (429, "Too Many Requests", {"retry_after": 7}, PausedError),
        (500, "Internal Server Error", {}, TemporaryError),
    ],
)
async def test_reactions(
    chat: Talk, status: int, description: str, parameters: dict[str, int], kind: type[SendError]
) -> None:
    chat.fake.fail("sendMessage", status, description, **parameters)
    with pytest.raises(kind) as failed:
        await chat.channel.sender.send(str(CHAT), "您的申请已经公示。")
    assert failed.value.code.startswith("telegram:")
    assert TOKEN not in str(failed.value)
    assert getattr(failed.value, "seconds", 7) == 7


async def test_polling_takes_each_update_once_and_in_order(chat: Talk, turns: StubTurns) -> None:
    chat.fake.webhook = {"url": "https://old.example"}
    updates = [chat.fake.message(CHAT, text=str(number)) for number in range(5)]
    chat.fake.hold(*updates)
    chat.fake.fail("getUpdates", 500, "Internal Server Error")
    turns.busy = True
    stop = asyncio.Event()
    polling = asyncio.create_task(poll(chat.channel, chat.bot, stop, pause=0.01))
    await asyncio.sleep(0.1)
    turns.busy = False
    async with asyncio.timeout(5):
        await chat.fake.seen(CHAT, 5)
        chat.fake.hold(chat.fake.message(CHAT, text="后来"))
        await chat.fake.seen(CHAT, 6)
    stop.set()
    await polling
    assert chat.texts() == [f"收到：{word}" for word in ("0", "1", "2", "3", "4", "后来")]


async def test_polling_with_a_wrong_token_says_so_and_stops_when_told(
    chat: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    chat.fake.token = "another"
    stop = asyncio.Event()
    polling = asyncio.create_task(poll(chat.channel, chat.bot, stop))
    async with asyncio.timeout(5):
        while "NUANDONG_TELEGRAM_TOKEN" not in caplog.text:  # noqa: ASYNC110 - the log tells nobody when it grows
            await asyncio.sleep(0.05)
        stop.set()
        await polling
