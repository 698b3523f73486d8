"""The index in the database: written once for each content, by however many processes."""

import asyncio

from sqlalchemy import func, select

from bot.models import PolicyContent, PolicyTerm
from bot.policy.content import entries
from bot.policy.index import digest, index
from bot.policy.weights import Weight, weights
from store.database import Database


async def written(database: Database) -> list[Weight]:
    async with database.reader.connect() as connection:
        rows = await connection.execute(select(PolicyTerm.term, PolicyTerm.entry, PolicyTerm.weight))
        assert await connection.scalar(select(func.count()).select_from(PolicyContent)) == 1
        return sorted(Weight(*row) for row in rows)


async def test_the_index_is_written_once_and_anew_when_the_content_changes(database: Database) -> None:
    assert await index(database)
    assert await written(database) == weights(entries().values())
    assert not await index(database)

    fewer = list(entries().values())[:3]
    assert await index(database, fewer)
    assert await written(database) == weights(fewer)
    assert await index(database, [])
    assert await written(database) == []
    assert await index(database)
    assert await written(database) == weights(entries().values())


async def test_processes_that_start_at_once_write_it_once(database: Database, database_url: str) -> None:
    processes = [Database(database_url) for _ in range(4)]
    try:
        wrote = await asyncio.gather(*(index(process) for process in processes))
    finally:
        for process in processes:
            await process.close()
    assert sorted(wrote) == [False, False, False, True]
    assert await written(database) == weights(entries().values())


async def test_two_releases_that_start_at_once_leave_the_index_of_one(database: Database, database_url: str) -> None:
    older = list(entries().values())[:10]
    other = Database(database_url)
    try:
        assert await asyncio.gather(index(database), index(other, older)) == [True, True]
    finally:
        await other.close()
    rows = await written(database)
    assert rows in (weights(entries().values()), weights(older))
    async with database.reader.connect() as connection:
        assert await connection.scalar(select(PolicyContent.digest)) == digest(rows)


def test_the_digest_changes_with_content_and_weights() -> None:
    rows = weights(entries().values())
    assert digest(rows) == digest(weights(entries().values()))
    assert digest(rows) != digest(rows[1:])
    assert digest(rows) != digest([rows[0]._replace(weight=1.0), *rows[1:]])
