"""Sending a message that nobody is waiting for: what every channel's sender offers and how it can fail.

The errors carry their meaning in attributes (``outcome``, ``code``, ``seconds``), so that a delivery can be decided
without knowing the channel.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal, Protocol

Outcome = Literal["window_closed", "unreachable", "paused", "temporary", "misconfigured"]
"""Why a message did not go out; see the errors of the same names."""


class SendError(Exception):
    """A message did not go out. ``code`` is short, fixed and names no person (``wechat:45015``)."""

    outcome: ClassVar[Outcome]

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WindowClosedError(SendError):
    """The channel lets us write only after the person has written: keep the message for the next inbound one."""

    outcome = "window_closed"


class UnreachableError(SendError):
    """This person cannot be reached here any more (blocked, unfollowed, unknown): do not try again."""

    outcome = "unreachable"


class PausedError(SendError):
    """The channel asks everybody to wait ``seconds`` before the next message."""

    outcome = "paused"

    def __init__(self, code: str, seconds: float) -> None:
        super().__init__(code)
        self.seconds = seconds


class TemporaryError(SendError):
    """Away for a moment; try again later. The message may have arrived (at least once)."""

    outcome = "temporary"


class MisconfiguredError(SendError):
    """The channel refuses our settings or the request itself: an operator has to look."""

    outcome = "misconfigured"


class Sender(Protocol):
    """Sends a text to one person on one channel."""

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Send ``text`` with ``choices`` as (id, label), split where the channel's limit asks for it.

        Raises:
            SendError: one of its five kinds.
        """
        ...
