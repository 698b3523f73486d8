"""An application that comes again under its own key, however late, is never filed twice and undoes nothing."""

from collections.abc import Sequence

from sqlalchemy import func, select

from intake.filing import Application, receive
from intake.models import Case, EventRow, Submission
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, NoScheme, Outcome
from store.clock import FixedClock
from store.database import Database
from tests.world import World, answers, days, make_contact, make_world


async def send(world: World, *sent: Application) -> Sequence[Outcome]:
    async with world.units.begin() as unit:
        return await receive(await unit.db.connection(), unit.journal, sent, unit.now)


async def counts(world: World) -> list[int]:
    async with world.database.read() as db:
        return [await db.scalar(select(func.count()).select_from(table)) or 0 for table in (Case, Submission, EventRow)]


async def test_the_same_key_again_is_the_same_case_and_nothing_more(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    one = Application("odk:1", await make_contact(world), "apply", 2, answers(1, world.village))
    (filed,) = await send(world, one)
    assert isinstance(filed, Filed)
    before = await counts(world)
    clock.forward(days(10))
    (again,) = await send(world, one)
    assert type(again) is FiledBefore
    assert again.number == filed.number
    assert await counts(world) == before


async def test_what_was_corrected_since_stays_corrected(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    first = Application("odk:1", contact, "apply", 2, answers(1, world.village))
    second = Application("odk:2", contact, "apply", 2, answers(1, world.village, household_size=6))
    await send(world, first)
    (corrected,) = await send(world, second)
    assert isinstance(corrected, Corrected)
    before = await counts(world)
    assert [type(outcome) for outcome in await send(world, first, second)] == [FiledBefore, FiledBefore]
    assert await counts(world) == before
    async with database.read() as db:
        assert (await db.scalars(select(Case.household_size))).all() == [6]


async def test_who_came_second_is_told_the_same_again(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, Application("odk:1", await make_contact(world), "apply", 2, answers(1, world.village)))
    second = Application("odk:2", await make_contact(world), "apply", 2, answers(1, world.village))
    first_time, second_time = await send(world, second), await send(world, second)
    assert first_time == second_time == [FiledByAnother(world.village)]
    assert (await counts(world))[1] == 2
    clock.forward(days(300))
    assert await send(world, second) == [NoScheme(world.village)]
