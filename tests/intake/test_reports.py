"""A report is made once, answered to whoever holds its receipt, and never says who made it."""

import asyncio

import orjson
import pytest
from sqlalchemy import func, select, text

from intake.access import OutOfAreaError
from intake.attachments import upload
from intake.events import verify
from intake.media import PHOTO, Media, looked_at
from intake.models import Attachment, EventRow, Report, ReportLine
from intake.reads.attached import attached
from intake.reads.report_status import ReportStatus, by_receipt
from intake.reads.reports import find_reports, report_page, reporter_of
from intake.report_codes import ReportState
from intake.report_steps import OvertakenError, end_report, take_up, write_to_reporter
from intake.reports import MOST_LINES, FullError, add_to_report
from notifications.listener import Notifier
from notifications.models import Message
from store.clock import FixedClock
from store.database import Database
from tests.intake.reporting import SAID, report_of, send_report
from tests.media import SECRET, photo
from tests.notifications.steps import Orders
from tests.world import World, days, make_contact, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock, (Notifier(Orders()).listen,))


async def picture(mark: int = 0) -> Media:
    return await looked_at(PHOTO, photo(mark=mark))


async def status(world: World, receipt: str) -> ReportStatus:
    async with world.database.connect() as connection:
        found = await by_receipt(connection, receipt)
    assert found is not None
    return found


async def count(world: World, table: type) -> int:
    async with world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(table)) or 0


async def test_the_same_sending_twice_is_one_report_with_one_receipt(world: World) -> None:
    first = await send_report(world, photos=[await picture()])
    assert await send_report(world, photos=[await picture()]) == first
    assert (await count(world, Report), await count(world, Attachment), await count(world, EventRow)) == (1, 1, 1)


async def test_a_changed_report_under_the_same_key_is_another(world: World) -> None:
    first = await send_report(world)
    assert await send_report(world, what="还有一件事：被子也没发") != first
    assert await count(world, Report) == 2


async def test_two_processes_with_the_same_sending_make_one_report(world: World) -> None:
    receipts = await asyncio.gather(*(send_report(world) for _ in range(5)))
    assert len(set(receipts)) == 1
    assert await count(world, Report) == 1
    async with world.database.connect() as connection:
        assert await verify(connection) == 1


async def test_an_anonymous_report_has_no_contact_and_its_photos_have_none(world: World) -> None:
    report = await report_of(world, await send_report(world, photos=[await picture(), await picture(90)]))
    assert report.anonymous and report.contact_id is None
    async with world.database.read() as db:
        photos = list(await db.scalars(select(Attachment)))
        assert [one.contact_id for one in photos] == [None, None]
        assert len(await attached(db, f"report:{report.id}")) == 2


async def test_a_report_by_chat_takes_its_own_photos_along_and_nobody_elses(world: World) -> None:
    reporter, other = await make_contact(world), await make_contact(world)
    async with world.database.connect() as connection:
        own = await upload(connection, reporter, PHOTO, await picture(), world.clock.now())
        foreign = await upload(connection, other, PHOTO, await picture(90), world.clock.now())
    report = await report_of(world, await send_report(world, contact=reporter, media=(own, foreign)))
    async with world.database.read() as db:
        assert [one.id for one in await attached(db, f"report:{report.id}")] == [own]


async def test_a_dump_of_the_database_shows_neither_text_nor_name_nor_receipt_nor_place_of_a_photo(
    world: World,
) -> None:
    contact = await make_contact(world)
    receipt = await send_report(world, contact=contact, named="yes", name="李秀英", phone="+8613800001234")
    async with world.units.begin() as unit:
        await add_to_report(unit, receipt, "又去了一次", [await picture()])
    dump = b""
    async with world.database.connect() as connection:
        for table in ("report", "report_line", "attachment", "event"):
            for row in await connection.execute(text(f"SELECT * FROM {table}")):
                dump += b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
    assert b"report.received" in dump
    for secret in (SAID, "李秀英", "13800001234", receipt, receipt.replace("-", ""), "又去了一次"):
        assert secret.encode() not in dump
    assert SECRET not in dump


