"""An order to deliver a message, and the queue that takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Order:
    """Deliver a message on its channel, in ``delay`` seconds at the earliest. An order with the same message and
    round is the same order."""

    message_id: int
    round: int
    channel: str
    delay: float = 0.0


class Queue(Protocol):
    """Takes orders durably."""

    async def enqueue(self, connection: AsyncConnection, orders: Sequence[Order]) -> None:
        """Take orders inside the caller's transaction: its commit makes them run, its rollback forgets them."""
        ...
