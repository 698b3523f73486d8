"""Calls to WeChat's server API, against every documented refusal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_errors import until_midnight
from intake.sending import (
    MisconfiguredError,
    PausedError,
    SendError,
    TemporaryError,
    UnreachableError,
    WindowClosedError,
)
from store.clock import CHINA, FixedClock
from tests.fakes.faults import Fault
from tests.fakes.wechat import FakeWeChat

PERSON = "oTestPerson00000000000000003"


@pytest.fixture
async def fake(clock: FixedClock) -> AsyncIterator[FakeWeChat]:
    """A WeChat server where the person may be written to."""
    async with FakeWeChat(clock) as started:
        started.allow(PERSON)
        yield started


@pytest.fixture
def api(fake: FakeWeChat, clock: FixedClock, session: aiohttp.ClientSession) -> WeChatApi:
    """Our calls to it."""
    return WeChatApi(fake.account.app_id, fake.account.secret, session, clock, base=fake.base + "/")


async def test_one_token_serves_all_calls(api: WeChatApi, fake: FakeWeChat) -> None:
    await asyncio.gather(*(api.send(PERSON, f"第{number}条") for number in range(5)))
    assert len(fake.sent[PERSON]) == 5
    assert fake.calls["stable_token"] == 1


async def test_choices_are_numbered(api: WeChatApi, fake: FakeWeChat) -> None:
    await api.send(PERSON, "还要继续吗？", [("go:yes", "继续"), ("go:no", "不了")])
    assert fake.sent[PERSON] == ["还要继续吗？\n1. 继续\n2. 不了"]


async def test_a_long_text_goes_in_parts(api: WeChatApi, fake: FakeWeChat) -> None:
    await api.send(PERSON, "冬" * 1500)
    assert "".join(fake.sent[PERSON]) == "冬" * 1500
    assert len(fake.sent[PERSON]) == 3


async def test_five_messages_in_48_hours(api: WeChatApi, clock: FixedClock) -> None:
    for _ in range(5):
        await api.send(PERSON, "好")
    with pytest.raises(WindowClosedError, match="45047"):
        await api.send(PERSON, "好")
    clock.forward(timedelta(hours=49))
    with pytest.raises(WindowClosedError, match="45015"):
        await api.send(PERSON, "好")


async def test_a_dead_token_is_renewed_once(api: WeChatApi, fake: FakeWeChat) -> None:
    await api.send(PERSON, "一")
    fake.expire_tokens()
    await asyncio.gather(api.send(PERSON, "二"), api.send(PERSON, "三"))
    assert fake.sent[PERSON] == ["一", "二", "三"]
    assert fake.calls["stable_token"] == 2


async def test_a_token_that_stays_refused_is_not_asked_for_for_ever(api: WeChatApi, fake: FakeWeChat) -> None:
    fake.fail("send", 40001, 40001)
    with pytest.raises(MisconfiguredError, match="40001"):
        await api.send(PERSON, "一")
    assert fake.calls["stable_token"] == 3
    fake.fail("send", 42001)
    with pytest.raises(TemporaryError, match="token"):
        await api.send(PERSON, "二")


async def test_a_token_is_renewed_before_its_end(api: WeChatApi, fake: FakeWeChat, clock: FixedClock) -> None:
    await api.send(PERSON, "一")
    clock.forward(timedelta(minutes=119, seconds=30))
    await api.send(PERSON, "二")
    assert fake.calls["stable_token"] == 2
    assert fake.calls["send"] == 2


@pytest.mark.parametrize(
    ("code", "kind", "outcome"),
    [
        (-1, TemporaryError, "temporary"),
        (45011, TemporaryError, "temporary"),
        (45015, WindowClosedError, "window_closed"),
        (45047, WindowClosedError, "window_closed"),
        (40003, UnreachableError, "unreachable"),
        (43004, UnreachableError, "unreachable"),
        (48001, UnreachableError, "unreachable"),
        (43101, UnreachableError, "unreachable"),
        (40013, MisconfiguredError, "misconfigured"),
        (40164, MisconfiguredError, "misconfigured"),
        (99999, MisconfiguredError, "misconfigured"),
    ],
)
async def test_reactions(api: WeChatApi, fake: FakeWeChat, code: int, kind: type[SendError], outcome: str) -> None:
    fake.fail("send", code)
    with pytest.raises(kind) as failed:
        await api.send(PERSON, "好")
    assert (failed.value.outcome, failed.value.code) == (outcome, f"wechat:{code}")


@pytest.mark.parametrize("code", [40013, 40125, 40164, 40001])
async def test_a_wrong_account_is_the_operators_business(api: WeChatApi, fake: FakeWeChat, code: int) -> None:
    fake.fail("stable_token", code)
    with pytest.raises(MisconfiguredError):
        await api.send(PERSON, "好")


async def test_a_used_up_quota_stops_the_endpoint_until_midnight(
    api: WeChatApi, fake: FakeWeChat, clock: FixedClock
) -> None:
    fake.fail("send", 45009)
    for _ in range(2):
        with pytest.raises(PausedError) as paused:
            await api.send(PERSON, "好")
        assert paused.value.seconds == 12 * 3600
    assert fake.calls["send"] == 1
    clock.forward(timedelta(hours=12))
    fake.allow(PERSON)
    await api.send(PERSON, "早")
    assert fake.sent[PERSON] == ["早"]


def test_midnight_is_chinas() -> None:
    assert until_midnight(datetime(2022, 11, 1, 23, 59, 30, tzinfo=CHINA)) == 30


@pytest.mark.parametrize("endpoint", ["send", "stable_token"])
@pytest.mark.parametrize("transport", ["html502", "text200", "reset"])
async def test_transport_faults_are_temporary(api: WeChatApi, fake: FakeWeChat, endpoint: str, transport: str) -> None:
    fake.faults.queue(endpoint, Fault(transport=transport))  # type: ignore[arg-type]
    with pytest.raises(TemporaryError) as failed:
        await api.send(PERSON, "好")
    assert "access_token" not in str(failed.value)


async def test_a_server_that_hangs_is_given_up(
    api: WeChatApi, fake: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.wechat_api._TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    fake.faults.queue("send", Fault(transport="hang"))
    with pytest.raises(TemporaryError, match="network"):
        await api.send(PERSON, "好")


@pytest.mark.parametrize("body", [{}, {"access_token": ""}, {"access_token": "a", "expires_in": "soon"}])
async def test_a_token_answer_without_a_token_is_temporary(
    api: WeChatApi, fake: FakeWeChat, body: dict[str, object]
) -> None:
    fake.faults.queue("stable_token", Fault(body))
    with pytest.raises(TemporaryError, match="answer"):
        await api.send(PERSON, "好")


async def test_a_village_gets_its_code(api: WeChatApi, fake: FakeWeChat) -> None:
    url = await api.create_village_qr("v410324112201")
    assert list(fake.scenes.values()) == ["v410324112201"]
    assert url.endswith(next(iter(fake.scenes)))
    with pytest.raises(MisconfiguredError, match="40053"):
        await api.create_village_qr("村" * 65)
