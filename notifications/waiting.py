"""Messages that waited for the person to write again (the channel's window was closed)."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import Contact
from notifications.models import Message, MessageState
from notifications.orders import Order, Queue


async def resume_waiting(connection: AsyncConnection, queue: Queue, contact_id: int, now: datetime) -> int:
    """Order the delivery of every message that waits for this contact, who has just written; how many there are.

    Runs in the caller's transaction; call it when ``contact.waiting`` is set.
    """
    channel = await connection.scalar(
        update(Contact).where(Contact.id == contact_id).values(waiting=False).returning(Contact.channel)
    )
    if channel is None:
        return 0
    rows = (
        await connection.execute(
            update(Message)
            .where(Message.contact_id == contact_id, Message.state == MessageState.WAITING.value)
            .values(state=MessageState.CREATED.value, round=Message.round + 1, not_before=now)
            .returning(Message.id, Message.round)
        )
    ).all()
    await queue.enqueue(connection, [Order(row.id, row.round, channel) for row in sorted(rows)])
    return len(rows)
