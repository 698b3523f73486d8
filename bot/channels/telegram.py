"""Telegram: the webhook, polling for machines without a public address, replies by ``sendMessage``."""

import asyncio
import hmac
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import orjson
from aiohttp import ClientSession, web
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.base import BadRequestError, Turns, TurnsBusyError
from bot.channels.counted import Count, uncounted
from bot.channels.limits import read_body
from bot.channels.telegram_read import NAME, parse, read_update
from bot.channels.telegram_request import AiohttpRequest
from bot.channels.telegram_send import TelegramSender
from bot.inbound import Inbound, Kind
from bot.reply import Reply
from intake.sending import PausedError, SendError, TemporaryError

API_BASE = "https://api.telegram.org"
UPDATES = ("message", "callback_query", "my_chat_member")

_BODY_LIMIT = 256 * 1024
_ANSWER_WITHIN = 5.0
"""Seconds that a webhook request waits for its replies to leave; they go on leaving after."""

_REMEMBERED = 10_000
"""Updates whose replies have left lately: when Telegram repeats one, nothing is sent a second time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """A bot. ``secret`` is the webhook's secret token (1–256 of ``A-Za-z0-9_-``); ``retry_seconds`` are the waits
    before each further try to send a reply."""

    token: str
    secret: str
    api_base: str = API_BASE
    retry_seconds: tuple[float, ...] = (0.5, 2.0)


def build_bot(settings: TelegramSettings, session: ClientSession) -> Bot:
    """The library's bot on ``session``. It is used without ``initialize()``, which would need Telegram to be there."""
    base, request = settings.api_base.rstrip("/"), AiohttpRequest(session)
    return Bot(
        settings.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=AiohttpRequest(session),
    )


class Telegram:
    """The channel."""

    def __init__(self, settings: TelegramSettings, turns: Turns, bot: Bot, *, count: Count = uncounted) -> None:
        """
        Raises:
            ValueError: no secret (anybody could write in anybody's name).
        """
        if not settings.secret:
            raise ValueError("the Telegram webhook needs a secret token")
        self._settings = settings
        self._turns = turns
        self._bot = bot
        self._count = count
        self.sender = TelegramSender(bot)
        self._tasks: set[asyncio.Task[None]] = set()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._done: OrderedDict[str, asyncio.Task[None]] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        """The webhook."""
        return [web.post("/channels/telegram", self._receive)]

    async def close(self) -> None:
        """Send what is still to be sent."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def set_webhook(self, public_url: str) -> None:
        """Tell Telegram where to deliver.

        Raises:
            TelegramError: Telegram refused or is away.
        """
        await self._bot.set_webhook(
            f"{public_url.rstrip('/')}/channels/telegram",
            secret_token=self._settings.secret,
            allowed_updates=UPDATES,
        )

    def read(self, secret: str, body: bytes) -> Update:
        """The update in a request.

        Raises:
            BadRequestError: 403 for a wrong secret, 400 for what is no update.
        """
        if not hmac.compare_digest(secret.encode(errors="replace"), self._settings.secret.encode()):
            raise BadRequestError(403, "signature")
        try:
            return parse(orjson.loads(body), self._bot)
        except orjson.JSONDecodeError as error:
            raise BadRequestError(400, "malformed") from error

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            body = await read_body(request, _BODY_LIMIT)
            update = self.read(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), body)
            sending = await self.take(update)
        except BadRequestError as error:
            self._count(NAME, error.reason)
            return web.Response(status=error.status)
        except TurnsBusyError:
            self._count(NAME, "busy")
            return web.Response(status=503)
        if sending is not None:
            await asyncio.wait((sending,), timeout=_ANSWER_WITHIN)
        return web.Response()

    async def take(self, update: Update) -> asyncio.Task[None] | None:
        """Take one update; the task that sends its replies, or nothing when nobody waits for one.

        Raises:
            TurnsBusyError: nothing was stored.
        """
        inbound = read_update(update)
        if inbound.input.kind is Kind.SILENT:
            self._count(NAME, "silent")
            return None
        if (before := self._done.get(inbound.message_id)) is not None:
            self._count(NAME, "repeated")
            return before
        if update.callback_query is not None:
            self._start(self._stop_spinner(update.callback_query.id))
        replies = await self._turns.take(inbound)
        if (before := self._done.get(inbound.message_id)) is not None:
            return before
        self._count(NAME, "answered")
        sending = self._done[inbound.message_id] = self._start(self._deliver(inbound, replies))
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        return sending

    async def _deliver(self, inbound: Inbound, replies: Sequence[Reply]) -> None:
        """Send the replies of one turn in order; a chat's turns do not overtake each other."""
        lock = self._locks.setdefault(inbound.address, asyncio.Lock())
        async with lock:
            for reply in replies:
                if not await self._try(inbound.address, reply):
                    return

    async def _try(self, address: str, reply: Reply) -> bool:
        """Send one reply, again after a short wait when Telegram is away."""
        for wait in (*self._settings.retry_seconds, None):
            try:
                await self.sender.reply(address, reply)
            except (TemporaryError, PausedError) as error:
                self._count(NAME, error.outcome)
                if wait is not None:
                    await asyncio.sleep(min(error.seconds, 60) if isinstance(error, PausedError) else wait)
                    continue
                _log.warning("a reply did not go out: %s", error.code)
            except SendError as error:
                self._count(NAME, error.outcome)
                _log.warning("a reply did not go out: %s", error.code)
            else:
                return True
            return False
        return False

    async def _stop_spinner(self, query_id: str) -> None:
        """The tapped button shows that it waits until it is answered; the answer itself is a message."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError:
            self._count(NAME, "spinner")

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
