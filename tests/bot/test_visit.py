"""What comes of visits and of people told of in the chat: one record, with its photos, however often it arrives."""

import asyncio

from sqlalchemy import func, select

from bot.conditions import Condition
from bot.flows.discover import discover
from bot.flows.visit import visit
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from intake.models import Attachment, Contact, Discovery, Referral, Visit
from intake.visit_codes import FINDINGS
from store.clock import FixedClock
from store.database import Database
from tests.bot.talk import Talk, read_input
from tests.bot.test_talks import bot_world
from tests.world import make_world

WELL = {field: codes[0] for field, codes in FINDINGS.items()}


def test_X6_a_typical_visit_takes_at_most_12_messages_and_the_next_in_a_row_11() -> None:
    asked = [question for question in visit.visible(WELL) if question.asked]
    assert len(asked) + 2 <= 12  # «走访记录» before, «提交» after
    assert sum(question.key not in visit.carried for question in asked) + 2 <= 11


def test_help_is_asked_when_something_is_wrong_alone() -> None:
    question = visit.find("help")
    assert question is not None
    when: Condition = question.when
    assert not when({}) and not when(WELL)
    for field, codes in FINDINGS.items():
        assert all(when({field: code}) for code in codes[1:])
    assert "${housing} = 'gone'" in when.xpath


def test_whoever_leaves_no_telephone_is_not_asked_for_a_name() -> None:
    assert "teller" not in [question.key for question in discover.visible({"teller_phone": None})]
    assert "teller" in [question.key for question in discover.visible({"teller_phone": "+8613800001234"})]


async def walked(database: Database, clock: FixedClock, *lines: str) -> tuple[BatchedTurns, Talk]:
    """Someone writes these lines on WeChat."""
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    talk = Talk(turns, clock, "wechat")
    for line in lines:
        await talk.say(read_input(line))
    return turns, talk


async def test_a_visit_is_taken_once_though_its_last_message_arrives_three_times(
    database: Database, clock: FixedClock
) -> None:
    said = (
        "走访记录",
        "石门",
        "王建国",
        "昨天",
        "1",
        "3",
        "1",
        "1",
        "2",
        "1 7",
        "没有",
        "[photo a]",
        "[photo b]",
        "完成",
    )
    turns, _ = await walked(database, clock, *said)
    last = Inbound("wechat", "last", "person-1", Input(Kind.TEXT, "提交"))
    replies = await asyncio.gather(*(turns.take(last) for _ in range(3)))
    assert replies[0] == replies[1] == replies[2]
    assert replies[0][0].choices[0].id == "home_visited:visit"
    async with database.read() as db:
        row = (await db.scalars(select(Visit))).one()
        assert (row.staff_id, row.findings["housing"], row.person["groups"]) == (None, "dangerous", [])
        assert row.visited_on.isoformat() == "2022-10-31"
        assert sorted(await db.scalars(select(Referral.service))) == ["heating", "temporary"]
        assert set(await db.scalars(select(Attachment.subject))) == {f"visit:{row.id}"}


async def test_what_was_answered_and_taken_back_asks_for_nothing(database: Database, clock: FixedClock) -> None:
    said = (
        "走访记录",
        "石门",
        "王建国",
        "昨天",
        "1",
        "3",
        "1",
        "1",
        "1",
        "4",
        "没有",
        "没有",
        "修改",
        "住房",
        "安全",
        "提交",
    )
    await walked(database, clock, *said)
    async with database.read() as db:
        assert (await db.scalars(select(Visit))).one().findings == WELL
        assert await db.scalar(select(func.count()).select_from(Referral)) == 0


async def test_a_voice_that_tells_who_it_is_belongs_to_the_discovery(database: Database, clock: FixedClock) -> None:
    said = ("告诉我们谁有困难", "石门", "[voice a]", "跳过", "1", "很急", "[voice b]", "没有", "跳过", "提交")
    await walked(database, clock, *said)
    async with database.read() as db:
        row = (await db.scalars(select(Discovery))).one()
        assert row.urgent and row.state == "new"
        assert row.contact_id == await db.scalar(select(Contact.id))
        assert list(await db.scalars(select(Attachment.subject))) == [f"discovery:{row.id}"] * 2
