"""Officials in the chat: only who is bound enters their flows, and nominating many in a row is short."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.channels.base import numbered
from bot.desks.village import PER_PAGE
from bot.flows import FLOWS
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from intake.access import PREFIX, Official
from intake.binding import Unbound, make_code
from intake.models import Case, Contact, EventRow
from intake.nominations import AGREEMENTS, HINDRANCES, OWN, RELATIONS
from intake.procedure import Role
from intake.reads.tasks import STEPS
from locales import texts
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.world import World, file_case, make_world, resident_id

AT_MOST = 12
"""Messages for the second household in a row."""


class Chat:
    """One person in the chat."""

    def __init__(self, turns: BatchedTurns, who: str = "a") -> None:
        self.turns, self.who, self.count = turns, who, 0

    async def send(self, sent: Input) -> str:
        """One message; the answer."""
        self.count += 1
        inbound = Inbound("web", f"{self.who}-{self.count}", self.who, sent)
        return "\n".join(reply.text for reply in await self.turns.take(inbound))

    async def say(self, *words: str) -> str:
        """Several texts; the last answer."""
        answers = [await self.send(Input(Kind.TEXT, word)) for word in words]
        return answers[-1]

    async def scan(self, world: World, official: Official) -> str:
        """Scan a new code of the official."""
        async with world.units.begin() as unit:
            scene = await make_code(unit, official)
        return await self.send(Input(Kind.SCENE, scene))


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


@pytest.fixture
def chat(world: World, clock: FixedClock) -> Chat:
    return Chat(BatchedTurns(world.database, clock, bot_world))


def household(number: int, *, official: bool) -> list[str]:
    """What a nominator says of one household, without what is carried."""
    kin = ["不是"] if official else []
    size = ["13800005678", "3", "2"]
    return ["王建国", resident_id(number), *kin, "年纪大", "本人口头同意", *size]


FIRST = ["三组", "留守老人", "风雹", "1", "粮食不够吃", "提交"]
NEXT = ["留守老人", "粮食不够吃", "提交"]


async def test_an_officials_second_household_in_a_row_is_short(world: World, chat: Chat) -> None:
    await chat.scan(world, world.cun)
    assert "00001" in await chat.say("替别人申请", "同意", *household(1, official=True), *FIRST)
    before = chat.count
    assert "00002" in await chat.say("再报一户", *household(2, official=True), *NEXT)
    assert chat.count - before <= AT_MOST
    async with world.database.read() as db:
        cases = list(await db.scalars(select(Case).order_by(Case.number)))
    assert {(case.village, case.group, tuple(case.disasters)) for case in cases} == {(world.village, "3组", ("hail",))}
    assert [case.nominator and case.nominator["staff"] for case in cases] == [world.cun.id] * 2


async def test_a_neighbours_second_household_in_a_row_is_short_and_marked_unbound(world: World, chat: Chat) -> None:
    first = household(1, official=False)
    phone = ["13800004321"]
    await chat.say("替别人申请", "同意", "邻居", "赵铁柱", *first[:5], *phone, *first[5:], "石门村", *FIRST)
    before = chat.count
    assert "00002" in await chat.say("再报一户", *household(2, official=False), *NEXT)
    assert chat.count - before <= AT_MOST
    async with world.database.read() as db:
        nominators = list(await db.scalars(select(Case.nominator)))
    assert [said and (said["staff"], said["relation"], said["name"]) for said in nominators] == [
        (None, "neighbour", "赵铁柱")
    ] * 2


async def test_what_is_carried_is_shown_and_may_be_changed_on_the_summary(world: World, chat: Chat) -> None:
    await chat.scan(world, world.cun)
    await chat.say("替别人申请", "同意", *household(1, official=True), *FIRST)
    again = await chat.say("再报一户")
    assert "这些照上一户的" in again and "潭头镇石门村" in again and "3组" in again
    await chat.say(*household(2, official=True), *NEXT[:-1])
    await chat.say("改 组", "五组", "提交")
    async with world.database.read() as db:
        assert set(await db.scalars(select(Case.group))) == {"3组", "5组"}


async def test_L12_an_application_from_an_officials_own_account_names_them(world: World, chat: Chat) -> None:
    await chat.scan(world, world.cun)
    said = ["李秀英", resident_id(3), "13800005678", "3", "2", "石门村", "跳过", "一般户", "风雹", "1", "粮食不够吃"]
    assert "00001" in await chat.say("申请", "同意", *said, "提交")
    async with world.database.read() as db:
        nominator = (await db.scalars(select(Case.nominator))).one()
    assert nominator is not None
    assert (nominator["staff"], nominator["relation"]) == (world.cun.id, OWN)


@pytest.mark.parametrize("sent", ["本村的申请", "等我办的事", "[village]", "[tasks]"])
async def test_a_stranger_enters_no_flow_of_officials(world: World, chat: Chat, sent: str) -> None:
    tap = Input(Kind.CHOICE, f"home_staff:{sent.strip('[]')}")
    said = await chat.send(tap if sent.startswith("[") else Input(Kind.TEXT, sent))
    assert "这件事由村、乡、县工作人员办" in said


async def test_a_draft_of_officials_is_shut_when_the_account_is_parted(world: World, chat: Chat) -> None:
    await chat.scan(world, world.zhen)
    others = Chat(chat.turns, "b")
    for number, village in ((1, "石门村"), (2, "汤营村")):
        own = [
            "王建国",
            resident_id(number),
            "13800005678",
            "3",
            "2",
            village,
            "跳过",
            "一般户",
            "风雹",
            "1",
            "粮食不够吃",
        ]
        await others.say("申请", "同意", *own, "提交")
    assert "看哪个村" in await chat.say("本村的申请")
    async with world.database.write() as db:
        await db.execute(update(Contact).values(staff_id=None))
    for words in ("石门村", "继续", "1"):
        said = await chat.say(words)
        assert "户）" not in said and "王建国" not in said


async def test_an_official_sees_the_cases_of_their_own_area_alone(world: World, chat: Chat) -> None:
    others = Chat(chat.turns, "b")
    own = ["王建国", resident_id(1), "13800005678", "3", "2", "汤营村", "跳过", "一般户", "风雹", "1", "粮食不够吃"]
    await others.say("申请", "同意", *own, "提交")
    await chat.scan(world, world.cun)
    assert "现在还没有申请" in await chat.say("本村的申请")
    assert "现在没有等您办的事" in await chat.say("等我办的事")


async def test_a_long_list_comes_page_by_page_and_fits_into_wechats_message(world: World, chat: Chat) -> None:
    for _ in range(PER_PAGE + 1):
        await file_case(world)
    await chat.scan(world, world.cun)
    assert "先看哪些" in await chat.say("本村的申请", "1")
    inbound = Inbound("web", "first-page", "a", Input(Kind.TEXT, "1"))
    (listed,) = await chat.turns.take(inbound)
    assert len(listed.choices) == PER_PAGE
    assert len(numbered(listed).encode()) <= 2000
    assert "00021" in listed.choices[0].label
    assert "00001" in await chat.say("返回", "2", "1")


async def test_of_two_phones_that_scan_one_code_through_two_processes_one_wins(world: World, clock: FixedClock) -> None:
    async with world.units.begin() as unit:
        scene = await make_code(unit, world.cun)
    chats = [Chat(BatchedTurns(world.database, clock, bot_world), who) for who in "abcd"]
    said = await asyncio.gather(*(chat.send(Input(Kind.SCENE, scene)) for chat in chats))
    assert sum("这个账号现在是工作人员" in text for text in said) == 1
    assert sum("已经用过了" in text for text in said) == 3
    async with world.database.read() as db:
        assert len(list(await db.scalars(select(Contact).where(Contact.staff_id == world.cun.id)))) == 1
        assert list(await db.scalars(select(EventRow.kind))).count("staff.bound") == 1


async def test_binding_in_the_middle_of_an_application_keeps_it(world: World, chat: Chat) -> None:
    await chat.say("申请", "同意", "王建国")
    assert "没填完的" in await chat.scan(world, world.cun)
    assert "身份证号" in await chat.say("继续")


def test_who_reaches_no_cases_enters_no_flow_about_them() -> None:
    assert Role.ADMIN not in PREFIX
    for name in ("village", "tasks"):
        assert FLOWS[name].admits(Role.VILLAGE)
        assert not FLOWS[name].admits(Role.ADMIN)
        assert not FLOWS[name].admits(None)


def test_every_code_that_is_put_into_a_key_has_its_text() -> None:
    keys = [f"binding.{why.value}" for why in Unbound] + [f"nominate.relation.{code}" for code in (*RELATIONS, OWN)]
    keys += [f"nominate.hindrance.{code}" for code in HINDRANCES] + [
        f"nominate.agreement.{code}" for code in AGREEMENTS
    ]
    keys += [f"tasks.{kind}" for kind in (*STEPS, "notice", "discovery", "referral", "handover")]
    assert [key for key in keys if not texts().has(key)] == []
