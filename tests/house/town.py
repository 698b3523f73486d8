"""The whole house as it is served: the demo county, WeChat and Telegram as fakes, browsers, people who write."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

from service.demo import Demo
from service.house import House, open_house
from service.senders import open_channels
from service.settings import read_settings
from service.web import build_application, start_delivery
from store.clock import SystemClock
from tests.admin.browser import Browser
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.wechat import Account, FakeWeChat
from tests.world import PASSWORD

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SECRET = "telegram-secret-of-the-tests"


class Person(Protocol):
    """Someone with a phone."""

    async def say(self, text: str) -> str:
        """Write; what is answered."""
        ...

    async def told(self, messages: int) -> list[str]:
        """The notifications that came by themselves, once there are so many."""
        ...


@dataclass
class Town:
    """A running house and its surroundings."""

    house: House
    demo: Demo
    server: TestServer
    wechat: FakeWeChat
    telegram: FakeTelegram
    http: ClientSession
    stack: AsyncExitStack

    async def browser(self, username: str) -> Browser:
        """The browser of an official who has signed in."""
        browser = Browser(self.server)
        self.stack.push_async_callback(browser.http.close)
        seen = await browser.sign_in(username)
        assert seen.path == "/admin/", seen.text
        return browser

    def url(self, path: str) -> str:
        """An address of the house."""
        return str(self.server.make_url(path))


async def _patiently(found: list[str], messages: int) -> None:
    async with asyncio.timeout(30):
        while len(found) < messages:  # noqa: ASYNC110 - the fake's list tells nobody when it grows
            await asyncio.sleep(0.1)


@dataclass
class WebPerson:
    """Someone at /chat."""

    town: Town

    async def say(self, text: str) -> str:
        return await self._send(text=text)

    async def scan(self, scene: str) -> str:
        """Open the page by a QR code."""
        return await self._send(scene=scene)

    async def _send(self, **message: str) -> str:
        body = {"id": str(uuid.uuid4())} | message
        async with self.town.http.post(self.town.url("/channels/web"), json=body) as response:
            assert response.status == 200
            replies = (await response.json())["replies"]
        return "\n".join(reply["text"] for reply in replies)

    async def told(self, messages: int) -> list[str]:
        async with asyncio.timeout(30):
            while True:
                async with self.town.http.get(self.town.url("/channels/web?after=0")) as response:
                    found = [message["text"] for message in (await response.json())["messages"]]
                if len(found) >= messages:
                    return found
                await asyncio.sleep(0.1)


@dataclass
class WeChatPerson:
    """A follower of the official account."""

    town: Town
    openid: str = "oFollower000000000000000001"

    async def say(self, text: str) -> str:
        wechat = self.town.wechat
        seen = await wechat.deliver(self.town.url("/channels/wechat"), wechat.text(self.openid, text))
        assert not seen.away
        return "\n".join(seen.texts)

    async def told(self, messages: int) -> list[str]:
        found = self.town.wechat.sent[self.openid]
        await _patiently(found, messages)
        return list(found)


@dataclass
class TelegramPerson:
    """Someone in a private chat with the bot."""

    town: Town
    chat: int = 4711
    answers: int = field(default=0)

    async def say(self, text: str) -> str:
        telegram = self.town.telegram
        update = telegram.message(self.chat, text=text)
        assert await telegram.deliver(self.town.url("/channels/telegram"), update, SECRET) == 200
        self.answers += 1
        await telegram.seen(self.chat, self.answers)
        texts = [str(message["text"]) for message in telegram.sent[str(self.chat)]]
        return [text for text in texts if "新消息" not in text][-1]

    async def told(self, messages: int) -> list[str]:
        await self.town.telegram.seen(self.chat, self.answers + messages)
        texts = [str(message["text"]) for message in self.town.telegram.sent[str(self.chat)]]
        return [text for text in texts if "新消息" in text]


@asynccontextmanager
async def open_town(
    database_url: str, *, aes: bool = False, begin: Callable[[House], Awaitable[None]] | None = None
) -> AsyncIterator[Town]:
    """Serve the demo as ``nuandong demo`` does; on PostgreSQL with the delivery of ``nuandong work`` in this process.
    ``begin`` fills the county in the place of the demo's story."""
    account = Account(aes_key=AES_KEY if aes else "")
    async with AsyncExitStack() as stack:
        wechat = await stack.enter_async_context(FakeWeChat(SystemClock(), account))
        telegram = await stack.enter_async_context(FakeTelegram())
        settings = read_settings(
            {
                "NUANDONG_DATABASE_URL": database_url,
                "NUANDONG_SECRET_KEY": "a key for tests alone of 32 characters or more",
                "NUANDONG_PUBLIC_URL": "http://127.0.0.1",
                "NUANDONG_DEMO_PASSWORD": PASSWORD,
                "NUANDONG_WECHAT_APP_ID": account.app_id,
                "NUANDONG_WECHAT_APP_SECRET": account.secret,
                "NUANDONG_WECHAT_TOKEN": account.token,
                "NUANDONG_WECHAT_AES_KEY": account.aes_key,
                "NUANDONG_WECHAT_API_BASE": wechat.base,
                "NUANDONG_TELEGRAM_TOKEN": TOKEN,
                "NUANDONG_TELEGRAM_SECRET": SECRET,
                "NUANDONG_TELEGRAM_API_BASE": telegram.base,
            }
        )
        demo = await stack.enter_async_context(Demo.open(settings))
        house = await stack.enter_async_context(open_house(settings, demo.clock, "tests@1"))
        if begin is not None:
            await begin(house)
        await demo.fill(house)
        app = await build_application(stack, house, demo=demo)
        if not house.database.is_sqlite:
            channels = await stack.enter_async_context(open_channels(house, receive=False))
            start_delivery(stack, house, channels)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        stack.push_async_callback(server.close)
        http = await stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        yield Town(house, demo, server, wechat, telegram, http, stack)
