"""G4: relief goes to the head's own card. No card serves two households of a season. L11: none but the needy."""

import asyncio

import pytest
from sqlalchemy import select

from intake.bank_cards import give_card, put_card
from intake.filing import Application, receive
from intake.giving_way import BusyError
from intake.models import Case, EventRow, Household, Payment
from intake.moves import RefusedError, Said, move_cases, scheme_of
from intake.payments.candidates import candidates
from intake.payments.codes import Blocked
from intake.procedure import Action, Pass
from intake.rules import Refusal
from store.clock import FixedClock, china_date
from store.database import Database
from tests.intake.test_bank_cards import CARD, OTHER, card_of, give, refused
from tests.intake.test_withdrawals import back, number_of
from tests.notifications.steps import pay, whole_pass
from tests.paying import give as set_card
from tests.paying import make, release_list, released
from tests.world import World, answers, file_case, make_contact, make_world


async def put(world: World, case: int, card: str = CARD, holder: str = "王建国") -> None:
    """An official types what stands on the card."""
    async with world.units.begin() as unit:
        await put_card(unit.db, unit.journal, world.zhen, unit.now, case, card, holder)


async def why_not(world: World, case: int, card: str = CARD, holder: str = "王建国") -> str:
    """Why that is refused."""
    with pytest.raises(RefusedError) as error:
        await put(world, case, card, holder)
    return error.value.only.key.removeprefix("refusal.")


async def granted(world: World, **changes: object) -> int:
    """A household whose money is decided."""
    case = await file_case(world, head="王建国", **changes)
    for pass_ in Pass:
        await whole_pass(world, case, pass_)
    return case


async def test_G4_an_official_keeps_the_head_s_own_card(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world, head="王建国")
    away = await file_case(world, head="王建国", village=world.far_village)
    assert await why_not(world, case, holder="李秀英") == "card.not_the_head"
    assert await why_not(world, case, "123") == "L2.card_digits"
    assert await why_not(world, away) == "unknown_case"
    await put(world, case, "6217 0000 1234 5670", "王 建国")
    async with database.read() as db:
        household = (await db.scalars(select(Household).where(Household.bank_card.is_not(None)))).one()
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "household.card"))).one()
    assert (household.bank_card, household.card_holder) == (CARD, "王 建国")
    assert household.card_holder_index == household.head_index
    assert (event.actor, event.data) == (world.zhen.actor, {"pass": "need", "changed": False})


async def test_G4_one_card_is_one_household_s(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    first, second = [await file_case(world, mine, head="王建国") for _ in range(2)]
    await give(world, mine, first)
    await give(world, mine, first)  # the same once more
    assert await refused(world, mine, second) == "G4.card_shared"
    assert await why_not(world, second) == "G4.card_shared"
    await give(world, mine, first, OTHER)  # put right
    await put(world, second)
    assert (await card_of(world, first), await card_of(world, second)) == (OTHER, CARD)


async def test_G4_who_has_withdrawn_holds_up_nobody(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    gone, case = [await file_case(world, mine, head="王建国") for _ in range(2)]
    await give(world, mine, gone)
    await back(world, mine, await number_of(world, gone))
    await put(world, case)
    assert await card_of(world, case) == CARD


async def blocked(world: World) -> set[Blocked]:
    """Why households cannot be put on a payment list."""
    async with world.database.read() as db:
        _scheme, content = await scheme_of(db, world.scheme_id)
        found = await candidates(db, world.zhen, world.scheme_id, content, world.village[:9])
    return {one.blocked for one in found if one.blocked}


async def pays(world: World, case: int, card: str) -> Refusal:
    """What the table says against paying a household to a card, whatever list it is on."""
    with pytest.raises(RefusedError) as error:
        async with world.units.begin() as unit:
            said = {case: Said(Action.PAY, bank_card=card, paid_on=china_date(unit.now))}
            await move_cases(unit.db, unit.journal, world.zhen, unit.now, Pass.GRANT, said)
    return error.value.only


async def test_G4_a_shared_card_is_not_paid(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    first, second = [await granted(world) for _ in range(2)]
    await pay(world, first, CARD)
    await set_card(world, second, CARD)
    assert await blocked(world) == {Blocked.SHARED}
    with pytest.raises(RefusedError, match="nothing"):
        await make(world)
    await released(world, second)
    said = await pays(world, second, CARD)
    assert (said.rule, said.key, said.params) == ("G4", "refusal.G4.card_shared", {"households": 1})


async def test_G4_two_are_never_paid_to_one_card_at_one_instant(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for turn in range(2):
        pair = [await granted(world) for _ in range(2)]
        card = f"62284800000000000{turn}8"
        await asyncio.gather(*(pay(world, case, card) for case in pair), return_exceptions=True)
        async with database.read() as db:
            assert len(list(await db.scalars(select(Payment.case_id).where(Payment.case_id.in_(pair))))) <= 1


async def test_G4_two_never_give_one_card_at_one_instant(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    for turn in range(4):
        pair = [await file_case(world, mine, head="王建国") for _ in range(2)]
        card = f"62284800000000000{turn}8"
        said = await asyncio.gather(*(give(world, mine, case, card) for case in pair), return_exceptions=True)
        assert [type(one) for one in said if one is not None] in ([RefusedError], [BusyError])
        assert [await card_of(world, case) for case in pair].count(card) == 1


async def test_G4_a_head_who_is_called_otherwise_since_is_not_paid_to_that_card(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine, head="王建国")
    await give(world, mine, case)
    corrected = answers(world.filed, world.village, head="李秀云")
    async with world.units.begin() as unit:
        application = Application("test:corrected", mine, "apply", 1, corrected)
        await receive(await unit.db.connection(), unit.journal, [application], unit.now)
    for pass_ in Pass:
        await whole_pass(world, case, pass_)
    assert await blocked(world) == {Blocked.ANOTHER_NAME}
    number = await number_of(world, case)
    async with world.units.begin() as unit:
        await give_card(unit, mine, None, number, CARD, "李秀云")
    assert await blocked(world) == set()
    (made,) = await make(world)
    await release_list(world, made)
    async with world.units.begin() as unit:
        household = await unit.db.get_one(Household, (await unit.db.get_one(Case, case)).household_id)
        household.card_holder = "王建国"
    assert (await pays(world, case, CARD)).key == "refusal.G4.card_another_name"


async def test_L11_who_is_not_on_the_list_of_the_needy_gets_nothing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world, head="王建国")
    away = await file_case(world, head="王建国", village=world.far_village)
    said = await pays(world, case, CARD)
    assert (said.rule, said.key) == ("L11", "refusal.L11.not_on_needs_list")
    assert (await pays(world, away, CARD)).key == "refusal.unknown_case"
