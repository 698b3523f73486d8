"""``python -m benchmarks.imports``: a county's list of 50,000 rows, 3,000 of them bad, read, kept and filed on SQLite
and on PostgreSQL, while somebody else writes every 50 ms. ``--together`` files it in one transaction, to compare."""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from sqlalchemy import func, select

import store
from benchmarks.county import databases
from benchmarks.lists import county_list
from benchmarks.servers import SECRET
from intake.imports import filing
from intake.imports.deciding import confirm
from intake.imports.keeping import Sent, digest_of, keep, prepare
from intake.imports.kinds import Kind
from intake.models import Case, ImportFile
from service.list_book import ListBook
from service.world import KnownWorld
from store import cipher
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.world import create_tables, make_world

assert store.sqlite  # first of ours: it brings the SQLite that we trust

T = TypeVar("T")


class Other:
    """Somebody who writes meanwhile: how long they had to wait at the most, and how long the loop stood still."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.waited = self.stood = 0.0
        self._stop = False

    async def write(self) -> None:
        """A transaction every 50 ms."""
        while not self._stop:
            began = perf_counter()
            async with self.database.batch() as connection:
                await connection.execute(select(1))
            self.waited = max(self.waited, perf_counter() - began)
            began = perf_counter()
            await asyncio.sleep(0.05)
            self.stood = max(self.stood, perf_counter() - began - 0.05)

    async def beside(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do the work and say how long it took, and what the others felt of it."""
        self.waited, self.stood, self._stop = 0.0, 0.0, False
        writing = asyncio.create_task(self.write())
        began = perf_counter()
        done = await work()
        took = perf_counter() - began
        self._stop = True
        await writing
        felt = f"others waited {self.waited * 1000:6.0f} ms, the loop stood {self.stood * 1000:6.0f} ms"
        print(f"{name:>10} {took:7.1f} s   {felt}", flush=True)
        return done


async def measure(url: str, rows: int, bad: int, *, together: bool) -> None:
    """Import the list into a fresh database."""
    cipher.bind(Keyring(SECRET))
    database = Database(url)
    await create_tables(database)
    clock = FixedClock(noon())
    world = await make_world(database, clock)
    known = KnownWorld(database, clock)
    await known.refresh()
    lists, other = ListBook(known, clock), Other(database)
    body = county_list(rows, bad)
    print(f"{len(body) / 1024 / 1024:.1f} MiB, {rows} rows")
    book = await other.beside("read", lambda: lists.read(world.xian, Kind.APPLY, body, lambda _village: True))
    prepared = await other.beside("prepare", lambda: asyncio.to_thread(prepare, book))
    sent = Sent("list.xlsx", digest_of(body), Kind.APPLY, lists.version(Kind.APPLY))

    async def kept() -> int:
        async with world.units.begin() as unit:
            return (await keep(unit, world.xian, world.scheme_id, sent, prepared))[0]

    async def filed() -> None:
        filing.SOME = rows if together else filing.SOME
        async with world.units.begin() as unit:
            await confirm(unit, world.xian, file_id)
        await filing.file_waiting(world.units, seconds=3600)

    file_id = await other.beside("keep", kept)
    await other.beside("file", filed)
    async with database.read() as db:
        file = await db.get_one(ImportFile, file_id)
        cases = await db.scalar(select(func.count()).select_from(Case))
    assert (file.state, file.counts["refused"], cases) == ("done", bad, rows - bad)
    await database.close()


def noon() -> datetime:
    """Noon in China on a day of the season."""
    return datetime(2022, 11, 1, 4, 0, tzinfo=UTC)


def main() -> None:
    """Measure."""
    top = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    top.add_argument("--rows", type=int, default=50_000)
    top.add_argument("--bad", type=int, default=3_000)
    top.add_argument("--together", action="store_true")
    given = top.parse_args()
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder), with_postgresql=True) as found:
        for name, urls in found.items():
            print(name, flush=True)
            asyncio.run(measure(urls[0], given.rows, given.bad, together=given.together))


if __name__ == "__main__":
    main()
