"""What a person may ask of their data."""

import pytest
from sqlalchemy import select

from intake.models import Attachment, Case, Contact, Household
from intake.moves import RefusedError
from intake.personal_data import Held, forget, held, set_phone
from intake.procedure import Pass
from intake.reads.own_list import own_list
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.intake.test_withdrawals import number_of
from tests.notifications.steps import pay, whole_pass
from tests.world import World, file_case, make_contact, make_world


async def photo(world: World, contact: int, subject: str = "") -> None:
    """A photo that was sent."""
    now = world.clock.now()
    async with world.database.write() as db:
        db.add(
            Attachment(
                id=new_id(now),
                contact_id=contact,
                kind="photo",
                channel="web",
                reference="",
                state="waiting",
                subject=subject,
                sent_at=now,
            )
        )


async def reach(world: World, contact: int, case: int, phone: str) -> None:
    """Put the telephone right."""
    number = await number_of(world, case)
    async with world.units.begin() as unit:
        await set_phone(unit, contact, number, phone)


async def test_everybody_sees_their_own_and_nothing_else(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, stranger = await make_contact(world), await make_contact(world)
    cases = [await file_case(world, mine), await file_case(world, mine)]
    await file_case(world, stranger)
    await photo(world, mine)
    await photo(world, mine, "report:5")
    async with database.read() as db:
        assert {one.id for one in await own_list(db, mine)} == set(cases)
        assert await held(db, mine) == Held(0, 0, 0, 0, 0, loose=1)
        assert await held(db, stranger) == Held(0, 0, 0, 0, 0, loose=0)


async def test_a_telephone_is_put_right_until_it_is_paid(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, stranger = await make_contact(world), await make_contact(world)
    case = await file_case(world, mine)
    await whole_pass(world, case, Pass.NEED)
    await whole_pass(world, case, Pass.GRANT)
    await reach(world, mine, case, "+8613800004321")
    with pytest.raises(RefusedError, match="unknown_case"):
        await reach(world, stranger, case, "+8613800000000")
    await pay(world, case)
    with pytest.raises(RefusedError, match=r"data\.paid"):
        await reach(world, mine, case, "+8613800000000")
    async with database.read() as db:
        household = await db.get_one(Household, (await db.get_one(Case, case)).household_id)
    assert household.phone == "+8613800004321"


async def test_what_was_never_sent_in_is_deleted_and_what_was_stays(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, stranger = await make_contact(world), await make_contact(world)
    case = await file_case(world, mine)
    for contact, subject in ((mine, ""), (mine, "report:5"), (stranger, "")):
        await photo(world, contact, subject)
    async with database.write() as db:
        (await db.get_one(Contact, mine)).muted = True
    async with database.connect() as connection:
        await forget(connection, mine)
    async with database.read() as db:
        left = list(await db.execute(select(Attachment.contact_id, Attachment.subject).order_by(Attachment.id)))
        assert {tuple(row) for row in left} == {(mine, "report:5"), (stranger, "")}
        assert not (await db.get_one(Contact, mine)).muted
        assert await db.get(Case, case) is not None
