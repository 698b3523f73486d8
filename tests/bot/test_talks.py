"""Every golden talk is what the bot says, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.policy.index import index
from bot.turns import BatchedTurns
from bot.world import County
from bot.world import World as BotWorld
from intake.places import Places
from store.clock import FixedClock
from store.database import Database
from tests.bot.talk import Talk, check
from tests.world import make_world, rows

FOLDER = Path(__file__).parents[1] / "talks"
SCRIPTS = sorted((FOLDER / "wechat").glob("*.txt"))
"""What people send is written once, in WeChat's files; Telegram's are made from them."""
PLACES = Places([row for row in rows() if row.code.startswith("410324")])


def bot_world() -> BotWorld:
    """栾川 in the season of 2022-2023."""
    county = County(("hail", "drought", "frost"), hotline="66789599", person="66789599")
    return BotWorld(PLACES, {"410324": county}, "66789599", "66789599", "https://nuandong.example.cn")


@pytest.mark.parametrize("channel", ["wechat", "telegram"])
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
async def test_the_talk_is_as_written(
    script: Path, channel: str, database: Database, clock: FixedClock, request: pytest.FixtureRequest
) -> None:
    world = await make_world(database, clock)
    await index(database)
    turns = BatchedTurns(database, clock, lambda: replace(bot_world(), places=world.places or PLACES))
    rewrite = request.config.getoption("--rewrite-talks")
    await check(FOLDER / channel / script.name, script, Talk(turns, clock, channel, world), rewrite=rewrite)


def test_every_script_is_walked_on_both_channels() -> None:
    assert [path.name for path in SCRIPTS] == [path.name for path in sorted((FOLDER / "telegram").glob("*.txt"))]
