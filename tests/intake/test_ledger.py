"""The ledger closes to the fen, however it is added up; and what it shows is what officials wrote down."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.ledger.book import Account, Book, Sum, book
from intake.ledger.guards import MOST_FEN, MOST_PIECES, NotBookedError, taken_from
from intake.ledger.left import Left
from intake.procedure import Role
from intake.reads.funds import fund_rows
from intake.reads.ledger import sums_in, sums_out
from intake.reads.ledger_entries import ledger_entries
from intake.scheme.parts import BUDGET_KINDS, GOODS, MONEY, SOURCES
from store.clock import FixedClock
from store.database import Database
from tests.intake.booking import granted, handed, money, passed, quilts
from tests.paying import pay_case
from tests.world import World, make_world

CARD = "6217000000000000004"
COUNTY = "410324"
TOWNSHIPS = ("410324103", "410324104", "410324105")
fen = st.integers(1, MOST_FEN)


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


@st.composite
def seasons(draw: st.DrawFn) -> list[Sum]:
    """What may happen in a season: received anywhere, passed on, paid and handed out, taken back."""
    kinds, sources = st.sampled_from(BUDGET_KINDS), st.sampled_from((*SOURCES, "not_told"))
    signed = fen.flatmap(lambda amount: st.sampled_from((amount, -amount)))
    found = []
    for kind, source, amount in draw(st.lists(st.tuples(kinds, sources, signed), max_size=15)):
        place = draw(st.sampled_from((COUNTY, *TOWNSHIPS)))
        found.append(Sum(place, source, kind, received_fen=amount))
    for kind, source, amount in draw(st.lists(st.tuples(kinds, sources, signed), max_size=15)):
        found.append(Sum(draw(st.sampled_from(TOWNSHIPS)), source, kind, given_fen=amount))
        found.append(Sum(COUNTY, source, kind, passed_fen=amount))
    for kind, source, amount in draw(st.lists(st.tuples(kinds, sources, signed), max_size=15)):
        village = f"{draw(st.sampled_from(TOWNSHIPS))}{draw(st.integers(200, 203))}"
        found.append(Sum(village, source, kind, out_fen=amount))
    return found


@settings(max_examples=300, deadline=None)
@given(seasons())
def test_L10_the_ledger_closes_to_the_fen_by_source_by_place_and_by_village(sums: list[Sum]) -> None:
    for kind in BUDGET_KINDS:
        of_kind = [one for one in sums if one.kind == kind]
        whole = book(kind, sums, COUNTY)
        assert whole.gap_fen == 0
        assert whole.total.came_fen == sum(one.received_fen for one in of_kind)
        assert whole.total.out_fen == sum(one.out_fen for one in of_kind)
        assert whole.total.came_fen - whole.total.out_fen - whole.total.left_fen == 0
        parts = [book(kind, sums, township) for township in TOWNSHIPS]
        assert all(part.gap_fen == 0 for part in parts)
        own = next((one for one in whole.places if one.name == COUNTY), Account(COUNTY))
        assert own.left_fen + sum(part.total.left_fen for part in parts) == whole.total.left_fen


@settings(max_examples=500, deadline=None)
@given(st.integers(1, MOST_PIECES), fen, st.lists(st.integers(1, MOST_PIECES), max_size=30))
def test_L10_goods_that_are_all_gone_are_worth_what_came_to_the_fen(pieces: int, worth: int, takes: list[int]) -> None:
    left, out = Left(pieces, max(worth, pieces)), Left()
    came = left
    for take in [*takes, MOST_PIECES]:
        if left.quantity == 0:
            break
        part = taken_from("pieces", left, GOODS, min(take, left.quantity))
        assert part.worth_fen >= part.quantity, "no piece is worth nothing"
        left, out = left - part, out + part
        assert left + out == came
    if left.quantity == 0:
        assert left.worth_fen == 0


@settings(max_examples=200, deadline=None)
@given(st.integers(0, MOST_FEN), st.integers(-5, MOST_FEN * 2))
def test_G4_money_is_taken_whole_or_refused(there: int, amount: int) -> None:
    try:
        part = taken_from("amount", Left(0, there), MONEY, amount)
    except NotBookedError:
        assert not 0 < amount <= min(there, MOST_FEN)
    else:
        assert part == Left(0, amount) and 0 < amount <= there


def test_a_ledger_that_does_not_close_says_by_how_much() -> None:
    torn = Book(
        MONEY,
        (Account("central", 10),),
        (Account(COUNTY, 8),),
        (Account("410324103201", 0, 0, 3),),
        Account(COUNTY, 10),
    )
    assert torn.gap_fen == 2 + 3


async def _book(world: World, who: str, kind: str) -> Book:
    official = getattr(world, who)
    async with world.database.read() as db:
        rows = await fund_rows(db, official, world.scheme_id)
        sums = [*sums_in(rows), *await sums_out(db, official, world.scheme_id)]
    return book(kind, sums, official.division)


async def test_L10_money_and_goods_of_a_season_as_county_and_township_see_them(world: World) -> None:
    cash, stuff = await money(world, 10_000_01), await quilts(world, 7, 1000_00)
    await passed(world, cash, 4_000_01)
    here = await passed(world, stuff, 3)
    await money(world, 500_00, world.zhen, "donation")
    case, far = await granted(world, 300_00), await granted(world, village=world.far_village)
    await pay_case(world, case, CARD, date(2022, 11, 1))
    await handed(world, case, {here.id: 2})
    assert far
    county, goods = await _book(world, "xian", MONEY), await _book(world, "xian", GOODS)
    assert county.total == Account("410324", 10_500_01, 0, 300_00)
    assert {one.name: one.left_fen for one in county.places} == {"410324": 6_000_00, "410324103": 4_200_01}
    assert {one.name: (one.came_fen, one.out_fen) for one in county.sources} == {
        "central": (10_000_01, 0),
        "donation": (500_00, 0),
        "not_told": (0, 300_00),
    }
    assert [(one.name, one.out_fen) for one in county.villages] == [(world.village, 300_00)]
    assert (goods.total.came_fen, goods.total.out_fen) == (1000_00, 285_71)
    assert {one.name: one.left_fen for one in goods.places} == {"410324": 571_43, "410324103": 142_86}
    township = await _book(world, "zhen", MONEY)
    assert township.total == Account("410324103", 4_500_01, 0, 300_00)
    assert {one.gap_fen for one in (county, goods, township, await _book(world, "zhen", GOODS))} == {0}


async def test_L10_the_entries_one_by_one_end_with_what_the_sums_say_and_name_nobody(world: World) -> None:
    cash = await money(world, 10_000_00)
    await passed(world, cash, 4_000_00)
    here = await quilts(world, 2, 100_00, world.zhen)
    case = await granted(world, head="赵铁柱")
    await pay_case(world, case, CARD, date(2022, 11, 1))
    await handed(world, case, {here.id: 1}, received_by="王小明", relation="family")
    for who in ("xian", "zhen"):
        official = getattr(world, who)
        async with world.database.read() as db:
            rows = await fund_rows(db, official, world.scheme_id)
            entries = await ledger_entries(db, official, world.scheme_id, rows)
        for kind in BUDGET_KINDS:
            balance = sum(one.in_fen - one.out_fen for one in entries if one.kind == kind)
            assert balance == (await _book(world, who, kind)).total.left_fen
        assert "赵铁柱" not in str(entries) and "王小明" not in str(entries)
        assert {one.what for one in entries if one.number} == {"paid", "given"}
        assert [one.kind for one in entries] == sorted((one.kind for one in entries), reverse=True)


async def test_officials_see_the_funds_of_their_area_alone(world: World) -> None:
    cash = await money(world, 10_000_00)
    given = await passed(world, cash, 4_000_00)
    async with world.database.read() as db:
        seen = {
            who: [row.id for row in await fund_rows(db, getattr(world, who), world.scheme_id)]
            for who in ("cun", "zhen", "xian")
        }
    assert seen == {"cun": [given.id], "zhen": [given.id], "xian": [cash.id, given.id]}
    assert world.cun.role is Role.VILLAGE
