"""What a channel can show, and what every channel offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.inbound import Inbound
from bot.reply import Reply, marked


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show. ``text_bytes``: longest text message in UTF-8 bytes. ``buttons``: how many choices
    can be tapped (0: only the numbered list). ``replies``: messages that may answer one turn."""

    text_bytes: int
    buttons: int
    replies: int


class BadRequestError(Exception):
    """A request that is not a message of the channel. ``status`` is the HTTP status, ``reason`` a short fixed word
    that names the counter (``signature``, ``stale``, ``malformed``, ``too_large`` …) and never quotes the request."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Turns(Protocol):
    """Takes a message, returns the replies after they are durable. A retry gets the stored replies again."""

    async def take(self, inbound: Inbound) -> Sequence[Reply]:
        """Answer ``inbound``.

        Raises:
            TurnsBusyError: the database is away or the queue is full; the channel should say 503.
        """
        ...


class TurnsBusyError(Exception):
    """The message could not be made durable; nothing was stored, the channel may retry."""


def numbered(reply: Reply) -> str:
    """The reply as plain text: its text, then one numbered line per choice."""
    if not reply.choices:
        return reply.text
    lines = (f"{number}. {choice.label}" for number, choice in marked(reply.choices))
    return "\n".join((reply.text, *lines))
