"""A case of somebody else is found by its number and the end of the head's ID number, and by nothing less."""

from intake.lookups import PER_CONTACT, PER_NUMBER, No, Pair, look_up
from intake.reads.case_status import case_status
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_withdrawals import number_of
from tests.statements import counted
from tests.world import World, days, file_case, make_contact, make_world, resident_id

UNKNOWN = "410324-2022-99999"


async def ask(world: World, contact: int, number: str, *tails: str) -> list[int | No]:
    """Ask once, or some times in one transaction."""
    pairs = [Pair(contact, number, tail) for tail in tails]
    async with world.database.connect() as connection:
        return await look_up(connection, world.clock.now(), pairs)


async def test_the_right_pair_in_any_spelling(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for _ in range(8):
        case = await file_case(world)
    number, contact = await number_of(world, case), await make_contact(world)
    assert resident_id(8).endswith("108X")
    for tail in ("108X", "108x", "１０８Ｘ", "1 0 8 x", resident_id(8), "尾号108x", "108×"):
        assert await ask(world, contact, number, tail) == [case]


async def test_a_wrong_pair_and_an_unknown_number_are_one_thing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    number = await number_of(world, await file_case(world))
    for asked in (number, UNKNOWN):
        contact = await make_contact(world)
        for wrong in ("0000", "", "108", "\x00" * 4, "\ufffd" * 4)[:PER_CONTACT]:
            assert await ask(world, contact, asked, wrong) == [No.WRONG]
        assert await ask(world, contact, asked, resident_id(1)) == [No.TOO_MANY]


async def test_after_five_wrong_pairs_a_contact_waits_for_tomorrow(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    number, contact = await number_of(world, case), await make_contact(world)
    together = await ask(world, contact, number, *["0000"] * PER_CONTACT, resident_id(1))
    assert together == [*[No.WRONG] * PER_CONTACT, No.TOO_MANY]
    assert await ask(world, await make_contact(world), number, resident_id(1)) == [case]
    clock.forward(days(1))
    assert await ask(world, contact, number, resident_id(1)) == [case]


async def test_many_together_guess_no_number_either(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    number = await number_of(world, await file_case(world))
    for _ in range(PER_NUMBER):
        assert await ask(world, await make_contact(world), number, "0000") == [No.WRONG]
    assert await ask(world, await make_contact(world), number, resident_id(1)) == [No.TOO_MANY]


async def test_many_pairs_cost_as_many_statements_as_one(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world) for _ in range(12)]
    numbers = [await number_of(world, case) for case in cases]
    contacts = [await make_contact(world) for _ in cases]
    costs = []
    for some in (1, 12):
        wrong = [Pair(contacts[at], numbers[at], "0000") for at in range(some)]
        right = [Pair(contacts[at], numbers[at], resident_id(at + 1)) for at in range(some)]
        with counted(database) as sent:
            async with database.connect() as connection:
                found = await look_up(connection, clock.now(), [*wrong, *right])
                told = await case_status(connection, [one for one in found if not isinstance(one, No)])
        assert (
            found == [*[No.WRONG] * some, *cases[:some]]
            and [told[case].number for case in cases[:some]] == numbers[:some]
        )
        costs.append(len(sent))
    assert 0 < costs[0] == costs[1] <= 6
