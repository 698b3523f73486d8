"""A unit of work: one transaction, its point in time, and the journal of what happened in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.events import Journal, Listener
from store.clock import Clock
from store.database import Database


@dataclass(frozen=True, slots=True)
class Unit:
    """An open transaction. Everything done through it happens at ``now``, together, or not at all."""

    db: AsyncSession
    journal: Journal
    now: datetime


class Units:
    """Begins units of work; handed to every room that changes cases."""

    def __init__(self, database: Database, clock: Clock, listeners: Sequence[Listener] = ()) -> None:
        self.database = database
        self.clock = clock
        self.listeners = listeners

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """A unit that may change things: its events join the chain, its listeners write, then it commits."""
        async with self.database.write() as db:
            unit = Unit(db, Journal(self.listeners), self.clock.now())
            yield unit
            await db.flush()
            await unit.journal.flush(await db.connection())
