"""Turns that WeChat is still waiting for.

WeChat drops the connection after five seconds and sends the same message up to three times, while the first is still
at work. So the turn runs once, apart from its request, and every request of the message asks here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.reply import Reply

_REMEMBERED = 30.0
"""Seconds to remember a message that was answered apart from its request; WeChat's three tries take fifteen."""


class PendingTurn:
    """One running turn. ``late``: its answer leaves by a custom message; ``rest_sent``: what did not fit has left."""

    __slots__ = ("late", "rest_sent", "task")

    def __init__(self, task: asyncio.Task[Sequence[Reply]]) -> None:
        self.task = task
        self.late = False
        self.rest_sent = False


class PendingTurns:
    """The running turns of one channel by message id, and the work that goes on after their requests."""

    def __init__(self, window: float | None) -> None:
        """``window``: seconds to wait for a turn; ``None`` waits until the channel hangs up and asks again."""
        self._window = window
        self._turns: dict[str, PendingTurn] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def wait(self, key: str, take: Callable[[], Coroutine[Any, Any, Sequence[Reply]]]) -> PendingTurn:
        """Start the turn of ``key`` unless it runs already, wait for it in the window, and mark it late after."""
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = PendingTurn(asyncio.get_running_loop().create_task(take()))
        if not turn.late and not turn.task.done():
            await asyncio.wait((turn.task,), timeout=self._window)
        return turn

    def forget(self, key: str) -> None:
        """The turn of ``key`` was answered in its request."""
        self._turns.pop(key, None)

    def remember(self, key: str) -> None:
        """Keep ``key`` until no retry can come, so that a retry sends nothing a second time."""
        asyncio.get_running_loop().call_later(_REMEMBERED, self.forget, key)

    def after(self, work: Awaitable[None]) -> None:
        """Do ``work`` apart from the request."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Wait for what is still to be sent."""
        while self._background:
            await asyncio.gather(*self._background, return_exceptions=True)
