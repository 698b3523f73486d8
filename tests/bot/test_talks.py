"""Every golden talk is what the bot says, on both databases."""

from pathlib import Path

import pytest

from bot.turns import BatchedTurns
from bot.world import County
from bot.world import World as BotWorld
from intake.places import Places
from store.clock import FixedClock
from store.database import Database
from tests.bot.talk import Talk, check
from tests.world import make_world, rows

TALKS = sorted((Path(__file__).parents[1] / "talks").glob("*.txt"))
PLACES = Places([row for row in rows() if row.code.startswith("410324")])


def bot_world() -> BotWorld:
    """栾川 in the season of 2022-2023."""
    county = County(("hail", "drought", "frost"), hotline="66789599", person="66789599")
    return BotWorld(PLACES, {"410324": county}, hotline="66789599", person="66789599")


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
async def test_the_talk_is_as_written(
    path: Path, database: Database, clock: FixedClock, request: pytest.FixtureRequest
) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await check(path, Talk(turns, clock), rewrite=request.config.getoption("--rewrite-talks"))
