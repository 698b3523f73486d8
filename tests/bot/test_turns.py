"""Turns on a real database: retries, crowds, faults, strangers."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import conversation
from bot.channels.base import TurnsBusyError
from bot.desks import apply as desk
from bot.inbound import Inbound, Input, Kind
from bot.models import Claim, SessionRow
from bot.reply import Reply
from bot.retention import forget
from bot.turns import BatchedTurns
from intake.models import Case, Contact
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.world import days, make_world, resident_id


def text(number: int, words: str, who: str = "a", channel: str = "web") -> Inbound:
    """A message."""
    return Inbound(channel, f"{who}-{number}", who, Input(Kind.TEXT, words))


def script(number: int) -> list[str]:
    """A whole application."""
    return [
        "申请",
        "同意",
        "王建国",
        resident_id(number),
        "13800001234",
        "3",
        "2",
        "石门村",
        "跳过",
        "一般户",
        "风雹",
        "1",
        "粮食不够吃",
        "提交",
    ]


async def walk(turns: BatchedTurns, number: int, who: str) -> Sequence[Reply]:
    """Walk the whole application."""
    replies: Sequence[Reply] = ()
    for step, words in enumerate(script(number)):
        replies = await turns.take(text(step, words, who))
    return replies


async def test_a_retried_message_gets_the_stored_reply(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await turns.take(text(1, "申请"))
    first = await turns.take(text(2, "同意"))
    await turns.take(text(3, "王建国"))
    again = await turns.take(text(2, "同意"))
    restarted = await BatchedTurns(database, clock, bot_world).take(text(2, "同意"))
    assert first == again == restarted
    async with database.read() as db:
        session = (await db.scalars(select(SessionRow))).one()
        assert session.document["answers"] == {"consent": True, "head": "王建国"}
        assert session.rev == 3
        assert await db.scalar(select(func.count()).select_from(Claim)) == 3


async def test_three_deliveries_at_once_are_one_turn(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await turns.take(text(1, "申请"))
    replies = await asyncio.gather(*(turns.take(text(2, "同意")) for _ in range(3)))
    assert replies[0] == replies[1] == replies[2]
    async with database.read() as db:
        assert (await db.scalars(select(SessionRow.rev))).one() == 2


async def test_two_processes_share_the_people(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    one, two = (BatchedTurns(database, clock, bot_world) for _ in range(2))
    await asyncio.gather(*((one, two)[number % 2].take(text(1, "申请", f"p{number}")) for number in range(20)))
    await asyncio.gather(*(turns.take(text(2, "同意", f"p{number}")) for number in range(20) for turns in (one, two)))
    async with database.read() as db:
        assert list(await db.scalars(select(SessionRow.rev))) == [2] * 20
        assert await db.scalar(select(func.count()).select_from(Contact)) == 20


async def test_two_messages_of_one_person_meet_two_processes_and_lose_nothing(
    database: Database, clock: FixedClock
) -> None:
    await make_world(database, clock)
    one, two = (BatchedTurns(database, clock, bot_world) for _ in range(2))
    for number in range(20):
        who = f"p{number}"
        for step, words in enumerate(("申请", "同意")):
            await one.take(text(step, words, who))
        await asyncio.gather(one.take(text(2, "王建国", who)), two.take(text(3, "王建国", who)))
    async with database.read() as db:
        sessions = list(await db.scalars(select(SessionRow)))
    assert {session.rev for session in sessions} == {4}
    assert all(session.document["answers"]["head"] == "王建国" for session in sessions)
    assert all(session.document.get("misses") == 1 for session in sessions)  # the second one was no ID number


async def test_a_second_yes_after_an_application_begins_no_other(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await walk(turns, 1, "a")
    assert "您好" in (await turns.take(text(90, "1")))[0].text
    assert "同意" in (await turns.take(text(91, "1")))[0].text


async def test_a_crowd_files_one_case_each(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    replies = await asyncio.gather(*(walk(turns, number, f"p{number}") for number in range(25)))
    assert all("申请编号" in reply[0].text for reply in replies)
    async with database.read() as db:
        numbers = list(await db.scalars(select(Case.number).order_by(Case.number)))
        assert await db.scalar(select(func.count()).select_from(SessionRow)) == 0
    assert numbers == [f"410324-2022-{number:05d}" for number in range(1, 26)]


async def test_answers_of_the_chat_are_unreadable_in_the_database(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    for step, words in enumerate(script(1)[:-1]):
        await turns.take(text(step, words))
    async with database.connect() as connection:
        stored = [bytes(row[0]) for row in await connection.exec_driver_sql("SELECT document FROM session")]
        stored += [bytes(row[0]) for row in await connection.exec_driver_sql("SELECT replies FROM claim")]
    for secret in (resident_id(1), "13800001234", "王建国", "粮食不够吃"):
        assert not any(secret.encode() in raw for raw in stored)


async def test_a_message_that_no_code_foresaw_harms_nobody_else(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await asyncio.gather(turns.take(text(1, "申请", "a")), turns.take(text(1, "申请", "b")))
    real = conversation.advance

    def poisoned(*args: object) -> object:
        if "毒" in args[2].text:  # type: ignore[attr-defined]
            raise ZeroDivisionError("毒药的内容")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(conversation, "advance", poisoned)
    bad, good = await asyncio.gather(turns.take(text(2, "毒", "a")), turns.take(text(2, "同意", "b")))
    assert "没记上" in bad[0].text
    assert "户主叫什么" in good[0].text
    assert "ZeroDivisionError" in caplog.text
    assert "毒" not in caplog.text
    monkeypatch.undo()
    assert "户主叫什么" in (await turns.take(text(3, "同意", "a")))[0].text


async def test_an_application_that_cannot_be_filed_leaves_the_summary(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    real = desk.receive

    async def failing(*args: object) -> object:
        raise OSError("the disk is full")

    monkeypatch.setattr(desk, "receive", failing)
    replies = await walk(turns, 1, "a")
    assert "没记上" in replies[0].text
    monkeypatch.setattr(desk, "receive", real)
    assert "申请编号" in (await turns.take(text(99, "提交")))[0].text


async def test_a_draft_is_kept_thirty_days(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await turns.take(text(0, "申请"))
    await turns.take(text(1, "同意"))
    await turns.take(text(2, "取消"))
    clock.forward(days(30))
    assert "接着填" in (await turns.take(text(3, "申请")))[0].text
    clock.forward(days(30) + timedelta(seconds=1))
    assert "同意" in (await turns.take(text(4, "申请")))[0].text


async def test_out_of_season_nobody_fills_a_form_in_vain(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    closed = replace(bot_world(), counties={})
    turns = BatchedTurns(database, clock, lambda: closed)
    for number, words in enumerate(("申请", "1")):
        assert "没有在收" in (await turns.take(text(number, words)))[0].text
    scanned = Inbound("web", "scan", "a", Input(Kind.SCENE, "v410324103201"))
    assert "没有在收" in (await turns.take(scanned))[0].text


async def test_old_claims_and_drafts_are_forgotten(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await turns.take(text(1, "申请"))
    clock.forward(days(3))
    await turns.take(text(2, "同意", "b"))
    await forget(database, clock.now() + timedelta(seconds=1))
    async with database.read() as db:
        assert list(await db.scalars(select(Claim.message_id))) == ["b-2"]
        assert await db.scalar(select(func.count()).select_from(SessionRow)) == 1
    await forget(database, clock.now() + days(28))
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(SessionRow)) == 0


async def test_when_the_database_is_away_the_channel_is_told(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)

    def broken() -> object:
        raise ConnectionError("no database")

    turns = BatchedTurns(database, clock, broken)  # type: ignore[arg-type]
    answers = await asyncio.gather(*(turns.take(text(n, "申请")) for n in range(3)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [TurnsBusyError] * 3


async def test_a_full_queue_refuses_instead_of_growing(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world, longest=2)
    answers = await asyncio.gather(
        *(turns.take(text(number, "申请", f"p{number}")) for number in range(5)), return_exceptions=True
    )
    assert sum(isinstance(answer, TurnsBusyError) for answer in answers) == 3
