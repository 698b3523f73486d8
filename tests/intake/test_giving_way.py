"""Who acts by chat gives way to an official at work on the same case: the official never loses what they typed."""

import asyncio

import pytest
from sqlalchemy import select

from intake.giving_way import BusyError
from intake.models import Contact, Need
from intake.moves import lock_cases
from intake.procedure import Pass
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_withdrawals import back, number_of
from tests.world import file_case, make_contact, make_world


async def test_the_official_goes_on_and_the_person_tries_again(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    number = await number_of(world, case)
    async with world.units.begin() as unit:  # the official's click
        await lock_cases(unit.db, Pass.NEED, [case])
        withdrawing = asyncio.create_task(back(world, mine, number))
        done, _ = await asyncio.wait({withdrawing}, timeout=0.8)
        assert bool(done) is not database.is_sqlite  # one writer at a time: there it waits, and then it is done
        await unit.db.execute(select(Contact.id).where(Contact.id == mine).with_for_update(key_share=True))
    if database.is_sqlite:
        await withdrawing
    else:
        with pytest.raises(BusyError):
            await withdrawing
        await back(world, mine, number)
    async with database.read() as db:
        assert (await db.get_one(Need, case)).state == "withdrawn"
