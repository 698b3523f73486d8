"""What came in, was passed on and taken back: never more than there is, never twice, never deleted."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from intake.access import OutOfAreaError
from intake.fund_left import left_of
from intake.funds import pass_on_fund, receive_fund, take_back
from intake.ledger.guards import MOST_FEN, NotBookedError, Receipt
from intake.ledger.left import Left
from intake.models import EventRow, Fund, Scheme
from intake.scheme.parts import GOODS, MONEY
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.intake.booking import DAY, granted, handed, money, passed, quilts
from tests.world import World, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


async def left(world: World, fund: Fund) -> Left:
    async with world.database.read() as db:
        return (await left_of(db, [fund.id]))[fund.id]


async def back(world: World, who: str, fund: Fund, amount: int, reason: str = "多写了一个零") -> Fund:
    async with world.units.begin() as unit:
        on = date(2022, 11, 1)
        return await take_back(unit, getattr(world, who), new_id(unit.now), fund.id, amount, on, reason)


async def test_G4_money_passed_on_is_out_of_one_and_into_the_other(world: World) -> None:
    came = await money(world, 100_000_00)
    given = await passed(world, came, 60_000_01)
    assert (await left(world, came), await left(world, given)) == (Left(0, 39_999_99), Left(0, 60_000_01))
    assert (given.source, given.kind, given.division) == ("central", "money", world.village[:9])
    async with world.database.read() as db:
        events = (await db.scalars(select(EventRow).where(EventRow.kind.startswith("fund.")))).all()
    assert [event.kind for event in events] == ["fund.received", "fund.passed_on"]
    assert "document" not in events[0].data


async def test_G4_nobody_passes_on_more_than_is_left(world: World) -> None:
    came = await money(world, 100_00)
    await passed(world, came, 60_00)
    with pytest.raises(NotBookedError, match="more_than_left") as refused:
        await passed(world, came, 40_01)
    assert (refused.value.field, refused.value.refusal.params) == ("amount", {"left_fen": 40_00})
    assert await left(world, came) == Left(0, 40_00)


async def test_G4_of_two_who_pass_on_at_once_one_is_refused(world: World) -> None:
    came = await money(world, 100_00)
    outcomes = await asyncio.gather(*(passed(world, came, 60_00) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(one, Fund) for one in outcomes) == 1
    assert sum(isinstance(one, NotBookedError) for one in outcomes) == 2
    assert await left(world, came) == Left(0, 40_00)


async def test_the_same_page_sent_twice_is_written_down_once(world: World) -> None:
    entry = new_id(world.clock.now())

    async def send() -> Fund:
        async with world.units.begin() as unit:
            return await receive_fund(unit, world.xian, entry, Receipt("city", MONEY, 5_00, DAY))

    outcomes = await asyncio.gather(send(), send(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Fund", "NotBookedError"]
    (again,) = [one for one in outcomes if isinstance(one, NotBookedError)]
    assert again.refusal.key.rpartition(".")[2] == "sent_before"
    async with world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Fund)) == 1


async def test_L10_a_mistake_is_taken_back_by_an_entry_of_its_own(world: World) -> None:
    came = await money(world, 100_00)
    given = await passed(world, came, 50_00)
    row = await back(world, "xian", given, 20_00)
    assert (row.worth_fen, row.counters, row.passed_from, row.reason) == (-20_00, given.id, came.id, "多写了一个零")
    assert (await left(world, given), await left(world, came)) == (Left(0, 30_00), Left(0, 70_00))
    with pytest.raises(NotBookedError, match="more_than_left"):
        await back(world, "xian", came, 70_01)
    with pytest.raises(NotBookedError, match="no_reason"):
        await back(world, "xian", came, 1, " ")
    with pytest.raises(OutOfAreaError):
        await back(world, "xian", row, 1)
    async with world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Fund)) == 3


async def test_G4_goods_that_were_handed_out_are_not_taken_back_from_under_the_household(world: World) -> None:
    came = await quilts(world, 3, 100_00, world.zhen)
    case = await granted(world)
    await handed(world, case, {came.id: 2})
    assert await left(world, came) == Left(1, 33_34)
    with pytest.raises(NotBookedError, match="more_pieces"):
        await back(world, "zhen", came, 2)
    await back(world, "zhen", came, 1)
    assert await left(world, came) == Left(0, 0)


async def test_only_the_county_passes_on_and_takes_back_what_it_passed_on(world: World) -> None:
    came = await money(world, 100_00)
    given = await passed(world, came, 50_00)
    own = await money(world, 10_00, world.zhen, "donation")
    with pytest.raises(OutOfAreaError):
        await back(world, "zhen", given, 1_00)
    with pytest.raises(OutOfAreaError):
        await back(world, "zhen", came, 1_00)
    assert (await back(world, "zhen", own, 1_00)).worth_fen == -1_00
    async with world.units.begin() as unit:
        for fund_id, township in ((own.id, world.village[:9]), (came.id, "999999999")):
            with pytest.raises(OutOfAreaError):
                await pass_on_fund(unit, world.xian, new_id(unit.now), fund_id, township, 1, DAY, "")
        for township in ("", world.village, "410324"):
            with pytest.raises(NotBookedError, match="no_township"):
                await pass_on_fund(unit, world.xian, new_id(unit.now), came.id, township, 1, DAY, "")


WRONG = (
    (Receipt("central", MONEY, 0, DAY), "worth", "amount"),
    (Receipt("central", MONEY, -1, DAY), "worth", "amount"),
    (Receipt("central", MONEY, MOST_FEN + 1, DAY), "worth", "amount"),
    (Receipt("central", MONEY, 1, DAY, item="棉被"), "quantity", "money_has_no_pieces"),
    (Receipt("central", GOODS, 100, DAY, unit="床", quantity=1), "item", "no_item"),
    (Receipt("central", GOODS, 100, DAY, item="棉被", quantity=1), "unit", "no_unit"),
    (Receipt("central", GOODS, 100, DAY, item="棉被", unit="床"), "quantity", "pieces"),
    (Receipt("central", GOODS, 10**9, DAY, item="棉被", unit="床", quantity=1_000_001), "quantity", "pieces"),
    (Receipt("central", GOODS, 9, DAY, item="棉被", unit="床", quantity=10), "worth", "worth_nothing"),
    (Receipt("central", MONEY, 1, date(2022, 11, 2)), "received_on", "future"),
    (Receipt("central", MONEY, 1, date(2021, 12, 31)), "received_on", "too_early"),
)


@pytest.mark.parametrize(("receipt", "field", "key"), WRONG)
async def test_G4_an_entry_that_cannot_be_is_asked_back(world: World, receipt: Receipt, field: str, key: str) -> None:
    with pytest.raises(NotBookedError, match=f"refusal.ledger.{key}$") as refused:
        async with world.units.begin() as unit:
            await receive_fund(unit, world.xian, new_id(unit.now), receipt)
    assert refused.value.field == field


async def test_L10_nothing_is_passed_on_before_it_came(world: World) -> None:
    came = await money(world, 100_00)
    with pytest.raises(NotBookedError, match="too_early"):
        await passed(world, came, 1_00, DAY - timedelta(days=1))


async def test_a_closed_season_takes_no_entries(world: World) -> None:
    came = await money(world, 100_00)
    async with world.database.write() as db:
        await db.execute(update(Scheme).values(closed_at=world.clock.now()))
    for act in (money(world, 1), passed(world, came, 1), back(world, "xian", came, 1)):
        with pytest.raises(NotBookedError, match="closed"):
            await act


async def test_the_database_itself_refuses_an_entry_of_nothing_and_a_counter_entry_that_adds(world: World) -> None:
    came = await money(world, 100_00)
    for changes in ({"worth_fen": 0}, {"worth_fen": -5}, {"quantity": 1}, {"counters": came.id}):
        with pytest.raises(IntegrityError):
            async with world.database.write() as db:
                await db.execute(update(Fund).where(Fund.id == came.id).values(**changes))
