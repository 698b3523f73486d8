"""Payment lists: who is put on one, one list for each bank, one live line for each case (L2, G4)."""

import asyncio

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from intake.access import OutOfAreaError
from intake.models import EventRow, Grant, PaymentLine, PaymentList, Scheme
from intake.moves import RefusedError
from intake.payments.candidates import candidates
from intake.payments.cards import bank_of
from intake.payments.codes import Blocked
from intake.payments.making import Shown, drop_list, make_lists
from intake.scheme.banks import Bank, usual
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.paying import give, lines_of, make, release_list
from tests.payments.accepted import accepted
from tests.world import World, content, make_world


def bank(code: str, *prefixes: str) -> Bank:
    """A bank whose files are the usual ones."""
    body = {"code": code, "name": code, "prefixes": list(prefixes)}
    return Bank(**{name: getattr(usual(), name) for name in Bank.__slots__} | body | {"prefixes": prefixes})


async def blocked(world: World) -> dict[int, Blocked | None]:
    """Why each accepted household of the township cannot be put on a list."""
    async with world.database.read() as db:
        found = await candidates(db, world.zhen, world.scheme_id, world.content, world.village[:9])
    return {one.case_id: one.blocked for one in found}


async def test_accepted_grants_with_a_card_are_put_on_a_list(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await accepted(world, 600_00, 300_00)
    (without,) = await accepted(world, 200_00, cards=False)
    assert await blocked(world) == {cases[0]: None, cases[1]: None, without: Blocked.NO_CARD}
    (made,) = await make(world)
    assert (made.lines, made.total_fen, made.number) == (2, 900_00, "410324-2022-F0001")
    lines = await lines_of(world, made.id)
    assert [(line.case_id, line.amount_fen, line.outcome) for line in lines] == [
        (cases[0], 600_00, "waiting"),
        (cases[1], 300_00, "waiting"),
    ]
    async with database.read() as db:
        told = (await db.scalars(select(EventRow).where(EventRow.kind == "payment.listed"))).one()
    assert told.data["hash"] == made.hash.hex()
    assert lines[0].card not in str(told.data)


async def test_nobody_stands_on_two_lists(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    (case,) = await accepted(world, 600_00)
    (made,) = await make(world)
    with pytest.raises(RefusedError, match="nothing"):
        await make(world)
    row = {
        "position": 1,
        "case_id": case,
        "head": "-",
        "card": "1",
        "card_index": b"1",
        "amount_fen": 1,
        "digest": b"1",
    }
    with pytest.raises(IntegrityError):
        async with database.write() as db:
            await db.execute(
                insert(PaymentLine).values(id=1, list_id=made.id, outcome="waiting", **row | {"position": 2})
            )


async def test_each_bank_gets_its_own_list(database: Database, clock: FixedClock) -> None:
    banks = (bank("nongxin", "6217", "622991"), bank("rest"))
    world = await make_world(database, clock, banks=banks)
    cases = await accepted(world, 100_00, 200_00, 300_00)
    await give(world, cases[1], "6228480000000000001")
    made = await make(world)
    assert {one.bank: one.total_fen for one in made} == {"nongxin": 400_00, "rest": 200_00}
    assert len({one.number for one in made}) == 2


def test_a_card_goes_to_the_bank_with_the_longest_beginning() -> None:
    banks = (bank("a", "62"), bank("b", "6217"))
    assert bank_of("6217000", banks) is banks[1]
    assert bank_of("6228000", banks) is banks[0]
    assert bank_of("5000000", banks) is None


async def test_G4_one_card_of_two_households_is_paid_to_neither(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    one, two, three = await accepted(world, 100_00, 200_00, 300_00)
    await give(world, one, "6217000000000000004")
    await give(world, two, "6217000000000000004")
    assert await blocked(world) == {one: Blocked.SHARED, two: Blocked.SHARED, three: None}
    await give(world, two, "6217000000000000012")
    await make(world)
    (late,) = await accepted(world, 500_00)
    await give(world, late, "6217000000000000012")
    assert await blocked(world) == {late: Blocked.SHARED}


async def test_L2_what_is_no_card_and_what_no_bank_takes_is_said(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, banks=(bank("nongxin", "6217"),))
    one, two = await accepted(world, 100_00, 200_00)
    await give(world, one, "1234")
    await give(world, two, "6228480000000000001")
    assert await blocked(world) == {one: Blocked.NOT_A_CARD, two: Blocked.NO_BANK}


async def test_a_list_that_is_not_what_the_page_showed_is_not_made(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 100_00, 200_00)
    with pytest.raises(RefusedError, match="changed"):
        async with world.units.begin() as unit:
            await make_lists(unit, world.zhen, world.scheme_id, world.village[:9], "", Shown(2, 200_00))
    async with database.read() as db:
        assert (await db.scalars(select(PaymentList))).all() == []


async def test_a_township_lists_its_own_households_alone(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 100_00)
    await accepted(world, 200_00, village=world.far_village)
    (made,) = await make(world)
    assert made.total_fen == 100_00
    with pytest.raises(OutOfAreaError):
        await make(world, world.zhen, world.far_village[:9])
    (county,) = await make(world, world.xian)
    assert (county.total_fen, county.division) == (200_00, "410324")


async def test_a_list_that_was_dropped_sets_its_households_free(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    (case,) = await accepted(world, 600_00)
    (made,) = await make(world)
    with pytest.raises(RefusedError, match="no_reason"):
        async with world.units.begin() as unit:
            await drop_list(unit, world.zhen, made.id, " ")
    async with world.units.begin() as unit:
        await drop_list(unit, world.zhen, made.id, "卡号要再核对")
    assert await blocked(world) == {case: None}
    with pytest.raises(RefusedError, match="drop_dropped"):
        async with world.units.begin() as unit:
            await drop_list(unit, world.zhen, made.id, "再来一次")
    with pytest.raises(RefusedError, match="release_dropped"):
        await release_list(world, made, world.zhen)
    (again,) = await make(world)
    assert again.number != made.number


async def test_a_closed_season_makes_no_lists(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    async with database.write() as db:
        await db.execute(update(Scheme).values(closed_at=clock.now()))
    with pytest.raises(RefusedError, match="season_closed"):
        await make(world)
    with pytest.raises(RefusedError, match="season_closed"):
        await release_list(world, made, world.zhen)


async def test_two_who_make_lists_at_once_make_one(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await accepted(world, 100_00, 200_00, 300_00)
    made = await asyncio.gather(make(world), make(world, world.xian), return_exceptions=True)
    assert sorted(isinstance(one, RefusedError) for one in made) == [False, True]
    async with database.read() as db:
        lines = list(await db.scalars(select(PaymentLine)))
        assert (await db.get_one(Grant, cases[0])).state == "accepted"
    assert sorted(line.case_id for line in lines) == sorted(cases)
    assert new_id(clock.now()) > 0


def test_the_usual_bank_is_without_fault() -> None:
    from intake.scheme.faults import faults

    assert list(faults("2022-2023", content(banks=(usual(),)))) == []
