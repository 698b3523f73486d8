"""The look into the database after the kill finds what is missing, and only that."""

from benchmarks.kill import lost, not_one_case
from benchmarks.people import STEPS, Person
from benchmarks.signed import openid
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.world import make_world

RUN = 1_700_000_000


async def say(database: Database, clock: FixedClock, number: int, steps: int) -> None:
    """Let a made-up person send their first messages."""
    turns = BatchedTurns(database, clock, bot_world)
    for step, text in enumerate(Person.made_up(number).says[:steps]):
        await turns.take(Inbound("wechat", f"{number}-{step}", openid(RUN, number), Input(Kind.TEXT, text)))


async def test_an_acknowledged_answer_that_is_not_there_is_found(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    await make_world(database, clock)
    await say(database, clock, 1, 8)
    assert await lost(database_url, RUN, {1: 8}) == (6, [])
    assert await lost(database_url, RUN, {1: 9}) == (7, ["person 1 lost village"])
    assert "person 2 is not known after the kill" in (await lost(database_url, RUN, {1: 8, 2: 1}))[1]


async def test_a_household_without_a_case_is_found(database: Database, database_url: str, clock: FixedClock) -> None:
    await make_world(database, clock)
    await say(database, clock, 1, STEPS)
    await say(database, clock, 2, STEPS - 1)
    assert await lost(database_url, RUN, {1: STEPS, 2: STEPS - 1}) == (24, [])
    assert (await lost(database_url, RUN, {2: STEPS}))[1] == ["person 2 lost their application"]
    assert await not_one_case(database_url, {1: STEPS}) == []
    assert "person 2 has 0 cases" in await not_one_case(database_url, {1: STEPS, 2: STEPS})