async def test_the_chain_never_says_who_made_a_report(world: World) -> None:
    contact = await make_contact(world)
    receipt = await send_report(world, contact=contact)
    async with world.units.begin() as unit:
        await add_to_report(unit, receipt, "又去了一次")
    async with world.database.read() as db:
        rows = list(await db.scalars(select(EventRow).order_by(EventRow.seq)))
    assert [(row.kind, row.actor) for row in rows] == [("report.received", "reporter"), ("report.line", "reporter")]
    assert all(str(contact) not in orjson.dumps(row.data).decode() for row in rows)


async def test_taken_up_written_answered_and_proven_as_the_reporter_reads_it(world: World, clock: FixedClock) -> None:
    receipt = await send_report(world)
    report = await report_of(world, receipt)
    assert (await status(world, receipt)).state is ReportState.RECEIVED
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report.id)
        await write_to_reporter(unit, world.zhen, report.id, "请补一张领款单的照片", 0)
    async with world.units.begin() as unit:
        assert await add_to_report(unit, receipt, "补上了", [await picture()])
    clock.forward(days(3))
    async with world.units.begin() as unit:
        await end_report(unit, world.zhen, report.id, "查了领款单\n处理结果：已退回 100 元", 2, proven=True)
    found = await status(world, receipt.lower())
    assert found.state is ReportState.PROVEN and found.ended_at == clock.now() and found.photos == 1
    assert [(line.official, line.text) for line in found.lines] == [
        (True, "请补一张领款单的照片"),
        (False, "补上了"),
        (True, "查了领款单\n处理结果：已退回 100 元"),
    ]


async def test_the_official_sees_everything_but_the_name_which_is_asked_for(world: World) -> None:
    contact = await make_contact(world)
    receipt = await send_report(world, contact=contact, name="李秀英", phone="+8613800001234")
    report = await report_of(world, receipt)
    async with world.database.read() as db:
        page = await report_page(db, world.zhen, report.id, world.clock.now())
        assert (page.what, page.persons, page.place, page.named) == (SAID, "石门村会计", "潭头镇石门村", True)
        assert "李秀英" not in repr(page) and "13800001234" not in repr(page) and str(contact) not in repr(page)
        reporter = await reporter_of(db, world.zhen, report.id)
        assert (reporter.name, reporter.phone) == ("李秀英", "138 0000 1234")
        with pytest.raises(OutOfAreaError):
            await reporter_of(db, world.cun, report.id)


async def test_a_reporter_by_chat_is_told_that_there_is_an_answer_but_not_what_it_says(world: World) -> None:
    contact = await make_contact(world)
    report = await report_of(world, await send_report(world, contact=contact))
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report.id)
        await write_to_reporter(unit, world.zhen, report.id, "请补一张领款单的照片", 0)
        await end_report(unit, world.zhen, report.id, "查了领款单", 1, proven=False)
    async with world.database.read() as db:
        told = list(await db.scalars(select(Message).order_by(Message.number)))
    assert [(one.contact_id, one.template, one.params) for one in told] == [(contact, "report.letter", {})] * 2


async def test_an_anonymous_reporter_is_told_nothing(world: World) -> None:
    report = await report_of(world, await send_report(world))
    async with world.units.begin() as unit:
        await write_to_reporter(unit, world.zhen, report.id, "请补一张领款单的照片", 0)
    assert await count(world, Message) == 0


async def test_two_officials_at_once_the_second_is_told(world: World) -> None:
    receipt = await send_report(world)
    report = await report_of(world, receipt)
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report.id)
    with pytest.raises(OvertakenError):
        async with world.units.begin() as unit:
            await take_up(unit, world.xian, report.id)
    async with world.units.begin() as unit:
        await write_to_reporter(unit, world.zhen, report.id, "请补一张领款单的照片", 0)
    for step in (write_to_reporter, end_report):
        with pytest.raises(OvertakenError):
            async with world.units.begin() as unit:
                known = {"proven": False} if step is end_report else {}
                await step(unit, world.xian, report.id, "没有这回事", 0, **known)
    assert [line.text for line in (await status(world, receipt)).lines] == ["请补一张领款单的照片"]


