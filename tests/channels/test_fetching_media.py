"""Photos and voices are fetched from WeChat and Telegram, and kept; against every documented refusal."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.channels.telegram import TelegramSettings, build_bot
from bot.channels.telegram_media import TelegramMedia
from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_media import WeChatMedia
from intake.attachments import Expected, attach, expect
from intake.fetching import GoneError, LaterError, fetch_waiting
from intake.media import MAX_BYTES
from intake.reads.attached import attached, opened
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.fakes.faults import Fault
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.media import AMR, SECRET, photo
from tests.world import make_contact, make_world


@pytest.fixture
async def wechat(clock: FixedClock) -> AsyncIterator[FakeWeChat]:
    """A WeChat server."""
    async with FakeWeChat(clock) as started:
        yield started


@pytest.fixture
def from_wechat(wechat: FakeWeChat, clock: FixedClock, session: aiohttp.ClientSession) -> WeChatMedia:
    """Our source over it."""
    return WeChatMedia(WeChatApi(wechat.account.app_id, wechat.account.secret, session, clock, base=wechat.base))


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram server."""
    async with FakeTelegram() as started:
        yield started


@pytest.fixture
def from_telegram(telegram: FakeTelegram, session: aiohttp.ClientSession) -> TelegramMedia:
    """Our source over it."""
    return TelegramMedia(build_bot(TelegramSettings(TOKEN, "secret", telegram.base), session), session)


def calls(fault: Fault) -> int:
    """How many calls a fault has to meet: the HTTP client repeats a GET by itself when an old connection breaks."""
    return 2 if fault.transport == "reset" else 1


async def test_wechat_gives_a_file_for_three_days(
    wechat: FakeWeChat, from_wechat: WeChatMedia, clock: FixedClock
) -> None:
    media_id = wechat.file(AMR)
    assert await from_wechat.fetch(media_id) == AMR
    clock.forward(timedelta(days=3))
    with pytest.raises(GoneError, match="wechat:40007"):
        await from_wechat.fetch(media_id)
    with pytest.raises(GoneError, match="wechat:40007"):
        await from_wechat.fetch("never-seen")


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"errcode": 0}', b'{"video_url": "http://x"}'])
async def test_wechats_bytes_are_given_as_they_are(
    wechat: FakeWeChat, from_wechat: WeChatMedia, content: bytes
) -> None:
    assert await from_wechat.fetch(wechat.file(content)) == content


async def test_an_ended_token_is_renewed_once_for_a_file(wechat: FakeWeChat, from_wechat: WeChatMedia) -> None:
    media_id = wechat.file(AMR)
    await from_wechat.fetch(media_id)
    wechat.expire_tokens()
    assert await from_wechat.fetch(media_id) == AMR
    wechat.fail("media", 40001, 40001)
    with pytest.raises(LaterError, match="wechat:40001"):
        await from_wechat.fetch(media_id)


async def test_a_used_up_quota_asks_no_more_until_midnight(
    wechat: FakeWeChat, from_wechat: WeChatMedia, clock: FixedClock
) -> None:
    media_id = wechat.file(AMR)
    wechat.fail("media", 45009)
    for _ in range(2):
        with pytest.raises(LaterError, match="45009"):
            await from_wechat.fetch(media_id)
    assert wechat.calls["media"] == 1
    clock.forward(timedelta(hours=12))
    assert await from_wechat.fetch(media_id) == AMR


@pytest.mark.parametrize(
    "fault",
    [Fault({"errcode": -1}), Fault({"errcode": 40164}), Fault(transport="html502"), Fault(transport="reset")],
    ids=["busy", "settings", "gateway", "reset"],
)
async def test_wechat_is_asked_again_later(wechat: FakeWeChat, from_wechat: WeChatMedia, fault: Fault) -> None:
    media_id = wechat.file(AMR)
    wechat.faults.queue("media", *[fault] * calls(fault))
    with pytest.raises(LaterError) as later:
        await from_wechat.fetch(media_id)
    assert "access_token" not in str(later.value)
    assert await from_wechat.fetch(media_id) == AMR


