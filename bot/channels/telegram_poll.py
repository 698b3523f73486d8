"""Telegram without a public address: fetch the updates instead of being called."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.channels.base import TurnsBusyError
from bot.channels.telegram import UPDATES, Telegram
from bot.channels.telegram_read import read_update
from bot.channels.telegram_send import failure
from intake.sending import PausedError

_UNKNOWN_TOKEN = 300
"""Seconds between two tries with a token that Telegram refuses."""

_LONG_POLL = 25
"""Seconds that Telegram holds the question open."""

_log = logging.getLogger(__name__)


async def poll(telegram: Telegram, bot: Bot, stop: asyncio.Event, *, pause: float = 1.0) -> None:
    """Fetch and take updates until ``stop``. A chat's updates are taken in order, chats side by side. What was not
    taken is fetched again; what is fetched twice is answered once. ``pause``: seconds after a first failure,
    doubled up to 30; a token that Telegram does not know is said in the log each five minutes.
    """
    offset, wait, webhook = 0, pause, True
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while not stop.is_set():
            fetching = asyncio.ensure_future(_fetch(bot, offset, webhook))
            await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                fetching.cancel()
                return
            try:
                updates = fetching.result()
                webhook = False
                await _take(telegram, updates)
                offset = updates[-1].update_id + 1 if updates else offset
                wait = pause
            except InvalidToken:
                _log.error("Telegram does not know NUANDONG_TELEGRAM_TOKEN; copy the token from @BotFather")
                await asyncio.wait((stopping,), timeout=_UNKNOWN_TOKEN)
            except (TelegramError, TurnsBusyError) as error:
                known = failure(error) if isinstance(error, TelegramError) else None
                _log.warning("polling: %s", known.code if known else "busy")
                seconds = known.seconds if isinstance(known, PausedError) else wait
                await asyncio.wait((stopping,), timeout=seconds)
                wait = min(wait * 2, 30)
    finally:
        stopping.cancel()


async def _fetch(bot: Bot, offset: int, webhook: bool) -> Sequence[Update]:
    """The next updates. Telegram gives none while a webhook is set, so ``webhook`` removes it first."""
    if webhook:
        await bot.delete_webhook()
    return await bot.get_updates(offset=offset, timeout=_LONG_POLL, allowed_updates=UPDATES)


async def _take(telegram: Telegram, updates: Sequence[Update]) -> None:
    """Take ``updates``, each chat's in order.

    Raises:
        TurnsBusyError: at least one was not stored.
    """
    chats: dict[str, list[Update]] = defaultdict(list)
    for update in updates:
        chats[read_update(update).address].append(update)
    taken = await asyncio.gather(*(_chat(telegram, one) for one in chats.values()), return_exceptions=True)
    for result in taken:
        if isinstance(result, BaseException):
            raise result


async def _chat(telegram: Telegram, updates: Sequence[Update]) -> None:
    for update in updates:
        await telegram.take(update)