async def test_a_report_is_not_ended_over_what_the_reporter_has_just_added(world: World) -> None:
    receipt = await send_report(world)
    report = await report_of(world, receipt)
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report.id)
        await add_to_report(unit, receipt, "我有收条")
    with pytest.raises(OvertakenError):
        async with world.units.begin() as unit:
            await end_report(unit, world.zhen, report.id, "没有凭据", 0, proven=False)


async def test_nobody_ends_a_report_that_nobody_took_up_or_that_has_ended(world: World) -> None:
    report = await report_of(world, await send_report(world))
    with pytest.raises(OvertakenError):
        async with world.units.begin() as unit:
            await end_report(unit, world.zhen, report.id, "没有这回事", 0, proven=False)
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, report.id)
        await end_report(unit, world.zhen, report.id, "没有这回事", 0, proven=False)
    with pytest.raises(OvertakenError):
        async with world.units.begin() as unit:
            await end_report(unit, world.zhen, report.id, "有这回事", 1, proven=True)


async def test_what_is_added_twice_is_there_once(world: World) -> None:
    receipt = await send_report(world)
    for _ in range(2):
        async with world.units.begin() as unit:
            await add_to_report(unit, receipt, "又去了一次", [await picture()])
    found = await status(world, receipt)
    assert ([line.text for line in found.lines], found.photos) == (["又去了一次"], 1)


async def test_the_same_words_again_after_an_answer_are_said_again(world: World) -> None:
    receipt = await send_report(world)
    report = await report_of(world, receipt)
    async with world.units.begin() as unit:
        await add_to_report(unit, receipt, "还没有发")
        await write_to_reporter(unit, world.zhen, report.id, "在查", 1)
        await add_to_report(unit, receipt, "还没有发")
    assert [line.text for line in (await status(world, receipt)).lines] == ["还没有发", "在查", "还没有发"]


async def test_nothing_can_be_added_without_end_or_to_a_receipt_that_there_is_not(world: World) -> None:
    receipt = await send_report(world)
    async with world.units.begin() as unit:
        assert not await add_to_report(unit, "0000-0000-0000-0000", "又去了一次")
        for number in range(MOST_LINES):
            await add_to_report(unit, receipt, f"第 {number} 次")
        with pytest.raises(FullError):
            await add_to_report(unit, receipt, "再一次")
    assert len((await status(world, receipt)).lines) == MOST_LINES


async def test_the_list_has_the_open_ones_first_the_oldest_on_top_and_says_who_wrote_last(
    world: World, clock: FixedClock
) -> None:
    receipts = []
    for number in range(3):
        receipts.append(await send_report(world, f"test:{number}"))
        clock.forward(days(1))
    first, second, third = [(await report_of(world, receipt)).id for receipt in receipts]
    async with world.units.begin() as unit:
        await take_up(unit, world.zhen, first)
        await end_report(unit, world.zhen, first, "没有这回事", 0, proven=False)
        await add_to_report(unit, receipts[1], "又去了一次")
    async with world.database.read() as db:
        rows, total = await find_reports(db, world.zhen, clock.now())
        assert total == 3
        assert [(row.id, row.days, row.overdue, row.news) for row in rows] == [
            (second, 2, True, True),
            (third, 1, False, False),
            (first, 3, False, False),
        ]
        rows, total = await find_reports(db, world.zhen, clock.now(), ReportState.UNPROVEN)
        assert ([row.id for row in rows], total) == ([first], 1)


async def test_a_code_that_is_none_finds_nothing(world: World) -> None:
    await send_report(world)
    async with world.database.connect() as connection:
        for code in ("", "0000-0000-0000-0000", "' OR 1=1", "7K3M", "\0"):
            assert await by_receipt(connection, code) is None


async def test_lines_of_one_instant_keep_their_order(world: World) -> None:
    receipt = await send_report(world)
    async with world.units.begin() as unit:
        for number in range(20):
            await add_to_report(unit, receipt, str(number))
    assert [line.text for line in (await status(world, receipt)).lines] == [str(number) for number in range(20)]
    async with world.database.read() as db:
        assert await db.scalar(select(func.count(func.distinct(ReportLine.at)))) == 1
