"""The only place where a message meets the database: one batch of messages, one transaction.

A batch is whatever has arrived while the one before was being written; nobody waits for company. Its messages are
claimed, its sessions locked and advanced in order of arrival, and only after the commit do replies leave.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.batch import Batch, Spoke, nobody_waits
from bot.channels.base import TurnsBusyError
from bot.inbound import Inbound
from bot.policy.search import Search, search
from bot.reply import Reply
from bot.world import World
from intake.events import Listener
from store.clock import Clock
from store.database import Database
from store.faults import where

log = logging.getLogger(__name__)

Pending = tuple[Inbound, "asyncio.Future[Sequence[Reply]]"]


class BatchedTurns:
    """Takes messages from every channel and answers them when they are durable.

    Args:
        world: gives the present :class:`World`, loaded by the host.
        spoke: called inside the transaction for a contact that wrote and has messages waiting for that.
        policy: finds the policy answers nearest to a question.
        largest: messages in one transaction at the most; ``longest``: messages that may wait, beyond which the
            channel is told to come back.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        world: Callable[[], World],
        listeners: Sequence[Listener] = (),
        *,
        spoke: Spoke = nobody_waits,
        policy: Search = search,
        largest: int = 256,
        longest: int = 5000,
    ) -> None:
        self._database = database
        self._clock = clock
        self._world = world
        self._listeners = listeners
        self._spoke = spoke
        self._policy = policy
        self._largest = largest
        self._longest = longest
        self._waiting: list[Pending] = []
        self._worker: asyncio.Task[None] | None = None

    async def take(self, inbound: Inbound) -> Sequence[Reply]:
        """Answer a message once it is durable; the same message again gets the same replies.

        Raises:
            TurnsBusyError: nothing was stored; the channel may deliver it again.
        """
        if len(self._waiting) >= self._longest:
            raise TurnsBusyError
        future: asyncio.Future[Sequence[Reply]] = asyncio.get_running_loop().create_future()
        self._waiting.append((inbound, future))
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        return await future

    async def close(self) -> None:
        """Finish what has been taken."""
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
                await self._answer(batch)
        finally:
            self._worker = None

    async def _answer(self, batch: list[Pending], tries: int = 2) -> None:
        try:
            replies = await self._commit([inbound for inbound, _ in batch])
        except Exception as error:
            if _is_away(error) or (len(batch) == 1 and tries == 1):
                log.error("%d turns could not be stored: %s", len(batch), where(error))
                _refuse(batch)
            elif len(batch) == 1:  # another process may have met the same stranger, or filed the same household
                await self._answer(batch, tries - 1)
            else:  # one of them may be at fault: give the others their answer
                for pending in batch:
                    await self._answer([pending])
            return
        for (_, future), answer in zip(batch, replies, strict=True):
            if not future.done():
                future.set_result(answer)

    async def _commit(self, inbounds: list[Inbound]) -> list[Sequence[Reply]]:
        async with self._database.batch() as connection:
            batch = Batch(connection, self._clock.now(), self._world(), self._listeners, self._spoke, self._policy)
            return await batch.answer(inbounds)


def _is_away(error: Exception) -> bool:
    """Whether the database itself is gone, so that trying each message by itself would only take long."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, OSError | TimeoutError | PoolTimeoutError)


def _refuse(batch: list[Pending]) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(TurnsBusyError())
