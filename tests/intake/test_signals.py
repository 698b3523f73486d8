"""Signals (G4, L12): what stands out among households, of the official's area, whatever lies beside it."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import update

from intake.access import Official
from intake.bank_cards import put_card
from intake.filing import Application, receive
from intake.models import Case, Household
from intake.outcomes import Filed
from intake.reads.signals import Shown, shown, signals_around, signals_in, signals_of
from intake.signals.find import MANY, Kind, Seen, by_case, counted, find
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_own_card import put
from tests.intake.test_withdrawals import back, number_of
from tests.statements import counted as statements
from tests.world import SHIMEN, World, answers, file_case, make_contact, make_world

CARD = "6217000012345670"
PHONE = "+8613800009999"


def test_G4_L12_what_stands_out_is_found_kind_by_kind() -> None:
    rows = [
        Seen(1, "a", b"card", 2, b"own", 1),
        Seen(2, "b", b"card", 2, b"shared", 4),
        Seen(3, "a", b"other", 1, b"shared", 4, another_name=True),
        Seen(4, "a", None, 0, b"shared", 4),
        Seen(5, "a", None, 0, b"two", 2),
    ]
    found = find(rows)
    assert [(one.kind, one.rule, one.blocks, one.households, one.case_ids, one.elsewhere) for one in found] == [
        (Kind.CARD_SHARED, "G4", True, 2, (1, 2), 0),
        (Kind.CARD_NAME, "G4", True, 1, (3,), 0),
        (Kind.PHONE_MANY, "L12", False, 4, (2, 3, 4), 1),
    ]
    assert {key: len(signals) for key, signals in by_case(found).items()} == {1: 1, 2: 2, 3: 2, 4: 1}
    assert counted(found) == {Kind.CARD_SHARED: 1, Kind.CARD_NAME: 1, Kind.PHONE_MANY: 1}
    assert counted(found, "b") == {Kind.CARD_SHARED: 1, Kind.PHONE_MANY: 1}


@drawn(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()), max_size=20))
def test_every_household_that_shares_is_in_its_signal_and_no_other(drawn_rows: list[tuple[str, str, bool]]) -> None:
    cards = [card for card, _, _ in drawn_rows]
    phones = [phone for _, phone, _ in drawn_rows]
    rows = [
        Seen(key, "v", card.encode(), cards.count(card), phone.encode(), phones.count(phone), other)
        for key, (card, phone, other) in enumerate(drawn_rows)
    ]
    found = by_case(find(rows))
    for key, (card, phone, other) in enumerate(drawn_rows):
        kinds = {one.kind for one in found.get(key, [])}
        assert (Kind.CARD_SHARED in kinds) is (cards.count(card) > 1)
        assert (Kind.PHONE_MANY in kinds) is (phones.count(phone) >= MANY)
        assert (Kind.CARD_NAME in kinds) is other


async def seen_by(world: World, official: Official) -> list[Shown]:
    """What an official's page shows."""
    async with world.database.read() as db:
        return await shown(db, official, await signals_in(db, official, world.scheme_id))


async def share(world: World, cases: list[int], card: str = CARD) -> None:
    """An old list, from before the rule was kept, in which one card stands for several."""
    await put(world, cases[0], card)
    async with world.database.write() as db:
        first = await db.get_one(Case, cases[0])
        household = await db.get_one(Household, first.household_id)
        for case_id in cases[1:]:
            case = await db.get_one(Case, case_id)
            values = {"bank_card": card, "card_index": household.card_index}
            await db.execute(update(Household).where(Household.id == case.household_id).values(values))


