"""Faults that were found in the talks, and stay mended."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select, update

from bot.effects import Enter, Leave, Say, SetLanguage
from bot.inbound import Inbound, Input, Kind
from bot.models import SessionRow, StepCount
from bot.policy.index import index
from bot.reminders import remind
from bot.retention import forget
from bot.turns import BatchedTurns
from intake.models import Attachment, Contact, HandoverLine
from intake.unit import Units
from notifications.engine import Engine
from notifications.listener import Notifier
from notifications.models import Message
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_engine import full, walk
from tests.bot.test_talks import bot_world
from tests.world import file_case, make_world

_numbers = count()


class Person:
    """Someone who talks on a channel."""

    def __init__(self, database: Database, clock: FixedClock, channel: str = "telegram", who: str = "1") -> None:
        self.turns = BatchedTurns(database, clock, bot_world)
        self.channel, self.who = channel, who
        self.choices: list[str] = []

    async def send(self, sent: Input) -> str:
        replies = await self.turns.take(Inbound(self.channel, f"f{next(_numbers)}", self.who, sent))
        self.choices = [choice.id for reply in replies for choice in reply.choices]
        return "\n".join(reply.text for reply in replies)

    async def say(self, *script: str) -> str:
        said = ""
        for words in script:
            said = await self.send(Input(Kind.TEXT, words))
        return said

    async def tap(self, place: int) -> str:
        return await self.send(Input(Kind.CHOICE, self.choices[place]))


async def test_the_buttons_of_a_small_question_answer_it(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("申请", "同意", "语言")
    assert "སྐད" in await person.tap(1) or "ཁྱིམ" in await person.say("查看")
    async with database.read() as db:
        assert await db.scalar(select(Contact.language)) == "bo_CN"


async def test_a_button_of_the_household_before_is_no_answer_for_this_one(
    database: Database, clock: FixedClock
) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("申请")
    old = person.choices[0]
    await person.say("同意", "删除", "申请")
    assert "前面的按钮" in await person.send(Input(Kind.CHOICE, old))
    assert "户主叫什么" in await person.tap(0)


async def test_photos_stay_when_the_question_is_only_asked_again(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("举报", "1", "1", "石门村", "1", "跳过", "村主任的亲戚领了两份")
    await person.send(Input(Kind.PHOTO, media="file-1"))
    await person.say("帮助")
    assert "2" in await person.send(Input(Kind.PHOTO, media="file-2"))
    await person.say("取消", "继续")
    assert "3" in await person.send(Input(Kind.PHOTO, media="file-3"))


async def test_erasing_deletes_the_photos_and_voices_too(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("举报", "1", "1", "石门村", "1", "跳过")
    await person.send(Input(Kind.VOICE, media="voice-1"))
    await person.send(Input(Kind.PHOTO, media="file-1"))
    await person.say("取消")
    assert "删了找不回来" in await person.say("删除")
    assert "接着填" in await person.say("3")  # nothing that was filled in before is answered by it
    assert "都删掉了" in await person.say("删除", "删除")
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Attachment)) == 0
        assert await db.scalar(select(func.count()).select_from(SessionRow)) == 0


async def test_a_reason_given_by_voice_belongs_to_the_case(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    from tests.bot.test_turns import script

    words = script(1)
    await person.say(*words[: words.index("粮食不够吃")])
    assert "请看填得对不对" in await person.send(Input(Kind.VOICE, media="voice-1"))
    assert "申请编号" in await person.say("提交")
    async with database.read() as db:
        assert (await db.scalar(select(Attachment.subject)) or "").startswith("case:")


async def test_what_a_human_is_sent_is_kept_with_its_words(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("人工", "房子塌了怎么办")
    await person.send(Input(Kind.PHOTO, "这是我家", media="file-1"))
    await person.send(Input(Kind.LOCATION, "33.9,111.7", label="潭头镇石门村"))
    clock.forward(timedelta(hours=25))
    assert "还没回" in await person.say("有人吗")
    async with database.read() as db:
        lines = list(await db.scalars(select(HandoverLine.text).order_by(HandoverLine.id)))
        assert (await db.scalar(select(Attachment.subject)) or "").startswith("handover:")
    assert lines == [
        "房子塌了怎么办",
        "（发来一张照片） 这是我家",
        "（发来一个位置） 潭头镇石门村 33.9,111.7",
        "有人吗",
    ]


async def test_the_name_of_another_conversation_is_nobodys_name(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    assert "表格" not in await person.say("申请", "同意", "举报")
    async with database.read() as db:
        assert await db.scalar(select(Contact.flow)) == "report"
    assert "户主叫什么" in await person.say("取消", "继续")


def test_a_code_of_another_conversation_leads_there() -> None:
    session = replace(full(), at="phone")
    _, effects = walk(session, Input(Kind.SCENE, "r410324103201"))
    assert effects == (Leave(keep=True), Enter("report", "410324103201"))


async def test_reminders_are_not_starved_nor_sent_late_at_night_nor_swallowed(
    database: Database, clock: FixedClock
) -> None:
    await make_world(database, clock)
    units = Units(database, clock, (Notifier(Engine(database.url, "tests")).listen,))
    waiting = [Person(database, clock, "web", f"w{number}") for number in range(6)]
    for person in waiting:
        await person.say("申请", "同意")
    async with database.write() as db:
        await db.execute(update(SessionRow).values(reminded=1))
    clock.forward(timedelta(hours=5))
    late = Person(database, clock, "web", "late")
    await late.say("申请", "同意")
    clock.forward(timedelta(hours=5))  # ten in the evening
    assert await remind(units, bot_world()) == 0
    clock.forward(timedelta(hours=10))
    assert await remind(units, bot_world()) == 1
    await late.say("删除", "申请", "同意")
    clock.forward(timedelta(hours=5))
    assert await remind(units, bot_world()) == 1
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Message)) == 2
    assert "不再提醒" in await late.say("别提醒")
    async with database.read() as db:
        assert await db.scalar(select(Contact.muted).where(Contact.address == "late"))


async def test_the_counts_of_days_that_are_over_are_added_up(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("申请", "同意", "取消")
    async with database.write() as db:
        await db.execute(update(StepCount).where(StepCount.question == "consent").values(slot="another"))
    await person.say("申请", "重来", "同意")
    async with database.read() as db:
        before = (await db.execute(select(func.sum(StepCount.reached), func.sum(StepCount.answered)))).one()
    clock.forward(timedelta(days=3))
    for _ in range(2):
        await forget(database, clock.now())
    async with database.read() as db:
        after = (await db.execute(select(func.sum(StepCount.reached), func.sum(StepCount.answered)))).one()
        assert set(await db.scalars(select(StepCount.slot))) == {"all"}
    assert tuple(before) == tuple(after)


async def test_a_word_that_names_a_choice_is_the_choice(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    person = Person(database, clock)
    await person.say("菜单")
    async with database.read() as db:
        contact = (await db.scalars(select(Contact.id))).one()
    for _ in range(2):
        await file_case(world, contact, head="王建国")
    assert "删了找不回来" in await person.say("我的资料", "删除")
    assert "我们存着您的" in await person.say("否", "我的资料", "查看")
    assert "哪一户的电话" in await person.say("我的资料", "电话")


async def test_nobody_is_told_that_nothing_is_kept_where_cases_are(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    assert "以前交上来的不会删" in await Person(database, clock).say("申请", "同意", "删除")


async def test_who_thinks_better_of_erasing_at_home_goes_on(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    await person.say("申请", "同意", "王建国", "取消")
    assert "没交的“申请救助”" in await person.say("不申请了")
    assert "身份证号" in await person.tap(1)


@pytest.mark.parametrize("asked", ["发多少钱", "公示几天", "谁来评", "谁来评？"])
async def test_a_short_question_is_a_question(database: Database, clock: FixedClock, asked: str) -> None:
    await make_world(database, clock)
    await index(database)
    person = Person(database, clock)
    assert "您问的是下面哪一个" in await person.say(asked)
    assert len(person.choices) >= 2


@pytest.mark.parametrize("said", ["你好", "你是谁", "在吗？", "多少", "什么？", "石门村"])
async def test_a_short_word_that_asks_nothing_gets_the_menu(database: Database, clock: FixedClock, said: str) -> None:
    await make_world(database, clock)
    await index(database)
    assert "要办哪件事" in await Person(database, clock).say(said)


async def test_another_question_is_taken_where_one_of_the_answers_was_to_be_picked(
    database: Database, clock: FixedClock
) -> None:
    await make_world(database, clock)
    await index(database)
    person = Person(database, clock)
    await person.say("啥时候发钱")
    first = person.choices
    assert await person.say("低保户能申请吗") == "您问的是下面哪一个？"
    assert person.choices != first
    assert "没有“9”这个编号" in await person.say("9")
    assert "低保" in await person.say("1")
    assert "您问的是下面哪一个" in await person.say("啥时候发钱")
    assert "答不上来" in await person.say("草莓")


async def test_a_question_without_an_answer_leads_to_a_human(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    await index(database)
    person = Person(database, clock)
    assert "答不上来" in await person.say("问政策", "草莓")
    assert person.choices == ["home_unanswered:person", "home_unanswered:questions", "home_unanswered:main"]
    assert "您想问什么" in await person.tap(1)
    assert "答不上来" in await person.say("草莓")
    assert "您问的是下面哪一个" in await person.say("公示几天")
    await person.say("菜单", "问政策", "草莓")
    assert "工作人员会在这里回您" in await person.say("都不是")
    await person.say("草莓地冻坏了算不算")
    async with database.read() as db:
        assert await db.scalar(select(HandoverLine.text)) == "草莓地冻坏了算不算"


@pytest.mark.parametrize(
    "typed", ["410324-2022-0005", "410324-2022-0005。", "编号 41032-2022-00001", "410324 2022 0005"]
)
async def test_a_mistyped_case_number_is_no_question(database: Database, clock: FixedClock, typed: str) -> None:
    await make_world(database, clock)
    await index(database)
    said = await Person(database, clock).say(typed)
    assert "编号的位数不对" in said
    assert "410324-2022-00001" in said


async def test_help_and_three_misses_name_a_human(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    said = await person.say("帮助")
    assert "“人工”" in said
    assert "“语言”" in said
    said = await person.say("申请", "帮助")
    assert "“人工”" in said
    assert "“语言”" in said
    said = await person.say("同意", "1", "2", "3")
    assert "“人工”" in said
    assert "“跳过”" not in said


def test_three_misses_where_an_answer_may_be_left_out_say_so() -> None:
    session = replace(full(), at="group", misses=2)
    answers = {key: value for key, value in session.answers.items() if key != "group"}
    _, effects = walk(replace(session, answers=answers), Input(Kind.TEXT, "、、、"))
    assert "flow.trouble.optional" in [effect.key for effect in effects if isinstance(effect, Say)]


@pytest.mark.parametrize("at", ["head", "village", "reason", "consent", "categories", "#review"])
def test_whoever_asks_for_a_human_gets_one(at: str) -> None:
    _, effects = walk(replace(full(), at=at), Input(Kind.TEXT, "找人"))
    assert effects == (Enter("person"),)


@pytest.mark.parametrize(
    ("name", "code"),
    [("English", "en"), ("english.", "en"), ("中文", "zh_Hans_CN"), ("བོད་ཡིག", "bo_CN"), ("བོད་ཡིག་", "bo_CN")],
)
@pytest.mark.parametrize("at", ["head", "village", "reason", "consent", "#review"])
def test_the_name_of_a_language_is_no_answer(name: str, code: str, at: str) -> None:
    session = replace(full(), at=at)
    after, effects = walk(session, Input(Kind.TEXT, name))
    assert effects[0] == SetLanguage(code)
    assert (after.answers, after.at) == (session.answers, at)


async def test_the_name_of_a_language_counts_everywhere(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    person = Person(database, clock)
    for name, code in (("English", "en"), ("中文", "zh_Hans_CN"), ("བོད་ཡིག", "bo_CN")):
        await person.say(name)
        async with database.read() as db:
            assert await db.scalar(select(Contact.language)) == code
    await person.say("中文", "申请", "同意", "王建国")
    clock.forward(timedelta(hours=5))
    assert "go on" in (await person.say("English")).lower()


@pytest.mark.parametrize("at", ["consent", "categories", "head", "#review"])
def test_the_name_of_another_conversation_leads_there(at: str) -> None:
    _, effects = walk(replace(full(), at=at), Input(Kind.TEXT, "问政策"))
    assert effects[0] == Leave(keep=True)
    assert effects[-1] == Enter("questions")
