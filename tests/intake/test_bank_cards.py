"""L2, G4: the card is the head's own, given by whoever applied, until it is paid."""

import asyncio

import pytest
from sqlalchemy import select

from intake.access import Official
from intake.bank_cards import give_card
from intake.giving_way import BusyError
from intake.models import Case, EventRow, Grant, Household, Payment, PaymentLine
from intake.moves import RefusedError
from intake.names import same_name
from intake.procedure import Pass
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_withdrawals import back, number_of
from tests.notifications.steps import pay, whole_pass
from tests.world import World, file_case, make_contact, make_world

CARD = "6217000012345670"
OTHER = "6228480000000000018"


async def give(world: World, contact: int, case: int, card: str = CARD, holder: str = "王建国", by: str = "") -> None:
    """Give it."""
    number = await number_of(world, case)
    official: Official | None = getattr(world, by) if by else None
    async with world.units.begin() as unit:
        await give_card(unit, contact, official, number, card, holder)


async def card_of(world: World, case: int) -> str | None:
    """The card on file."""
    async with world.database.read() as db:
        return (await db.get_one(Household, (await db.get_one(Case, case)).household_id)).bank_card


async def refused(world: World, *given: object, **more: object) -> str:
    """Why it is refused."""
    with pytest.raises(RefusedError) as error:
        await give(world, *given, **more)  # type: ignore[arg-type]
    (refusal,) = error.value.refusals.values()
    return refusal.key.removeprefix("refusal.")


async def test_the_head_s_card_is_kept_sealed_and_may_be_put_right(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine, head="王建国")
    await give(world, mine, case)
    await give(world, mine, case, OTHER)
    assert await card_of(world, case) == OTHER
    async with database.read() as db:
        events = list(
            await db.scalars(select(EventRow).where(EventRow.kind == "household.card").order_by(EventRow.seq))
        )
    assert [event.actor for event in events] == [f"contact:{mine}"] * 2
    assert [event.data for event in events] == [
        {"by": mine, "pass": "need", "changed": False},
        {"by": mine, "pass": "need", "changed": True},
    ]
    async with database.connect() as connection:
        raw = (await connection.exec_driver_sql("SELECT bank_card FROM household")).scalar_one()
    assert OTHER.encode() not in bytes(raw)


async def test_another_s_card_and_another_s_household_are_refused(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, stranger = await make_contact(world), await make_contact(world)
    case = await file_case(world, mine, head="王建国")
    assert await refused(world, mine, case, holder="李秀英") == "card.not_the_head"
    assert await refused(world, stranger, case) == "unknown_case"
    assert await refused(world, mine, case, "123") == "L2.card_digits"
    assert await card_of(world, case) is None


@pytest.mark.parametrize(
    ("written", "head", "same"),
    [
        ("买买提•吐尔逊江", "买买提·吐尔逊江", True),
        ("买买提 . 吐尔逊江", "买买提·吐尔逊江", True),
        ("王 建国", "王建国", True),
        ("\u8c48", "\uf900", True),  # one letter, written in two ways
        ("王建囯", "王建国", False),
        ("买买提", "买买提·吐尔逊江", False),
    ],
)
def test_a_name_is_the_same_however_its_dot_is_written(written: str, head: str, same: bool) -> None:
    assert same_name(written, head) is same


async def test_officials_give_the_cards_of_their_own_area(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    chat = await make_contact(world)
    here = await file_case(world, head="王建国")
    there = await file_case(world, head="王建国", village=world.other_village)
    await give(world, chat, here, by="cun")
    assert await refused(world, chat, there, by="cun") == "unknown_case"
    await give(world, chat, there, OTHER, by="zhen")
    assert await refused(world, chat, here, by="xian") == "unknown_case"
    async with database.read() as db:
        actors = list(await db.scalars(select(EventRow.actor).where(EventRow.kind == "household.card")))
    assert actors == [world.cun.actor, world.zhen.actor]


async def test_it_is_too_late_once_it_is_paid_refused_or_withdrawn(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case, gone = await file_case(world, mine, head="王建国"), await file_case(world, mine, head="王建国")
    await back(world, mine, await number_of(world, gone))
    assert await refused(world, mine, gone) == "card.over"
    await whole_pass(world, case, Pass.NEED)
    await whole_pass(world, case, Pass.GRANT)
    await give(world, mine, case)  # accepted, the payment is under way
    await pay(world, case, OTHER)
    assert await refused(world, mine, case) == "card.over"
    assert await card_of(world, case) == OTHER


async def test_a_card_is_given_while_it_is_paid(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    for turn in range(4):
        case = await file_case(world, mine, head="王建国")
        await whole_pass(world, case, Pass.NEED)
        await whole_pass(world, case, Pass.GRANT)
        paid, given = f"62284800000000000{turn}8", f"62170000123456{turn}0"
        outcomes = await asyncio.gather(pay(world, case, paid), give(world, mine, case, given), return_exceptions=True)
        assert outcomes[0] is None
        assert outcomes[1] is None or isinstance(outcomes[1], RefusedError | BusyError)
        async with database.read() as db:
            payment = await db.get_one(Payment, case)
            assert (await db.get_one(Grant, case)).state == "paid"
            line = (await db.scalars(select(PaymentLine).where(PaymentLine.case_id == case))).one()
        assert payment.bank_card == line.card  # what two people released, whatever was given meanwhile