async def test_G4_one_card_for_several_households_is_seen_from_each_area(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [
        await file_case(world, head="王建国", village=village)
        for village in (world.village, world.village, world.far_village)
    ]
    await file_case(world)
    await share(world, cases)
    (here,) = await seen_by(world, world.zhen)
    assert (here.signal.kind, here.signal.households, here.signal.elsewhere) == (Kind.CARD_SHARED, 3, 1)
    assert [party.case_id for party in here.parties] == cases[:2]
    assert {party.card_masked for party in here.parties} == {f"**** {CARD[-4:]}"}
    (county,) = await seen_by(world, world.xian)
    assert [party.case_id for party in county.parties] == cases and not county.signal.elsewhere
    async with database.read() as db:
        case = await db.get_one(Case, cases[0])
        (around,) = await signals_around(db, world.cun, case)
        (few,) = await signals_of(db, world.zhen, cases[:1])
    assert [party.case_id for party in around.parties] == cases[:2]
    assert (few.households, few.case_ids) == (3, (cases[0],))


async def test_G4_who_has_withdrawn_shares_no_card(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    gone, case = [await file_case(world, mine, head="王建国") for _ in range(2)]
    await share(world, [gone, case])
    await back(world, mine, await number_of(world, gone))
    assert await seen_by(world, world.xian) == []
    async with database.read() as db:
        assert await signals_of(db, world.xian, [gone, case]) == []


async def test_G4_a_card_in_another_name_is_seen(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine, head="王建国")
    async with world.units.begin() as unit:
        await put_card(unit.db, unit.journal, world.zhen, unit.now, case, CARD, "王建国")
    assert await seen_by(world, world.xian) == []
    corrected = Application("test:again", mine, "apply", 1, answers(world.filed, world.village, head="李秀云"))
    async with world.units.begin() as unit:
        await receive(await unit.db.connection(), unit.journal, [corrected], unit.now)
    (found,) = await seen_by(world, world.xian)
    assert (found.signal.kind, found.signal.rule, found.signal.blocks) == (Kind.CARD_NAME, "G4", True)
    assert found.parties[0].holder == "王**"


@pytest.mark.parametrize(("households", "signals"), [(MANY - 1, 0), (MANY, 1)])
async def test_L12_one_phone_for_many_applications_is_seen_and_stops_nobody(
    database: Database, clock: FixedClock, households: int, signals: int
) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world, phone=PHONE) for _ in range(households)]
    found = await seen_by(world, world.zhen)
    assert len(found) == signals
    for one in found:
        assert (one.signal.kind, one.signal.rule, one.signal.blocks) == (Kind.PHONE_MANY, "L12", False)
        assert [party.case_id for party in one.parties] == cases
        assert {party.phone_masked for party in one.parties} == {"138****9999"}
        assert one.lender is None


async def test_L12_a_nominators_phone_is_told_apart(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    nominator = {"staff": None, "relation": "group_leader", "name": "张组长", "phone": PHONE, "reason": "old"}
    async with world.units.begin() as unit:
        for number in range(1, 4):
            given = answers(number, SHIMEN, phone=None)
            application = Application(f"test:{number}", contact, "nominate", 1, given, nominator)
            (outcome,) = await receive(await unit.db.connection(), unit.journal, [application], unit.now)
            assert isinstance(outcome, Filed)
    (found,) = await seen_by(world, world.zhen)
    assert found.signal.households == 3 and found.lender is not None
    assert (found.lender.name, found.lender.relation) == ("张组长", "group_leader")


async def test_another_season_and_another_county_are_left_out(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for _ in range(3):
        await file_case(world, phone=PHONE)
    stranger = Official(1, "", world.xian.role, "410325")
    assert await seen_by(world, stranger) == []
    async with database.read() as db:
        assert await signals_in(db, world.xian, world.scheme_id + 1) == []


async def test_signals_cost_the_same_however_many_there_are(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)

    async def cost() -> int:
        with statements(database) as sent:
            await seen_by(world, world.xian)
        return len(sent)

    for _ in range(3):
        await file_case(world, phone=PHONE)
    few = await cost()
    for turn in range(4):
        for _ in range(3):
            await file_case(world, phone=f"+861380000777{turn}")
    assert await cost() == few == 2
