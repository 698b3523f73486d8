"""An application becomes one case, whoever sends it and however often."""

import pytest
from sqlalchemy import func, select, update

from intake.filing import Application, receive
from intake.models import Case, EventRow, Household, Need, Submission
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, NoScheme, Outcome
from store.clock import FixedClock
from store.database import Database
from tests.world import World, answers, days, make_contact, make_world


async def send(world: World, *applications: Application) -> list[Outcome]:
    """File applications in one unit."""
    async with world.units.begin() as unit:
        return await receive(await unit.db.connection(), unit.journal, applications, unit.now)


def application(world: World, contact: int, number: int, key: str, **changes: object) -> Application:
    """One made-up household's application."""
    return Application(key, contact, "apply", 1, answers(number, world.village) | changes)


async def test_a_new_household_becomes_a_case(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    (outcome,) = await send(world, application(world, contact, 1, "a"))
    assert isinstance(outcome, Filed)
    assert outcome.number == "410324-2022-00001"
    assert outcome.hit
    async with database.read() as db:
        case = (await db.scalars(select(Case))).one()
        need = (await db.scalars(select(Need))).one()
        event = (await db.scalars(select(EventRow))).one()
    assert (case.persons_in_need, case.reason, need.state) == (3, "冰雹打坏了玉米，粮食不够吃", "applied")
    assert (event.kind, event.subject) == ("case.filed", f"case:{case.id}")


async def test_filling_the_form_in_again_before_the_review_corrects_it(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    (first,) = await send(world, application(world, contact, 1, "a", disasters=["flood"]))
    clock.forward(days(1))
    changes = {"disasters": ["hail"], "persons_in_need": 1, "phone": "+8613800009999", "head": "王建军"}
    (second,) = await send(world, application(world, contact, 1, "b", **changes))
    assert isinstance(first, Filed)
    assert second == Corrected(first.case_id, first.number, clock.now() - days(1), world.village)
    async with database.read() as db:
        case = (await db.scalars(select(Case))).one()
        household = (await db.scalars(select(Household))).one()
        sent = {row.id: row.content["answers"]["disasters"] for row in await db.scalars(select(Submission))}
        kinds = list(await db.scalars(select(EventRow.kind).order_by(EventRow.seq)))
    assert (case.disasters, case.persons_in_need) == (["hail"], 1)
    assert (household.head, household.phone) == ("王建军", "+8613800009999")
    assert sorted(sent.values()) == [["flood"], ["hail"]]
    assert sent[case.submission_id] == ["hail"]
    assert kinds == ["case.filed", "case.again", "case.corrected"]


async def test_once_the_village_has_reviewed_it_the_application_is_only_shown(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    (first,) = await send(world, application(world, contact, 1, "a"))
    assert isinstance(first, Filed)
    async with database.connect() as connection:
        await connection.execute(update(Need).values(state="reviewed"))
    (second,) = await send(world, application(world, contact, 1, "b", persons_in_need=1))
    assert second == FiledBefore(first.case_id, first.number, clock.now(), world.village)
    async with database.read() as db:
        assert (await db.scalars(select(Case.persons_in_need))).one() == 3


async def test_nobody_else_corrects_an_application(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, application(world, await make_contact(world), 1, "a"))
    stranger = await make_contact(world)
    (outcome,) = await send(world, application(world, stranger, 1, "b", persons_in_need=1, phone="+8613800009999"))
    assert isinstance(outcome, FiledByAnother)
    async with database.read() as db:
        assert (await db.scalars(select(Case.persons_in_need))).one() == 3
        assert (await db.scalars(select(Household.phone))).one() != "+8613800009999"


async def test_a_stranger_does_not_learn_in_which_village_the_application_lies(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    await send(world, application(world, await make_contact(world), 1, "a"))
    other = application(world, await make_contact(world), 1, "b", village=world.other_village)
    assert await send(world, other) == [FiledByAnother("")]


async def test_another_contact_learns_only_that_there_is_one(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, application(world, await make_contact(world), 1, "a"))
    (outcome,) = await send(world, application(world, await make_contact(world), 1, "b"))
    assert outcome == FiledByAnother(world.village)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Case)) == 1
        assert await db.scalar(select(func.count()).select_from(Submission)) == 2


async def test_the_same_household_twice_in_one_batch_is_one_case(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    one, two = await make_contact(world), await make_contact(world)
    outcomes = await send(
        world,
        application(world, one, 1, "a"),
        application(world, two, 1, "b"),
        application(world, two, 2, "c"),
        application(world, two, 2, "d"),
    )
    assert [type(outcome) for outcome in outcomes] == [Filed, FiledByAnother, Filed, Corrected]
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Household)) == 2
        numbers = list(await db.scalars(select(Case.number).order_by(Case.number)))
    assert numbers == ["410324-2022-00001", "410324-2022-00002"]


@pytest.mark.parametrize("village", ["120111001001", "410324103999"], ids=["other county", "no such village"])
async def test_a_village_without_a_scheme_gets_no_case(database: Database, clock: FixedClock, village: str) -> None:
    world = await make_world(database, clock)
    (outcome,) = await send(world, application(world, await make_contact(world), 1, "a", village=village))
    assert outcome == NoScheme(village)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Submission)) == 0


async def test_personal_fields_are_unreadable_in_the_database(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, application(world, await make_contact(world), 1, "a"))
    given = answers(1, world.village)
    async with database.connect() as connection:
        for table, column in (
            ("household", "id_number"),
            ("household", "phone"),
            ("case", "reason"),
            ("submission", "content"),
        ):
            raw = bytes((await connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}"')).scalar_one())
            for secret in (given["id_number"], given["phone"], given["reason"]):
                assert secret.encode() not in raw
