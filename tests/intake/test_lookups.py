"""A case of somebody else is found by its number and the end of the head's ID number, and by nothing less."""

import pytest

from intake.lookups import PER_CONTACT, PER_NUMBER, TooManyError, look_up
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_withdrawals import number_of
from tests.world import World, days, file_case, make_contact, make_world, resident_id

UNKNOWN = "410324-2022-99999"


async def ask(world: World, contact: int, number: str, tail: str) -> int | None:
    """Ask once."""
    async with world.units.begin() as unit:
        return await look_up(unit, contact, number, tail)


async def test_the_right_pair_in_any_spelling(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for _ in range(8):
        case = await file_case(world)
    number, contact = await number_of(world, case), await make_contact(world)
    assert resident_id(8).endswith("108X")
    for tail in ("108X", "108x", "１０８Ｘ", "1 0 8 x", resident_id(8), "尾号108x", "108×"):
        assert await ask(world, contact, number, tail) == case


async def test_a_wrong_pair_and_an_unknown_number_are_one_thing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    number = await number_of(world, await file_case(world))
    for asked in (number, UNKNOWN):
        contact = await make_contact(world)
        for wrong in ("0000", "", "108", "\x00" * 4, "\ufffd" * 4)[:PER_CONTACT]:
            assert await ask(world, contact, asked, wrong) is None
        with pytest.raises(TooManyError):
            await ask(world, contact, asked, resident_id(1))


async def test_after_five_wrong_pairs_a_contact_waits_for_tomorrow(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    number, contact = await number_of(world, case), await make_contact(world)
    async with world.units.begin() as unit:  # in one transaction too
        for _ in range(PER_CONTACT):
            assert await look_up(unit, contact, number, "0000") is None
        with pytest.raises(TooManyError):
            await look_up(unit, contact, number, resident_id(1))
    assert await ask(world, await make_contact(world), number, resident_id(1)) == case
    clock.forward(days(1))
    assert await ask(world, contact, number, resident_id(1)) == case


async def test_many_together_guess_no_number_either(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    number = await number_of(world, await file_case(world))
    for _ in range(PER_NUMBER):
        assert await ask(world, await make_contact(world), number, "0000") is None
    with pytest.raises(TooManyError):
        await ask(world, await make_contact(world), number, resident_id(1))
