"""Taking a message to send it: at most one worker at a time, oldest first for each person."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Contact
from notifications.models import Attempt, Message, MessageState
from notifications.orders import Order
from notifications.policy import Policy
from store.types import Instant

UNDER_WAY = (MessageState.CREATED.value, MessageState.SENDING.value)
UNKNOWN = "unknown"
NO_SENDER = "no_sender"
"""The code of a message whose channel has no sender in the settings: a mended setting delivers it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send now, as attempt ``number``."""

    message_id: int
    number: int
    channel: str
    address: str
    language: str
    template: str
    params: dict[str, Any]


async def claim(
    db: AsyncSession, message_id: int, now: datetime, policy: Policy, channels: Container[str]
) -> Claim | Order | None:
    """Take a message: its state becomes ``sending`` and an attempt is written before anything leaves.

    An :class:`Order` says to come back later (it is not due, another worker has it, its channel is not among the
    ``channels`` that have a sender, or an older message to the same person is on its way); None that there is nothing
    to do.
    """
    message = await db.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None or message.state not in UNDER_WAY:
        return None
    contact = await db.get_one(Contact, message.contact_id)
    if message.not_before > now:
        return again(message, contact.channel, (message.not_before - now).total_seconds())
    if message.state == MessageState.SENDING.value and not await _may_repeat(db, message, now, policy):
        message.state = MessageState.UNKNOWN.value
        return None
    if contact.channel not in channels:
        pause = policy.wait_for_sender(message.round)
        message.state, message.error = MessageState.CREATED.value, NO_SENDER
        message.not_before = now + timedelta(seconds=pause)
        return again(message, contact.channel, pause)
    ahead = await _ahead(db, message, now, policy)
    if ahead is not None:
        message.state = MessageState.CREATED.value
        return again(message, contact.channel, max(policy.behind, (ahead - now).total_seconds()))
    last = await db.scalar(select(func.max(Attempt.number)).where(Attempt.message_id == message.id))
    number = (last or 0) + 1
    message.state, message.not_before = MessageState.SENDING.value, now + timedelta(seconds=policy.stale)
    db.add(Attempt(message_id=message.id, number=number, started_at=now))
    return Claim(
        message.id, number, contact.channel, contact.address, contact.language, message.template, message.params
    )


def again(message: Message, channel: str, delay: float) -> Order:
    """The next order for a message."""
    message.round += 1
    return Order(message.id, message.round, channel, delay)


async def _may_repeat(db: AsyncSession, message: Message, now: datetime, policy: Policy) -> bool:
    """Mark the attempt that was cut off; whether the message may be sent once more."""
    cut_off = list(
        await db.scalars(
            select(Attempt).where(
                Attempt.message_id == message.id,
                Attempt.number > message.forgiven,
                (Attempt.outcome == UNKNOWN) | Attempt.outcome.is_(None),
            )
        )
    )
    for attempt in cut_off:
        if attempt.outcome is None:
            attempt.outcome, attempt.ended_at = UNKNOWN, now
    return len(cut_off) <= policy.repeats


async def _ahead(db: AsyncSession, message: Message, now: datetime, policy: Policy) -> datetime | None:
    """When to look again for the last older message to the same person, if one is on its way: at once when it is
    being sent, else when it is due. One that has been stuck for the whole of ``patience`` holds up nobody."""
    sending = Message.state == MessageState.SENDING.value
    found: datetime | None = await db.scalar(
        select(func.max(case((sending, literal(now, Instant)), else_=Message.not_before))).where(
            Message.contact_id == message.contact_id,
            Message.number < message.number,
            Message.state.in_(UNDER_WAY),
            Message.not_before > now - timedelta(seconds=policy.patience),
        )
    )
    return found
