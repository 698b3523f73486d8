"""What an operator may look at and order again once a fault is mended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intake.models import Contact
from notifications.claims import again
from notifications.models import Attempt, Message, MessageState
from notifications.orders import Queue
from store.database import Database

GIVEN_UP = (MessageState.FAILED_TECHNICAL.value, MessageState.UNKNOWN.value)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages of a channel are in a state, with the same last error code."""

    channel: str
    state: str
    error: str
    messages: int


async def counts(database: Database) -> list[Count]:
    """All messages, counted by channel, state and error."""
    error = func.coalesce(Message.error, "")
    query = (
        select(Contact.channel, Message.state, error, func.count())
        .join(Contact, Contact.id == Message.contact_id)
        .group_by(Contact.channel, Message.state, error)
        .order_by(Contact.channel, Message.state, error)
    )
    async with database.read() as db:
        return [Count(*row) for row in await db.execute(query)]


async def retry(database: Database, queue: Queue, now: datetime) -> int:
    """Order every message again that failed through a fault of ours, or may not have arrived, as if it had never been
    tried; how many there were. Someone whose message was ``unknown`` may read it twice."""
    done = 0
    while found := await _some(database, queue, now):
        done += found
    return done


async def _some(database: Database, queue: Queue, now: datetime) -> int:
    async with database.write() as db:
        rows = (
            await db.execute(
                select(Message, Contact.channel)
                .join(Contact, Contact.id == Message.contact_id)
                .where(Message.state.in_(GIVEN_UP))
                .order_by(Message.id)
                .limit(BATCH)
                .with_for_update(of=Message)
            )
        ).all()
        tried = select(Attempt.message_id, func.max(Attempt.number)).group_by(Attempt.message_id)
        tried = tried.where(Attempt.message_id.in_([message.id for message, _ in rows]))
        last = {row[0]: row[1] for row in await db.execute(tried)}
        for message, _ in rows:
            message.state, message.not_before = MessageState.CREATED.value, now
            message.forgiven = last.get(message.id, 0)
        orders = [again(message, channel, 0.0) for message, channel in rows]
        await db.flush()
        await queue.enqueue(await db.connection(), orders)
    return len(rows)
