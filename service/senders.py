"""The channels that are switched on: their routes for people's messages, and their senders for ours."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import ClientSession, web
from telegram import Bot
from telegram.error import TelegramError

from admin.context import SceneLink, VillageLink
from bot.channels.telegram import Telegram, TelegramSettings, build_bot
from bot.channels.telegram_media import TelegramMedia
from bot.channels.telegram_poll import poll
from bot.channels.web import Web, WebSettings
from bot.channels.web_media import KeptUploads
from bot.channels.wechat import WeChat, WeChatSettings
from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_media import WeChatMedia
from bot.faces.handing import API
from bot.inbound import IMPORTS
from intake.fetching import MediaSource
from intake.imports.kinds import CHANNEL
from intake.sending import Sender, TemporaryError, UnreachableError
from notifications.web import WebInbox, WebSender
from service.house import House
from store.clock import SystemClock
from store.faults import where

log = logging.getLogger(__name__)

QR_DAYS = 30
"""How long a village's QR code of WeChat works; WeChat gives no more."""


class OneWay:
    """The sender of a channel on which nobody can be told anything: programs, imported forms, paper."""

    def __init__(self, channel: str) -> None:
        self._code = f"{channel}:one_way"

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """See :class:`intake.sending.Sender`.

        Raises:
            UnreachableError: always.
        """
        raise UnreachableError(self._code)


@dataclass(slots=True)
class Channels:
    """Senders and sources of photos by channel, the routes of the channels' webhooks, and what asks WeChat for the link
    of a village."""

    senders: dict[str, Sender] = field(default_factory=dict)
    sources: dict[str, MediaSource] = field(default_factory=dict)
    routes: list[web.RouteDef] = field(default_factory=list)
    village_link: Callable[[str], Awaitable[VillageLink]] | None = None
    scene_links: dict[str, SceneLink] = field(default_factory=dict)


@asynccontextmanager
async def open_channels(house: House, *, receive: bool) -> AsyncIterator[Channels]:
    """The channels of the settings; with ``receive`` they also take messages. Closing finishes what is under way.

    WeChat's timestamps are held against the machine's clock, never a demo's.
    """
    channels = Channels()
    logging.getLogger("telegram").setLevel(logging.INFO)  # its DEBUG lines hold what people wrote
    async with ClientSession() as session:
        channels.senders |= {name: OneWay(name) for name in (API, IMPORTS, CHANNEL)}
        _web(house, channels)
        closers: list[WeChat | Telegram] = []
        if house.settings.has_wechat:
            closers.append(_wechat(house, channels, session))
        poller: asyncio.Task[None] | None = None
        stop = asyncio.Event()
        if house.settings.has_telegram:
            telegram, poller = _telegram(house, channels, session, stop if receive else None)
            closers.append(telegram)
        try:
            yield channels
        finally:
            stop.set()
            if poller is not None:
                await poller
            for channel in closers:
                await channel.close()


def _web(house: House, channels: Channels) -> None:
    inbox = WebInbox(house.database)
    settings = WebSettings(house.settings.public_url, house.world().hotline)
    uploads = KeptUploads(house.database, house.clock)
    channel = Web(settings, house.turns, uploads, pushed=inbox.pushed, count=house.metrics.count)
    channels.senders["web"] = WebSender()
    channels.routes += channel.routes()


def _wechat(house: House, channels: Channels, session: ClientSession) -> WeChat:
    settings = house.settings
    api: WeChatApi | None = None
    if settings.wechat_app_secret:
        api = WeChatApi(
            settings.wechat_app_id,
            settings.wechat_app_secret,
            session,
            SystemClock(),
            base=settings.wechat_api_base,
        )
        channels.senders["wechat"] = api
        channels.sources["wechat"] = WeChatMedia(api)
        channels.village_link = village_links(api)
        channels.scene_links["wechat"] = scene_links(api)
    account = WeChatSettings(
        app_id=settings.wechat_app_id,
        token=settings.wechat_token,
        aes_key=settings.wechat_aes_key,
        plain_allowed=settings.wechat_plain_allowed,
        fresh_seconds=settings.wechat_fresh_seconds,
    )
    channel = WeChat(account, house.turns, SystemClock(), sender=api, count=house.metrics.count)
    channels.routes += channel.routes()
    return channel


def village_links(api: WeChatApi) -> Callable[[str], Awaitable[VillageLink]]:
    """What gives a village's link, by its code, and raises ``SendError`` where WeChat gives none."""

    async def link(village: str) -> VillageLink:
        until = SystemClock().now() + timedelta(days=QR_DAYS)
        return VillageLink(await api.create_village_qr(f"v{village}", QR_DAYS), until)

    return link


def scene_links(api: WeChatApi) -> SceneLink:
    """What gives WeChat's link for a scene that is used today."""

    async def link(scene: str) -> str:
        return await api.create_village_qr(scene, days=1)

    return link


def deep_links(bot: Bot) -> SceneLink:
    """What gives Telegram's deep link for a scene; the bot's name is asked for each time, for it is rarely needed."""

    async def link(scene: str) -> str:
        try:
            me = await bot.get_me()
        except TelegramError:
            raise TemporaryError("telegram:getMe") from None  # its text may hold the token
        return f"https://t.me/{me.username}?start={scene}"

    return link


def _telegram(
    house: House, channels: Channels, session: ClientSession, stop: asyncio.Event | None
) -> tuple[Telegram, asyncio.Task[None] | None]:
    settings = TelegramSettings(
        house.settings.telegram_token,
        house.settings.telegram_secret or house.keyring.sign("telegram", b"secret").hex(),
        house.settings.telegram_api_base,
    )
    bot = build_bot(settings, session)
    channel = Telegram(settings, house.turns, bot, count=house.metrics.count)
    channels.senders["telegram"] = channel.sender
    channels.sources["telegram"] = TelegramMedia(bot, session)
    channels.scene_links["telegram"] = deep_links(bot)
    channels.routes += channel.routes()
    if stop is None:
        return channel, None
    if house.settings.telegram_polling:
        return channel, asyncio.create_task(poll(channel, bot, stop))
    return channel, asyncio.create_task(_announce(channel, house.settings.public_url))


async def _announce(channel: Telegram, public_url: str) -> None:
    try:
        await channel.set_webhook(public_url)
    except Exception as error:
        log.warning("Telegram does not know our webhook yet: %s", where(error))
