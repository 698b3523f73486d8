"""Loading divisions again: what is new is added, coordinates are put where the file has some."""

from sqlalchemy import select

from intake.county import Saved, save_divisions
from intake.divisions import Row
from intake.models import Division
from intake.unit import Units
from store.clock import FixedClock
from store.database import Database
from tests.world import SHIMEN, placed

ZHANG = "410324103212"


async def save(database: Database, clock: FixedClock, rows: list[Row]) -> Saved:
    """Load a file."""
    async with Units(database, clock).begin() as unit:
        return await save_divisions(unit.db, rows)


async def lies_at(database: Database) -> dict[str, tuple[float | None, float | None]]:
    """What is known."""
    async with database.read() as db:
        query = select(Division).where(Division.latitude.is_not(None) | Division.longitude.is_not(None))
        return {row.code: (row.latitude, row.longitude) for row in await db.scalars(query)}


async def test_coordinates_come_with_new_divisions_or_later(database: Database, clock: FixedClock) -> None:
    first = placed({SHIMEN: (33.901234567, 111.7)})
    assert await save(database, clock, first) == Saved(len(first), 1)
    assert await lies_at(database) == {SHIMEN: (33.901234567, 111.7)}
    second = placed({SHIMEN: (33.8, 111.6), ZHANG: (33.91, 111.72), "410324103": (33.9, 111.7)})
    assert await save(database, clock, second) == Saved(0, 3)
    assert await save(database, clock, second) == Saved(0, 0)
    assert (await lies_at(database))[SHIMEN] == (33.8, 111.6)


async def test_a_file_without_coordinates_leaves_those_that_are_there(database: Database, clock: FixedClock) -> None:
    await save(database, clock, placed({SHIMEN: (33.9, 111.7)}))
    assert await save(database, clock, placed({})) == Saved(0, 0)
    assert await save(database, clock, placed({ZHANG: (33.91, 111.72)})) == Saved(0, 1)
    assert await lies_at(database) == {SHIMEN: (33.9, 111.7), ZHANG: (33.91, 111.72)}
