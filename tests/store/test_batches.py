"""The door of the turns: many short statements in one transaction, beside everybody else who writes."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import database as rooms
from store.database import Database

ADD = text("INSERT INTO policy_term (term, entry, weight) VALUES (:term, 'x', 0)")
COUNT = text("SELECT count(*) FROM policy_term")


async def _count(database: Database) -> int:
    async with database.read() as db:
        return int((await db.execute(COUNT)).scalar_one())


async def test_a_batch_commits_whole_or_not_at_all(database: Database) -> None:
    before = await _count(database)
    async with database.batch() as connection:
        await connection.execute(ADD, [{"term": "1"}, {"term": "2"}])
        with pytest.raises(IntegrityError):
            async with connection.begin_nested():
                await connection.execute(ADD, {"term": "3"})
                await connection.execute(ADD, {"term": "1"})
    assert await _count(database) == before + 2
    with pytest.raises(ZeroDivisionError):
        async with database.batch() as connection:
            await connection.execute(ADD, {"term": "4"})
            raise ZeroDivisionError
    assert await _count(database) == before + 2


async def test_all_who_write_take_turns(database: Database) -> None:
    before = await _count(database)

    async def one(number: int) -> None:
        door = (database.batch, database.connect)[number % 2]
        async with door() as connection:
            seen = (await connection.execute(COUNT)).scalar_one()
            await asyncio.sleep(0)
            await connection.execute(ADD, {"term": f"{number}: {seen}"})

    await asyncio.gather(*map(one, range(20)))
    assert await _count(database) == before + 20


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_waits_for_another_process_holds_up_nobody(database: Database) -> None:
    other = sqlite3.connect(str(database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.batch() as connection:
            await connection.execute(ADD, {"term": "waited"})

    writing = asyncio.create_task(write())
    for _ in range(5):
        await asyncio.sleep(0.02)
        assert await _count(database) >= 0, "readers go on"
        assert not writing.done()
    other.execute("ROLLBACK")
    other.close()
    await asyncio.wait_for(writing, 30)


async def test_who_never_gets_a_turn_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "PATIENCE", 0.05)
    database = Database(f"sqlite:///{tmp_path}/one.db")
    async with database.connect():
        with pytest.raises(TimeoutError):
            async with database.batch():
                pytest.fail("two at once")
    async with database.batch() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await database.close()
