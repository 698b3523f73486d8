"""Delivering one message: claim, send, write down what came of it. Policy lives here; the engine only calls."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Contact
from intake.sending import Outcome, PausedError, Sender, SendError
from notifications.claims import NO_SENDER, Claim, again, claim
from notifications.models import Attempt, Message, MessageState
from notifications.orders import Order, Queue
from notifications.policy import Policy
from notifications.render import render
from store.clock import Clock
from store.database import Database
from store.faults import where

log = logging.getLogger(__name__)

_FINAL: Mapping[str, MessageState] = {
    "sent": MessageState.SENT,
    "window_closed": MessageState.WAITING,
    "unreachable": MessageState.FAILED_PERMANENT,
    "misconfigured": MessageState.FAILED_TECHNICAL,
}


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of a try. ``pause`` is in seconds."""

    outcome: Literal["sent"] | Outcome
    code: str | None = None
    pause: float = 0.0


def uncounted(channel: str, outcome: str) -> None:
    """The counter that keeps no count."""


class Delivery:
    """Delivers messages by the senders handed in, one for each channel. ``jitter`` gives numbers from 0 to 1;
    ``count`` is told the channel and the outcome of every try, ``no_sender`` where there could be none."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        senders: Mapping[str, Sender],
        queue: Queue,
        *,
        jitter: Callable[[], float],
        policy: Policy | None = None,
        count: Callable[[str, str], None] = uncounted,
    ) -> None:
        self._database = database
        self._clock = clock
        self._senders = senders
        self._queue = queue
        self._jitter = jitter
        self._policy = policy or Policy()
        self._count = count
        self._missing: set[str] = set()

    async def deliver(self, message_id: int) -> None:
        """Try to send a message that is due; called again or twice at once, it does nothing more.

        No transaction is open while the channel is asked. A try that is cut off leaves the state ``sending``; whoever
        finds it stale sends again, as often as the policy allows.
        """
        async with self._database.write() as db:
            taken = await claim(db, message_id, self._clock.now(), self._policy, self._senders)
            if isinstance(taken, Order):
                await self._order(db, taken)
        if isinstance(taken, Order) and taken.channel not in self._senders:
            self._miss(taken.channel)
        if isinstance(taken, Claim):
            result = await self._send(taken)
            async with self._database.write() as db:
                await self._settle(db, taken, result)
            self._count(taken.channel, result.outcome)
            log.info("message %s attempt %s: %s %s", taken.message_id, taken.number, result.outcome, result.code or "")

    def _miss(self, channel: str) -> None:
        self._count(channel, NO_SENDER)
        if channel not in self._missing:
            self._missing.add(channel)
            log.error("no sender for %s: its messages wait until the channel is set up in this process", channel)

    async def _send(self, taken: Claim) -> _Result:
        try:
            text = render(taken.language, taken.template, taken.params)
            async with asyncio.timeout(self._policy.send):
                await self._senders[taken.channel].send(taken.address, text)
        except PausedError as error:
            return _Result(error.outcome, error.code, error.seconds)
        except SendError as error:
            return _Result(error.outcome, error.code)
        except TimeoutError:
            return _Result("temporary", "timeout")
        except Exception as error:  # a fault of ours: told without its words, which may hold personal data
            log.error("message %s: a fault in the sender of %s: %s", taken.message_id, taken.channel, where(error))
            return _Result("temporary", f"error:{type(error).__name__}"[:64])
        return _Result("sent")

    async def _settle(self, db: AsyncSession, taken: Claim, result: _Result) -> None:
        now = self._clock.now()
        message = await db.get_one(Message, taken.message_id, with_for_update=True)
        attempt = await db.get_one(Attempt, (taken.message_id, taken.number))
        overtaken = attempt.outcome is not None
        attempt.outcome, attempt.code, attempt.ended_at = result.outcome, result.code, now
        if result.outcome != "sent" and (overtaken or message.state != MessageState.SENDING.value):
            return  # another worker found us stale and took over; only good news counts now
        message.error = result.code
        state = _FINAL.get(result.outcome)
        if state is not None:
            message.state = state.value
            message.sent_at = now if state is MessageState.SENT else None
            if state is MessageState.WAITING:
                (await db.get_one(Contact, message.contact_id)).waiting = True
            return
        pause = await self._pause(db, taken, result)
        if pause is None:
            message.state = MessageState.FAILED_TECHNICAL.value
            return
        message.state, message.not_before = MessageState.CREATED.value, now + timedelta(seconds=pause)
        await self._order(db, again(message, taken.channel, pause))

    async def _pause(self, db: AsyncSession, taken: Claim, result: _Result) -> float | None:
        """How long until the next try; None when there have been enough. A paused channel uses up no try."""
        if result.outcome == "paused":
            return min(max(result.pause, 1.0), self._policy.longest_pause)
        await db.flush()
        failures = await db.scalar(
            select(func.count())
            .select_from(Attempt)
            .join(Message, Message.id == Attempt.message_id)
            .where(
                Attempt.message_id == taken.message_id,
                Attempt.number > Message.forgiven,
                Attempt.outcome == "temporary",
            )
        )
        return self._policy.wait(failures or 1, self._jitter)

    async def _order(self, db: AsyncSession, order: Order) -> None:
        await db.flush()
        await self._queue.enqueue(await db.connection(), [order])
