"""A whole list with its bad rows, and a process that is killed in the middle of filing it: nothing lost, nothing twice."""

import asyncio
import signal
import sys
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.lists import county_list
from intake.events import verify
from intake.imports.filing import file_waiting
from intake.imports.kinds import RowState
from intake.models import Case, Household, ImportRow, Submission
from intake.reads.imports import contents
from store.clock import FixedClock
from store.database import Database
from tests.faces.workbooks import listed, number_of
from tests.intake.test_imports import count, lines, say_yes, stands, take
from tests.world import World, make_world

ROOT = Path(__file__).parents[2]
ROWS, BAD = 1000, 60
"""As 50,000 rows with 3,000 bad ones, which take a minute: ``python -m benchmarks.imports``."""

WORKER = """
import asyncio, sys
import store
from datetime import UTC, datetime
from intake.imports import filing
from intake.unit import Units
from store import cipher
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
cipher.bind(Keyring("a key for tests alone of 32 characters or more"))
filing.SOME = 1
units = Units(Database(sys.argv[1]), FixedClock(datetime(2022, 11, 1, 5, 0, tzinfo=UTC)))
asyncio.run(filing.file_waiting(units))
"""


async def test_of_a_thousand_rows_with_sixty_bad_ones_each_is_in_or_says_why(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    file_id = await take(world, county_list(ROWS, BAD), world.xian)
    assert await stands(world, file_id) == ("preview", {"good": ROWS - BAD, "refused": BAD})
    await say_yes(world, file_id, world.xian)
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": ROWS - BAD, "refused": BAD})
    async with database.read() as db:
        refused = [row async for row in contents(db, world.xian, file_id, [RowState.REFUSED])]
        numbers = sorted(await db.scalars(select(Household.id_number)))
    bad = {row["row"] - 2 for row in refused}
    assert len(bad) == BAD
    assert all([column for column, _, _ in row["reasons"]] == ["id_number"] for row in refused)
    assert numbers == sorted(number_of(at) for at in range(ROWS) if at not in bad)
    mended = [[*line[:1], number_of(at), *line[2:]] for at in sorted(bad) for line in lines(at, at)]
    again = await take(world, listed(*mended), world.xian)
    await say_yes(world, again, world.xian)
    assert await count(world, Case, Submission, Household) == [ROWS] * 3


async def test_a_process_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    world, households = await make_world(database, clock), 400
    file_id = await take(world, listed(*lines(1, households)))
    await say_yes(world, file_id)
    begun = (await count(world, Case))[0]
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, database_url, cwd=ROOT)
    async with asyncio.timeout(60):
        while (await count(world, Case))[0] < begun + 3:  # noqa: ASYNC110 - another process files
            await asyncio.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()
    left = await _unfiled(world, file_id)
    assert 0 < left < households - begun
    assert await count(world, Case, Submission) == [households - left] * 2
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": households})
    assert await count(world, Case, Submission, Household) == [households] * 3
    async with database.read() as db:
        assert isinstance(await verify(await db.connection()), int)


async def _unfiled(world: World, file_id: int) -> int:
    async with world.database.read() as db:
        waits = (ImportRow.file_id == file_id) & (ImportRow.state == RowState.GOOD.value)
        return await db.scalar(select(func.count()).select_from(ImportRow).where(waits)) or 0
