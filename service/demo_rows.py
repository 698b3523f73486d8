"""Rows of many tables, gathered and written together: each table in one statement."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event, Journal
from intake.models import (
    Approval,
    Batch,
    BatchAct,
    BatchLine,
    Case,
    Contact,
    Grant,
    Household,
    Need,
    Notice,
    NoticeCase,
    Objection,
    Payment,
    PaymentLine,
    PaymentList,
    PaymentRelease,
    Review,
    Submission,
    Vote,
)
from store.base import Base
from store.ids import numbered_id

_ORDER: tuple[type[Base], ...] = (
    Contact,
    Submission,
    Household,
    Case,
    Need,
    Grant,
    Review,
    Vote,
    Notice,
    NoticeCase,
    Objection,
    Approval,
    Batch,
    BatchLine,
    BatchAct,
    PaymentList,
    PaymentLine,
    PaymentRelease,
    Payment,
)
"""What a row refers to is written before it."""


class Rows:
    """What has been gathered; events join the chain when it is written, in the order of their instants."""

    def __init__(self) -> None:
        self._made = 0
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._events: list[Event] = []

    def new_id(self, at: datetime) -> int:
        """An id of this instant that no other row has."""
        self._made += 1
        return numbered_id(at, self._made % (1 << 22))

    def add(self, table: type[Base], **row: Any) -> dict[str, Any]:
        """A row, which may still be changed until it is written; ``pass_`` is the column ``pass``."""
        made = {name.rstrip("_"): value for name, value in row.items()}
        self._rows[table].append(made)
        return made

    def tell(self, at: datetime, actor: str, kind: str, subject: str, **data: Any) -> None:
        """An event."""
        self._events.append(Event(at, actor, kind, subject, data))

    async def write(self, connection: AsyncConnection) -> None:
        """Write everything and begin anew."""
        for table in _ORDER:
            if rows := self._rows.pop(table, []):
                await connection.execute(insert(table), rows)
        journal = Journal()
        journal.events = sorted(self._events, key=lambda event: event.at)
        self._events = []
        await journal.flush(connection)
