"""Households are found by name, initials, case number and the ends of ID number and phone; nothing is opened for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from intake.access import Official
from intake.filing import Application, receive
from intake.finding import card_index, id_tail_index, initials, name_index, phone_index, phone_tail_index
from intake.finding_again import make_findable
from intake.models import Case, Household
from intake.personal_data import set_phone
from intake.reads.cases import find_cases
from intake.reads.sought import sought
from store.clock import FixedClock
from store.database import Database
from tests.world import World, answers, file_case, make_contact, make_world


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("王建国", {"wjg"}),
        ("单小曾", {"sxz", "dxz", "cxc", "sxc"}),
        ("解行", {"jx", "xx", "jh", "xh"}),
        ("阿不都·热合曼", {"abdrhm"}),
        ("Ann李", {"annl"}),
        ("吕梁", {"ll"}),
        ("1·…", set()),
    ],
)
def test_initials_are_those_of_every_reading(name: str, spelled: set[str]) -> None:
    assert spelled <= set(initials(name).split())


@given(st.text(max_size=60))
def test_any_text_has_initials_of_letters_alone_and_not_too_many(text: str) -> None:
    found = initials(text)
    assert len(found.split()) <= 64
    assert all(letter == " " or (letter.isascii() and letter.islower()) for letter in found)


async def _heads(database: Database, official: Official, words: str) -> tuple[set[str], tuple[str, ...]]:
    async with database.read() as db:
        meant = await sought(db, official, words)
        found, total = await find_cases(db, official, matching=meant.condition)
    assert total == len(found)
    return {one.head for one in found}, meant.beyond


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    world = await make_world(database, clock)
    await file_case(world, head="王建国", id_number="41032419520303307X", phone="+8613800001234")
    await file_case(world, head="单小琴", phone="+8613800005678")
    await file_case(world, head="赵铁柱", village=world.far_village, phone="+8613800009876")
    return world


@pytest.mark.parametrize(
    ("words", "found", "beyond"),
    [
        ("建国", {"王建国"}, ()),
        ("wjg", {"王建国"}, ()),
        ("JG", {"王建国"}, ()),
        ("ｗｊｇ", {"王建国"}, ()),
        ("dxq", {"单小琴"}, ()),
        ("sxq", {"单小琴"}, ()),
        ("00002", {"单小琴"}, ()),
        ("307X", {"王建国"}, ()),
        ("307x", {"王建国"}, ()),
        ("3307x", {"王建国"}, ("id_number",)),
        ("03307X", {"王建国"}, ("id_number",)),
        ("13307X", set(), ()),
        ("41032419520303307X", {"王建国"}, ("id_number",)),
        ("5678", {"单小琴"}, ()),
        ("138 0000 5678", {"单小琴"}, ("phone",)),
        ("138 0001 5678", set(), ()),
        ("9876", set(), ()),
        ("ztz", set(), ()),
        ("%", set(), ()),
        ("_", set(), ()),
        ("没有", set(), ()),
    ],
)
async def test_what_is_typed_finds_households_of_the_own_area(
    world: World, words: str, found: set[str], beyond: tuple[str, ...]
) -> None:
    assert await _heads(world.database, world.cun, words) == (found, beyond)


async def test_those_above_find_them_too(world: World) -> None:
    assert (await _heads(world.database, world.xian, "ztz"))[0] == {"赵铁柱"}
    assert (await _heads(world.database, world.xian, "9876"))[0] == {"赵铁柱"}
    assert (await _heads(world.database, world.zhen, "9876"))[0] == set()


async def _follow(world: World) -> None:
    async with world.database.read() as db:
        for one in await db.scalars(select(Household)):
            assert one.initials == initials(one.head)
            assert one.id_tail_index == id_tail_index(one.id_number)
            assert one.phone_tail_index == phone_tail_index(one.phone)
            assert one.phone_index == phone_index(one.phone)
            assert one.card_index == card_index(one.bank_card)
            assert one.head_index == name_index(one.head)


async def test_whoever_writes_a_head_or_a_phone_keeps_them_findable(world: World) -> None:
    await _follow(world)
    contact = await make_contact(world)
    case_id = await file_case(world, contact, head="李秀英")
    async with world.database.read() as db:
        number = (await db.get_one(Case, case_id)).number
    corrected = answers(world.filed, world.village, head="李秀云", phone="+8613800004444")
    application = Application("test:corrected", contact, "apply", 1, corrected)
    async with world.units.begin() as unit:
        await receive(await unit.db.connection(), unit.journal, [application], unit.now)
    await _follow(world)
    assert await _heads(world.database, world.cun, "lxy") == ({"李秀云"}, ())
    assert await _heads(world.database, world.cun, "4444") == ({"李秀云"}, ())
    async with world.units.begin() as unit:
        await set_phone(unit, contact, number, "+8613800003333")
    await _follow(world)
    assert await _heads(world.database, world.cun, "3333") == ({"李秀云"}, ())


async def test_households_from_before_are_made_findable_once(world: World) -> None:
    async with world.database.write() as db:
        (await db.scalars(select(Household).where(Household.head == "王建国"))).one().bank_card = "6217000012345670"
        await db.flush()
        before = {"initials": "", "id_tail_index": None, "phone_tail_index": None}
        compared = {"phone_index": None, "card_index": None, "head_index": None}
        await db.execute(update(Household).values({**before, **compared}))
    assert await _heads(world.database, world.cun, "wjg") == (set(), ())
    assert await make_findable(world.database) == 3
    assert await make_findable(world.database) == 0
    await _follow(world)
