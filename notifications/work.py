"""What the engine works for: the application's functions, called on the application's own event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from store.faults import where

Job = Callable[[], Awaitable[object]]
Deliver = Callable[[int], Awaitable[None]]


class EngineError(Exception):
    """Work failed, or could not begin. The message is the kind of the error and its place in our code: the engine
    stores and logs it, and an error's own words may hold personal data."""


class Work:
    """``deliver`` takes a message id; ``jobs`` are for each minute. Made on the event loop where the application's
    database connections live; the engine has threads and a loop of its own."""

    def __init__(self, deliver: Deliver, jobs: Sequence[Job]) -> None:
        self.deliver = deliver
        self.jobs = jobs
        self._loop = asyncio.get_running_loop()
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def at_home(self, job: Job) -> None:
        """Run a job on the application's loop. Once begun it goes on there, even when the engine stops waiting.

        Raises:
            EngineError: the job failed.
        """
        begun = asyncio.run_coroutine_threadsafe(self._run(job), self._loop)
        error = await asyncio.shield(asyncio.wrap_future(begun))
        if error is not None:
            raise EngineError(error)

    async def _run(self, job: Job) -> str | None:
        self._running += 1
        self._idle.clear()
        try:
            await job()
        except Exception as error:
            return where(error)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()
        return None

    async def finish(self, patience: float) -> None:
        """Wait until nothing runs any more, at most ``patience`` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), patience)
