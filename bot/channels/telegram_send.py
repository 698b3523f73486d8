"""Sending on Telegram, and what its errors mean for us."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import Capabilities, numbered
from bot.channels.split import split, utf16_units
from bot.reply import Choice, Reply, marked
from intake.sending import MisconfiguredError, PausedError, SendError, TemporaryError, UnreachableError

CAPABILITIES = Capabilities(text_bytes=4096, buttons=8, replies=10)
"""A text has at most 4,096 UTF-16 units, so 4,096 bytes always fit."""

_TEXT_UNITS = 4096
_DATA_BYTES = 64
_UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked", "bot can't initiate")


def failure(error: TelegramError) -> SendError:
    """The error that a Telegram error means. The library's ``BadRequest`` is a ``NetworkError``: order matters."""
    match error:
        case Forbidden():
            return UnreachableError("telegram:forbidden")
        case RetryAfter():
            return PausedError("telegram:retry_after", _seconds(error.retry_after))
        case InvalidToken():
            return MisconfiguredError("telegram:token")
        case ChatMigrated():
            return UnreachableError("telegram:migrated")
        case BadRequest():
            lost = error.message.lower().startswith(_UNREACHABLE)
            return UnreachableError("telegram:chat") if lost else MisconfiguredError("telegram:bad_request")
        case NetworkError():
            return TemporaryError("telegram:network")
    return TemporaryError("telegram:other")


def _seconds(after: int | timedelta) -> float:
    """The library gives one or the other by its version and environment."""
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The choices as buttons, one a line and numbered as in a list, so that a typed number means the same; nothing
    where buttons cannot carry them."""
    choices = reply.choices
    if not choices or reply.several or len(choices) > CAPABILITIES.buttons:
        return None
    if any(len(choice.id.encode()) > _DATA_BYTES for choice in choices):
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(f"{number}. {choice.label}", callback_data=choice.id)]
            for number, choice in marked(choices)
        ]
    )


class TelegramSender:
    """Sends to one chat. A sender (see :class:`intake.sending.Sender`)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Send ``text`` with ``choices`` as buttons where they fit.

        Raises:
            SendError: see :func:`failure`.
        """
        await self.reply(address, Reply(text, tuple(Choice(*choice) for choice in choices)))

    async def reply(self, address: str, reply: Reply) -> None:
        """Send one reply; the buttons stand under its last part.

        Raises:
            SendError: see :func:`failure`.
        """
        buttons = keyboard(reply)
        *first, last = split(reply.text if buttons else numbered(reply), _TEXT_UNITS, utf16_units) or ["…"]
        try:
            for part in first:
                await self._bot.send_message(int(address), part)
            await self._bot.send_message(int(address), last, reply_markup=buttons)
        except TelegramError as error:
            raise failure(error) from None
