"""The broom behind the engine: finds messages whose order was lost, or whose sender died, and orders them anew."""

from datetime import datetime, timedelta

from sqlalchemy import select

from intake.models import Contact
from notifications.claims import UNDER_WAY, again
from notifications.models import Message
from notifications.orders import Queue
from store.database import Database

OVERDUE = timedelta(minutes=10)
"""How long after it was due a message is taken up again."""

BATCH = 500


async def sweep(database: Database, queue: Queue, now: datetime) -> int:
    """Order every message anew that is overdue, at most :data:`BATCH`; how many there were.

    One that is still ``sending`` is found stale by its next delivery, which marks the lost attempt ``unknown``.
    """
    async with database.write() as db:
        rows = (
            await db.execute(
                select(Message, Contact.channel)
                .join(Contact, Contact.id == Message.contact_id)
                .where(Message.state.in_(UNDER_WAY), Message.not_before < now - OVERDUE)
                .order_by(Message.not_before)
                .limit(BATCH)
                .with_for_update(of=Message, skip_locked=True)
            )
        ).all()
        orders = [again(message, channel, 0.0) for message, channel in rows]
        for message, _channel in rows:
            message.not_before = now
        await db.flush()
        await queue.enqueue(await db.connection(), orders)
    return len(orders)
