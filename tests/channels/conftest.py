"""Fixtures of the channels: a clock, a counter, WeChat in both modes with a running webhook."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.channels.wechat import WeChat, WeChatSettings
from bot.channels.wechat_api import WeChatApi
from store.clock import FixedClock
from tests.channels.stub import Counter, StubTurns, application
from tests.fakes.wechat import Account, FakeWeChat

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


class Talk:
    """A WeChat account with its fake server, our channel, and the webhook's address."""

    def __init__(self, fake: FakeWeChat, channel: WeChat, turns: StubTurns, count: Counter, url: str) -> None:
        self.fake = fake
        self.channel = channel
        self.turns = turns
        self.count = count
        self.url = url


@pytest.fixture
def turns() -> StubTurns:
    """Turns that answer at once."""
    return StubTurns()


@pytest.fixture
def count() -> Counter:
    """A counter."""
    return Counter()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture(params=["plain", "aes"])
def account(request: pytest.FixtureRequest) -> Account:
    """An account in each mode."""
    return Account(aes_key=AES_KEY if request.param == "aes" else "")


@pytest.fixture
async def talk(
    account: Account, clock: FixedClock, turns: StubTurns, count: Counter, session: aiohttp.ClientSession
) -> AsyncIterator[Talk]:
    """A running channel with custom messages and a window of 0.2 seconds."""
    settings = WeChatSettings(account.app_id, account.token, account.aes_key, window_seconds=0.2)
    async with FakeWeChat(clock, account) as fake:
        api = WeChatApi(account.app_id, account.secret, session, clock, base=fake.base)
        channel = WeChat(settings, turns, clock, sender=api, count=count)
        async with TestServer(application(channel.routes()), host="127.0.0.1") as server:
            yield Talk(fake, channel, turns, count, str(server.make_url("/channels/wechat")))
            await channel.close()
