"""What looks wrong in the ledger, each kind by itself, and together over a small county."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from intake.anomalies.anomaly import Anomaly
from intake.anomalies.budgeted import over_budget
from intake.anomalies.countered import MANY, Countered, countered, many_countered
from intake.anomalies.lying import MOVE_ON_WITHIN, Lying, lying
from intake.anomalies.overdrawn import overdrawn, without_stock
from intake.anomalies.payments import Paid, odd_payments
from intake.anomalies.persons import Heads, too_many_helped
from intake.fund_left import left_of
from intake.funds import take_back
from intake.ledger.book import Account, book
from intake.ledger.left import Left
from intake.models import Grant, Payment
from intake.reads.anomalies import find_anomalies
from intake.reads.funds import fund_rows
from intake.reads.ledger import sums_in, sums_out
from intake.scheme.parts import BUDGET_KINDS, GOODS, MONEY, BudgetLine
from locales import texts
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.intake.booking import granted, money, passed, quilts
from tests.paying import pay_case
from tests.world import World, content, make_world

DAY = date(2022, 12, 1)
CARD = "6217000000000000004"


def kinds(found: list[Anomaly]) -> list[str]:
    return [one.said.key.removeprefix("anomaly.") for one in found]


def test_G4_more_out_than_in_is_named_by_place_and_by_source() -> None:
    accounts = [Account("410324103", 100, 0, 101), Account("410324104", 100, 50, 50)]
    (found,) = overdrawn(accounts, MONEY, "place")
    assert (found.said.rule, found.said.key, found.about) == ("G4", "anomaly.overdrawn.money.place", "place:410324103")
    assert found.said.params == {"over_fen": 1, "came_fen": 100}
    assert kinds(overdrawn([Account("central", 0, 0, 1), Account("not_told", 0, 0, 9)], GOODS, "source")) == [
        "overdrawn.goods.source"
    ]


def test_G4_goods_without_stock_are_named() -> None:
    goods = [(1, "棉被", Left(-2, -200)), (2, "大衣", Left(0, -1)), (3, "煤", Left(0, 0))]
    assert [one.about for one in without_stock(goods)] == ["fund:1", "fund:2"]


def test_L11_more_in_than_budgeted_is_named_where_there_is_a_budget() -> None:
    sources = [Account("central", 101), Account("city", 5)]
    budget = [
        BudgetLine(MONEY, "central", "文", 60),
        BudgetLine(MONEY, "central", "文", 40),
        BudgetLine(GOODS, "city", "被", 5),
    ]
    assert [one.about for one in over_budget(MONEY, sources, budget)] == ["source:central", "source:city"]
    assert over_budget(GOODS, [Account("city", 5)], budget) == []
    assert over_budget(MONEY, sources, ()) == []
    assert over_budget(GOODS, [Account("city", 5)], [BudgetLine(GOODS, "city", "被", 0, 300, "床")]) == []


def test_L12_what_lies_longer_than_a_month_is_named() -> None:
    late, last = DAY - MOVE_ON_WITHIN - timedelta(days=1), DAY - MOVE_ON_WITHIN
    (found,) = lying([Lying("fund:1", 5, late), Lying("fund:2", 5, last), Lying("fund:3", 0, late)], DAY)
    assert (found.said.rule, found.about, found.said.params["days"]) == ("L12", "fund:1", 31)


@pytest.mark.parametrize(
    ("paid_on", "fen", "expected"),
    [
        (date(2023, 1, 21), 300, []),
        (date(2023, 1, 22), 300, ["late"]),
        (date(2023, 5, 31), 300, ["out_of_season"]),
        (date(2022, 9, 30), 300, ["out_of_season"]),
        (date(2022, 12, 1), 299, ["other_amount"]),
        (date(2023, 2, 1), 301, ["late", "other_amount"]),
    ],
)
def test_G4_a_payment_is_checked_by_day_and_amount(paid_on: date, fen: int, expected: list[str]) -> None:
    assert kinds(odd_payments([Paid(1, "410324-1", paid_on, fen, 300)], content())) == expected


def test_L11_more_helped_than_in_need_are_named() -> None:
    villages = [Heads("410324103201", 2, 6, 2, 6), Heads("410324103202", 2, 6, 2, 7), Heads("410324103203", 1, 6, 2, 6)]
    assert [one.about for one in too_many_helped(villages)] == ["place:410324103202", "place:410324103203"]


def test_L12_many_corrections_of_one_official_on_one_day_are_named() -> None:
    one_day = [Countered(f"fund:{number}", -5, DAY, 7, "张三") for number in range(MANY)]
    others = [Countered("fund:9", -5, DAY, 8, "李四"), Countered("fund:8", -5, DAY - timedelta(days=1), 7, "张三")]
    assert len(countered([*one_day, *others])) == MANY + 2
    (found,) = many_countered([*one_day, *others])
    assert found.said.params == {"on": DAY, "who": "张三", "n": MANY}
    assert many_countered(one_day[1:] + others) == []


def test_every_anomaly_has_its_words() -> None:
    keys = ["without_stock", "over_budget", "lying", "out_of_season", "late", "other_amount", "too_many_helped"]
    keys += ["countered", "many_countered"]
    keys += [f"overdrawn.{kind}.{by}" for kind in BUDGET_KINDS for by in ("place", "source")]
    assert [key for key in keys if not texts().has(f"anomaly.{key}")] == []


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock, budget=(BudgetLine(MONEY, "central", "文", 100_00),))


async def found(world: World, who: str) -> list[Anomaly]:
    official = getattr(world, who)
    async with world.database.read() as db:
        rows = await fund_rows(db, official, world.scheme_id)
        sums = [*sums_in(rows), *await sums_out(db, official, world.scheme_id)]
        books = [book(kind, sums, official.division) for kind in BUDGET_KINDS]
        left = await left_of(db, [row.id for row in rows if row.counters is None])
        scheme = (world.scheme_id, world.content)
        return await find_anomalies(db, official, scheme, rows, left, books, world.clock.now().date())


async def test_a_county_in_which_all_is_well_shows_nothing(world: World) -> None:
    came = await money(world, 100_00)
    await passed(world, came, 100_00)
    assert await found(world, "xian") == []
    assert await found(world, "zhen") == []


async def test_G4_what_is_wrong_in_a_county_is_found_by_whoever_answers_for_it(world: World, clock: FixedClock) -> None:
    came = await money(world, 100_01)
    await passed(world, came, 50_00)
    await quilts(world, 2, 100_00, world.zhen)
    case = await granted(world, 300_00)
    await pay_case(world, case, CARD, date(2022, 11, 1))
    async with world.database.write() as db:
        await db.execute(update(Grant).where(Grant.case_id == case).values(amount_fen=200_00))
        await db.execute(update(Payment).where(Payment.case_id == case).values(paid_on=date(2023, 2, 1)))
    async with world.units.begin() as unit:
        await take_back(unit, world.xian, new_id(unit.now), came.id, 50_01, date(2022, 11, 1), "多记了")
    clock.forward(timedelta(days=40))
    seen = kinds(await found(world, "xian"))
    expected = ["overdrawn.money.place", "over_budget", "late", "other_amount", "lying", "countered"]
    assert seen == expected, "goods are budgeted nowhere, and lie there"
    assert "over_budget" not in kinds(await found(world, "zhen"))
    assert [one.about for one in await found(world, "zhen") if one.said.key == "anomaly.late"] == [f"case:{case}"]