async def test_more_than_we_take_is_not_read_to_its_end(wechat: FakeWeChat, from_wechat: WeChatMedia) -> None:
    assert len(await from_wechat.fetch(wechat.file(bytes(MAX_BYTES)))) == MAX_BYTES
    with pytest.raises(GoneError, match="too_large"):
        await from_wechat.fetch(wechat.file(bytes(MAX_BYTES + 1)))


async def test_telegram_gives_a_file(telegram: FakeTelegram, from_telegram: TelegramMedia) -> None:
    assert await from_telegram.fetch(telegram.file(AMR)) == AMR
    with pytest.raises(GoneError, match="telegram:file"):
        await from_telegram.fetch("never-seen")


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 21 * 1024 * 1024])
async def test_a_large_file_of_telegram_is_not_even_asked_for(
    telegram: FakeTelegram, from_telegram: TelegramMedia, size: int
) -> None:
    with pytest.raises(GoneError):
        await from_telegram.fetch(telegram.file(b"few bytes", size))
    assert telegram.calls["download"] == 0


async def test_a_file_larger_than_it_said_is_refused_while_it_comes(
    telegram: FakeTelegram, from_telegram: TelegramMedia
) -> None:
    with pytest.raises(GoneError, match="too_large"):
        await from_telegram.fetch(telegram.file(bytes(MAX_BYTES + 1), 5))


@pytest.mark.parametrize(
    ("endpoint", "fault"),
    [
        ("getFile", Fault(transport="reset")),
        ("getFile", Fault(transport="html502")),
        ("getFile", Fault({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)),
        ("getFile", Fault({"ok": False, "error_code": 400, "description": "Bad Request: file is temporarily unavailable"}, 400)),
        ("download", Fault(status=404)),
        ("download", Fault(transport="html502")),
        ("download", Fault(transport="reset")),
    ],
)  # fmt: skip
async def test_telegram_is_asked_again_later(
    telegram: FakeTelegram, from_telegram: TelegramMedia, endpoint: str, fault: Fault
) -> None:
    file_id = telegram.file(AMR)
    telegram.faults.queue(endpoint, *[fault] * (calls(fault) if endpoint == "download" else 1))
    with pytest.raises(LaterError) as later:
        await from_telegram.fetch(file_id)
    assert TOKEN not in str(later.value)
    assert await from_telegram.fetch(file_id) == AMR


async def test_a_report_gets_its_photo_and_its_voice_from_both_channels(
    database: Database,
    clock: FixedClock,
    wechat: FakeWeChat,
    from_wechat: WeChatMedia,
    telegram: FakeTelegram,
    from_telegram: TelegramMedia,
) -> None:
    world = await make_world(database, clock)
    now, contact = clock.now(), await make_contact(world, "wechat")
    rows = [
        Expected(new_id(now), contact, "photo", "wechat", wechat.file(photo()), now),
        Expected(new_id(now), contact, "voice", "telegram", telegram.file(AMR), now),
    ]
    async with database.connect() as connection:
        await expect(connection, rows)
        await attach(connection, contact, [row.id for row in rows], "report:5")
    assert await fetch_waiting(database, {"wechat": from_wechat, "telegram": from_telegram}, now) == 2
    async with database.read() as db:
        found = {one.kind: one for one in await attached(db, "report:5")}
        assert {kind: (one.state, one.media_type) for kind, one in found.items()} == {
            "photo": ("kept", "image/jpeg"),
            "voice": ("kept", "audio/amr"),
        }
        picture = await opened(db, "report:5", found["photo"].id)
        assert picture is not None
        assert SECRET not in picture[1]
        assert await opened(db, "report:5", found["voice"].id) == ("audio/amr", AMR)
