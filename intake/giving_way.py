"""Who acts by chat gives way to officials at work on the same case.

A turn holds its contact before it asks for a case; an official holds the case and then writes to that contact. On
PostgreSQL the two could wait for each other in a ring, and it must not be the official who loses what they typed.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

_PATIENCE = text("SET LOCAL lock_timeout = '300ms'")  # well under deadlock_timeout, after which somebody is thrown out
_AS_BEFORE = text("SET LOCAL lock_timeout = DEFAULT")
_HELD = frozenset({"55P03", "40P01"})
"""PostgreSQL's codes for a lock that was not had in time, and for a ring."""


class BusyError(Exception):
    """An official is at work on the same case. Nothing was changed; in a minute it can be tried again."""


@asynccontextmanager
async def giving_way(db: AsyncSession) -> AsyncIterator[None]:
    """What is done inside waits only shortly for cases that others hold.

    Raises:
        BusyError: it waited in vain, and what was done inside is undone.
    """
    if db.get_bind().dialect.name != "postgresql":
        yield  # SQLite has one writer at a time
        return
    try:
        async with db.begin_nested():
            await db.execute(_PATIENCE)
            yield
            await db.flush()
            await db.execute(_AS_BEFORE)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _HELD:
            raise BusyError from error
        raise
