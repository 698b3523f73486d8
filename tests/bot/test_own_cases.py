"""No talk tells anybody of cases that are not theirs; and what is done by chat is kept, whoever else is at work."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.inbound import Inbound, Input, Kind
from bot.models import SessionRow
from bot.turns import BatchedTurns
from intake.models import Case, Contact, Household, Need, Report
from intake.report_steps import take_up, write_to_reporter
from intake.reports import make_report
from store.clock import FixedClock
from store.database import Database
from tests.bot.talk import read_input
from tests.bot.test_talks import bot_world
from tests.intake.test_withdrawals import number_of
from tests.notifications.steps import post, review
from tests.world import World, file_case, make_world, resident_id

HEAD, REASON = "欧阳大山", "父亲得了肺病"


class Person:
    """Somebody who talks."""

    def __init__(self, turns: BatchedTurns, name: str) -> None:
        self.turns, self.name, self.count = turns, name, 0

    async def say(self, *lines: str) -> str:
        """Say some things; all that was answered."""
        heard = []
        for line in lines:
            self.count += 1
            sent = Inbound("web", f"{self.name}-{self.count}", self.name, read_input(line))
            replies = await self.turns.take(sent)
            heard += [text for reply in replies for text in (reply.text, *(one.label for one in reply.choices))]
        return "\n".join(heard)

    async def contact(self, database: Database) -> int:
        """Their contact."""
        await self.say("菜单")
        async with database.read() as db:
            return (await db.scalars(select(Contact.id).where(Contact.address == self.name))).one()


TRIES: Sequence[Sequence[str]] = (
    ("查进度", "{number}", "0000"),
    ("查进度", "[tap case:{number}]"),
    ("撤回申请", "[tap case:{number}]", "1", "提交"),
    ("[tap home:withdraw]", "[tap why:better]", "[tap #review:send]"),
    ("报银行卡", "[tap case:{number}]", "6217000012345670", "王建国", "提交"),
    ("我的资料", "1"),
    ("我的资料", "2", "[tap case:{number}]", "13800001234"),
    ("有意见", "石门村", "[tap line:{number}]", "[tap line:1-0]"),
    ("{number}", "取消", "{number}"),
)


@pytest.mark.parametrize("tries", TRIES, ids=lambda tries: tries[0])
async def test_a_stranger_hears_nothing_of_another_s_case(
    tries: Sequence[str], database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    case = await file_case(world, head=HEAD, reason=REASON)
    number = await number_of(world, case)
    stranger = Person(BatchedTurns(database, clock, bot_world), "stranger")
    asked = [line.format(number=number) for line in tries]
    heard = await stranger.say(*asked)
    said_of_nothing = await Person(stranger.turns, "other").say(
        *(line.format(number="410324-2022-99999") for line in tries)
    )
    assert heard == said_of_nothing.replace("410324-2022-99999", number)
    for secret in (HEAD, REASON, "****5678", "待评议", resident_id(1)[-4:]):
        assert secret not in heard
    async with database.read() as db:
        assert (await db.get_one(Need, case)).state == "applied"
        assert (await db.get_one(Household, (await db.get_one(Case, case)).household_id)).bank_card is None


async def test_what_is_done_by_chat_is_kept(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    person = Person(BatchedTurns(database, clock, bot_world), "someone")
    case = await file_case(world, await person.contact(database), head="王建国")
    assert "记下了" in await person.say("报银行卡", "6217000012345670", "王建国", "提交")
    assert "138****4321" in await person.say("我的资料", "2", "13800004321")
    async with database.read() as db:
        household = await db.get_one(Household, (await db.get_one(Case, case)).household_id)
    assert (household.bank_card, household.phone) == ("6217000012345670", "+8613800004321")
    assert "撤回了" in await person.say("撤回申请", "1", "提交")
    async with database.read() as db:
        assert (await db.get_one(Need, case)).state == "withdrawn"


async def test_the_village_reviews_while_somebody_withdraws_by_chat(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    people = [Person(turns, f"p{number}") for number in range(6)]
    cases = [await file_case(world, await person.contact(database)) for person in people]
    for person in people:
        await person.say("撤回申请", "1")

    async def reviewing(case: int) -> bool:
        try:
            await review(world, case)
        except Exception as error:
            assert "refusal.state" in str(error)
            return False
        return True

    passed, *said = await asyncio.gather(
        asyncio.gather(*(reviewing(case) for case in cases)), *(person.say("提交") for person in people)
    )
    for case, person, first, answer in zip(cases, people, passed, said, strict=True):
        busy = "正在办这一户" in answer  # nothing is lost: said again it is done
        assert "撤回了" in (await person.say("继续", "提交") if busy else answer)
        async with database.read() as db:
            assert (await db.get_one(Need, case)).state == "withdrawn"
        assert isinstance(first, bool)


async def test_everything_that_can_be_is_erased_within_one_batch_too(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(BatchedTurns(database, clock, bot_world), "someone")
    await person.say("申请", "同意", "王建国", "取消", "我的资料", "2")
    erased = Inbound("web", "m1", "someone", Input(Kind.TEXT, "是"))
    after = Inbound("web", "m2", "someone", Input(Kind.TEXT, "继续"))
    await asyncio.gather(person.turns.take(erased), person.turns.take(after))
    async with database.read() as db:
        assert list(await db.scalars(select(SessionRow))) == []


async def test_a_long_list_asks_for_the_name_first(database: Database, clock: FixedClock) -> None:
    world: World = await make_world(database, clock)
    heads = [f"赵大{name}" for name in "一二三四五六七八九十百千万亿山水火土木金石玉"]
    for head in heads:
        await review(world, await file_case(world, head=head))
    await post(world)
    person = Person(BatchedTurns(database, clock, bot_world), "someone")
    heard = await person.say("有意见", "石门村")
    assert "打户主的名字" in heard and "赵大一" not in heard
    heard = await person.say("大山")
    assert "赵大山，3 人" in heard and "赵大水" not in heard
    assert "意见记下了：赵大山" in await person.say("1", "他家有两辆车", "跳过", "跳过", "提交")
    assert "赵大水" in await person.say("有意见", "石门村", "没有这个人")


async def test_a_report_is_looked_up_by_its_receipt_whoever_asks(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    told = {"kind": "favouritism", "village": world.village, "level": "village", "what": "村主任的亲戚没受灾也在名单上"}
    async with world.units.begin() as unit:
        receipt = await make_report(unit, "form:1", None, world.village, told)
        report = (await unit.db.scalars(select(Report.id))).one()
    someone = Person(BatchedTurns(database, clock, bot_world), "someone")
    heard = await someone.say(f"我的回执 {receipt.lower()}")
    assert "举报 2022年11月1日 收到" in heard and "2022年11月2日 以前开始查" in heard
    assert told["what"] not in heard
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report)
        await write_to_reporter(unit, world.zhen, report, "已经到村里核实。", 0)
    assert "工作人员写：已经到村里核实。" in await someone.say("查进度", receipt.replace("-", " "))


async def test_what_only_carries_over_to_the_next_household_is_no_draft(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(BatchedTurns(database, clock, bot_world), "someone")
    said = (
        "替别人申请",
        "同意",
        "邻居",
        "张伟",
        "李秀英",
        resident_id(3),
        "年纪大",
        "本人同意",
        "13800005678",
        "13800001234",
        "3",
        "2",
        "石门村",
    )
    assert "收到了" in await person.say(*said, "0", "一般户", "风雹", "1", "粮食不够吃", "提交")
    await person.say("替别人申请", "取消")
    assert "没填完的" not in await person.say("我的资料", "1")
