"""The event chain: every change leaves one event in the same transaction, bound to the one before by its hash.

Events carry codes and ids, never personal data, so that the chain can be kept, shown and copied.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import EventHead, EventRow

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is told because of an event: the catalog key of the text and its fields. ``key`` names the cause,
    so that it is told once. It is no part of the chain; what it says may be personal and is kept sealed."""

    contact_id: int
    key: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``actor`` is ``staff:7``, ``contact:9`` or ``clock``; ``subject`` is ``case:5``;
    ``data`` is plain JSON of codes and ids. ``letters`` are what people are told of it, beside what the procedure
    tells anyway."""

    at: datetime
    actor: str
    kind: str
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()

    @property
    def subject_id(self) -> int:
        """The number behind the colon of ``subject``."""
        return int(self.subject.partition(":")[2])


Listener = Callable[[AsyncConnection, Sequence[Event]], Awaitable[None]]
"""Called with the events of a transaction before it commits; what it writes commits with them."""


def link_hash(seq: int, event: Event, previous: bytes) -> bytes:
    """The hash of one link: over its number, its content and the hash of the link before."""
    body = [seq, event.at.astimezone(UTC).isoformat(), event.actor, event.kind, event.subject, dict(event.data)]
    return hashlib.sha256(previous + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).digest()


_HEAD = select(EventHead.seq, EventHead.hash).with_for_update()
_APPEND = insert(EventRow)
_MOVE = update(EventHead).values(seq=bindparam("last"), hash=bindparam("link"))


class Journal:
    """The events of one transaction. Collect with :meth:`add`, then :meth:`flush` once, last before the commit."""

    def __init__(self, listeners: Sequence[Listener] = ()) -> None:
        self._listeners = listeners
        self.events: list[Event] = []

    def add(self, event: Event) -> None:
        """Remember an event of this transaction."""
        self.events.append(event)

    async def flush(self, connection: AsyncConnection) -> None:
        """Append the events to the chain and let the listeners write what follows from them."""
        events, self.events = self.events, []
        if not events:
            return
        for listener in self._listeners:
            await listener(connection, events)
        head = (await connection.execute(_HEAD)).one()
        seq, previous = head.seq, head.hash
        rows = []
        for event in events:
            seq += 1
            link = link_hash(seq, event, previous)
            rows.append(
                {
                    "seq": seq,
                    "at": event.at,
                    "actor": event.actor,
                    "kind": event.kind,
                    "subject": event.subject,
                    "data": dict(event.data),
                    "previous": previous,
                    "hash": link,
                }
            )
            previous = link
        await connection.execute(_APPEND, rows)
        await connection.execute(_MOVE, {"last": seq, "link": previous})


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first place where the chain does not hold, and what is wrong there: ``gap``, ``changed``, ``head``."""

    seq: int
    fault: str


async def verify(connection: AsyncConnection) -> ChainBreak | int:
    """Walk the chain up to the end that it has now; the number of events if it holds, else the first break. Events
    that are added meanwhile do no harm."""
    head = (await connection.execute(select(EventHead.seq, EventHead.hash))).one()
    expected, previous = 0, GENESIS
    async for row in _rows(connection, head.seq):
        expected += 1
        if row.seq != expected:
            return ChainBreak(expected, "gap")
        event = Event(row.at, row.actor, row.kind, row.subject, row.data)
        if row.previous != previous or row.hash != link_hash(row.seq, event, previous):
            return ChainBreak(row.seq, "changed")
        previous = row.hash
    # Both in one statement: it sees the database at one moment, while events are added.
    ends = (await connection.execute(select(EventHead.seq, select(func.max(EventRow.seq)).scalar_subquery()))).one()
    holds = (head.seq, head.hash) == (expected, previous) and ends[0] == (ends[1] or 0)
    return expected if holds else ChainBreak(head.seq, "head")


async def _rows(connection: AsyncConnection, last: int) -> AsyncIterator[Any]:
    query = select(EventRow.__table__).where(EventRow.seq <= last).order_by(EventRow.seq)
    result = await connection.stream(query)
    async for row in result:
        yield row
