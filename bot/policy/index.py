"""Writing the index of the policy answers into the database, when the content is another than that of the index."""

from collections.abc import Iterable
from hashlib import sha256

import orjson
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import PolicyContent, PolicyTerm
from bot.policy.content import entries
from bot.policy.entry import Entry
from bot.policy.weights import Weight, weights
from store.database import Database

_ROW = 1
_CLAIM = text("INSERT INTO policy_content (id, digest) VALUES (1, '') ON CONFLICT DO NOTHING")
_DIGEST = select(PolicyContent.digest).where(PolicyContent.id == _ROW)


def digest(rows: Iterable[Weight]) -> str:
    """What tells one index from another, in hexadecimal: it changes with the content and with how it is weighed."""
    return sha256(orjson.dumps([tuple(row) for row in rows])).hexdigest()


async def index(database: Database, content: Iterable[Entry] | None = None) -> bool:
    """Make the database's index that of ``content`` (this release's); says whether it was written anew.

    Any number of processes may start at once: one writes, the others wait for its row and find nothing left to do.
    """
    rows = weights(entries().values() if content is None else content)
    wanted = digest(rows)
    async with database.reader.connect() as connection:
        if await connection.scalar(_DIGEST) == wanted:
            return False
    async with database.connect() as connection:
        return await _write(connection, rows, wanted)


async def _write(connection: AsyncConnection, rows: list[Weight], wanted: str) -> bool:
    await connection.execute(_CLAIM)
    if await connection.scalar(_DIGEST.with_for_update()) == wanted:
        return False
    await connection.execute(delete(PolicyTerm))
    if rows:
        await connection.execute(insert(PolicyTerm), [row._asdict() for row in rows])
    await connection.execute(update(PolicyContent).where(PolicyContent.id == _ROW).values(digest=wanted))
    return True
