"""Reporting on the web leaves nothing of who did it, and the receipt alone leads back."""

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.faces.anonymous_report import routes
from bot.faces.flood import PerMinute
from bot.faces.report_pages import ReportContext
from intake.media import MAX_BYTES
from intake.models import Attachment, Contact, EventRow, Report, Submission
from intake.report_steps import end_report, take_up
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.faces.stranger import FILLED, Stranger
from tests.intake.reporting import SAID, report_of
from tests.media import SECRET, photo
from tests.world import World, make_world

pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")
"""aiohttp warns of a call of its own where a part of a form straddles two packets."""

NASTY = "<script>alert(1)</script>\u202e\u200b\0\x1b[31m 会计'; DROP TABLE report; -- 🧾 " + "ก็็็็็็"


@dataclass
class Pages:
    """The served pages and what they are over."""

    world: World
    server: TestServer
    context: ReportContext


@pytest.fixture
async def pages(database: Database, clock: FixedClock) -> AsyncIterator[Pages]:
    world = await make_world(database, clock)
    context = ReportContext(world.units, bot_world, "https://nuandong.example.cn")
    app = web.Application(client_max_size=1024 * 1024)
    app.add_routes(routes(context))
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    yield Pages(world, server, context)
    await server.close()


@pytest.fixture
async def stranger(pages: Pages) -> AsyncIterator[Stranger]:
    browser = Stranger(pages.server)
    yield browser
    await browser.http.close()


async def counted(pages: Pages, table: type) -> int:
    async with pages.world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(table)) or 0


async def test_a_report_from_the_first_page_to_its_result(pages: Pages, stranger: Stranger) -> None:
    assert "我要举报" in (await stranger.get("/reports")).text
    assert "这一页是匿名的" in (await stranger.get("/reports/new")).text
    made = await stranger.report([photo(), photo(mark=90)])
    assert made.status == 200 and "最迟2022年11月2日有人接办" in made.text
    seen = await stranger.post("/reports", {"receipt": made.receipt.lower().replace("-", " ")})
    assert seen.status == 200
    assert "收到了，等人接办" in seen.text and "潭头镇石门村" in seen.text and "照片 2 张" in seen.text
    report = await report_of(pages.world, made.receipt)
    async with pages.world.units.begin() as unit:
        await take_up(unit, pages.world.zhen, report.id)
        await end_report(unit, pages.world.zhen, report.id, "查了领款单，已退回", 0, proven=True)
    seen = await stranger.post("/reports", {"receipt": made.receipt})
    assert "查实了" in seen.text and "查了领款单，已退回" in seen.text
    assert "zhen" not in seen.text


async def test_it_leaves_no_contact_no_cookie_no_submission_and_no_address_in_a_log(
    pages: Pages, stranger: Stranger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = await stranger.report([photo()])
    await stranger.post("/reports", {"receipt": made.receipt})
    assert (await counted(pages, Contact), await counted(pages, Submission)) == (0, 0)
    async with pages.world.database.read() as db:
        report = (await db.scalars(select(Report))).one()
        assert report.anonymous and report.contact_id is None
        assert (await db.scalars(select(Attachment.contact_id))).all() == [None]
        assert [row.actor for row in await db.scalars(select(EventRow))] == ["reporter"]
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp.access"))
    assert made.receipt not in logged and SAID not in logged and "127.0.0.1" not in logged


async def test_no_page_tells_another_site_or_a_cache_or_runs_a_script(stranger: Stranger) -> None:
    made = await stranger.report()
    for page in (
        await stranger.get("/reports"),
        await stranger.get("/reports/new"),
        made,
        await stranger.post("/reports", {"receipt": made.receipt}),
        await stranger.post("/reports", {"receipt": "7K3M"}),
    ):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "<script" not in page.html and "http://" not in page.html and "https://" not in page.html


async def test_the_receipt_never_stands_in_an_address(stranger: Stranger) -> None:
    made = await stranger.report()
    seen = await stranger.post("/reports", {"receipt": made.receipt})
    for page in (made, seen):
        assert not [part for part in page.html.split('"') if made.receipt in part and part.startswith(("/", "?", "#"))]
    assert (await stranger.get(f"/reports/{made.receipt}")).status == 404


async def test_pressing_twice_is_one_report(pages: Pages, stranger: Stranger) -> None:
    fields = {"key": (await stranger.get("/reports/new")).key, **FILLED}
    first = await stranger.post("/reports/new", fields, [photo()])
    assert (await stranger.post("/reports/new", fields, [photo()])).receipt == first.receipt
    assert (await counted(pages, Report), await counted(pages, Attachment)) == (1, 1)


async def test_the_key_alone_gives_nobody_the_receipt(stranger: Stranger) -> None:
    fields = {"key": (await stranger.get("/reports/new")).key, **FILLED}
    first = await stranger.post("/reports/new", fields)
    other = await stranger.post("/reports/new", fields | {"what": "别的事情也写一下"})
    assert other.receipt != first.receipt


async def test_every_field_says_what_is_wrong_and_keeps_what_was_typed(pages: Pages, stranger: Stranger) -> None:
    page = await stranger.report(kind="", village="没有的村", level="", what="短")
    assert page.status == 422
    for field in ("kind", "village", "level", "what"):
        assert f'id="{field}-wrong"' in page.html and f'href="#{field}"' in page.html
    assert 'value="没有的村"' in page.html and 'value="石门村会计"' in page.html and ">短</textarea>" in page.html
    assert "照片要重新选一次" in page.text
    assert await counted(pages, Report) == 0
    fixed = await stranger.post("/reports/new", {"key": page.key, **FILLED})
    assert fixed.receipt


async def test_a_village_that_fits_several_lists_them(stranger: Stranger) -> None:
    page = await stranger.report(village="王坪村")
    assert page.status == 422
    assert len(re.findall(r"\w+王坪村", page.text)) >= 2


async def test_without_a_village_it_is_the_countys(pages: Pages, stranger: Stranger) -> None:
    made = await stranger.report(village="", persons="", level="unknown")
    report = await report_of(pages.world, made.receipt)
    assert (report.division, report.accused) == ("410324", "county")
    assert "只有县纪检能看到" in made.text


async def test_photos_lose_what_the_phone_wrote_into_them(pages: Pages, stranger: Stranger) -> None:
    assert SECRET in photo()
    await stranger.report([photo(), photo("PNG")])
    async with pages.world.database.read() as db:
        kept = [one for one in await db.scalars(select(Attachment.content)) if one is not None]
    assert len(kept) == 2
    assert not [one for one in kept if SECRET in one or b"GPS" in one or b"Exif" in one]


@pytest.mark.parametrize(
    ("photos", "said"),
    [
        ([b"%PDF-1.7 no photo"], "不是照片"),
        ([b"\xff\xd8\xff broken"], "不是照片"),
        ([photo()] * 6, "照片太多了"),
        ([b"\xff\xd8\xff" + bytes(MAX_BYTES)], "太大了"),
    ],
    ids=["no photo", "broken", "six", "too large"],
)
async def test_photos_that_are_none_are_refused_beside_their_field(
    photos: list[bytes], said: str, pages: Pages, stranger: Stranger
) -> None:
    page = await stranger.report(photos)
    assert page.status == 422 and said in page.text and SAID in page.html
    assert await counted(pages, Report) == 0


async def test_hostile_texts_are_shown_as_text(pages: Pages, stranger: Stranger) -> None:
    made = await stranger.report(what=NASTY, persons=NASTY[:150])
    assert made.status == 200
    await stranger.post("/reports/more", {"receipt": made.receipt, "text": NASTY})
    seen = await stranger.post("/reports", {"receipt": made.receipt})
    assert "<script>" not in seen.html and "&lt;script&gt;" in seen.html and "\0" not in seen.html
    content = (await report_of(pages.world, made.receipt)).content
    assert "\u202e" not in content["what"] and "\0" not in content["what"] and "DROP TABLE" in content["what"]


@pytest.mark.parametrize("receipt", ["", "7K3M-9Q2T-0ABC-D1EF", NASTY, "0" * 5000, "石门村"])
async def test_a_receipt_that_is_none_is_told_with_an_example(receipt: str, stranger: Stranger) -> None:
    page = await stranger.post("/reports", {"receipt": receipt})
    assert page.status == 422 and "这个回执码对不上" in page.text and "7K3M-9Q2T-0ABC-D4EF" in page.text


async def test_adding_words_and_photos(stranger: Stranger) -> None:
    receipt = (await stranger.report()).receipt
    page = await stranger.post("/reports/more", {"receipt": receipt, "text": "又去了一次，还是没发"}, [photo()])
    assert "补上了" in page.text and "又去了一次" in page.text and "照片 1 张" in page.text
    page = await stranger.post("/reports/more", {"receipt": receipt, "text": ""}, [photo(mark=90)])
    assert "（补了 1 张照片）" in page.text and "照片 2 张" in page.text
    page = await stranger.post("/reports/more", {"receipt": receipt, "text": " "})
    assert page.status == 422 and "请写几个字" in page.text
    page = await stranger.post("/reports/more", {"receipt": receipt, "text": "长" * 1001})
    assert page.status == 422 and "长" * 1001 in page.html
    page = await stranger.post("/reports/more", {"receipt": "7K3M", "text": "在吗"})
    assert page.status == 422 and "这个回执码对不上" in page.text


async def test_the_trap_catches_what_fills_in_every_field(pages: Pages, stranger: Stranger) -> None:
    page = await stranger.report(website="https://spam.example")
    assert page.status == 422 and await counted(pages, Report) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "https://nuandong.example.cn"}, 200),
        ({"Origin": "null"}, 200),
        ({}, 200),
    ],
)
async def test_forms_of_other_sites_are_refused(
    headers: dict[str, str], status: int, pages: Pages, stranger: Stranger
) -> None:
    page = await stranger.post("/reports/new", {"key": "k", **FILLED}, headers=headers)
    assert page.status == status
    assert await counted(pages, Report) == (status == 200)


async def test_a_flood_is_held_back_for_a_minute_and_nothing_typed_is_lost(
    pages: Pages, stranger: Stranger, clock: FixedClock
) -> None:
    object.__setattr__(pages.context, "sendings", PerMinute(2))
    for number in range(2):
        assert (await stranger.report(what=f"{SAID}，第 {number} 次")).status == 200
    page = await stranger.report()
    assert page.status == 429 and "请过一分钟再提交" in page.text and SAID in page.html
    clock.at = clock.at.replace(minute=clock.at.minute + 1)
    assert (await stranger.post("/reports/new", {"key": page.key, **FILLED})).status == 200


async def test_guessing_receipts_is_held_back(pages: Pages, stranger: Stranger) -> None:
    object.__setattr__(pages.context, "lookups", PerMinute(3))
    statuses = [(await stranger.post("/reports", {"receipt": "7K3M"})).status for _ in range(5)]
    assert statuses == [422, 422, 422, 429, 429]


async def test_a_broken_or_endless_sending_is_refused(pages: Pages, stranger: Stranger) -> None:
    for body, kind in (
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"what=" + b"a" * (2 * 1024 * 1024), "application/x-www-form-urlencoded"),
    ):
        headers = {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
        url = pages.server.make_url("/reports/new")
        async with stranger.http.post(url, data=BytesIO(body), headers=headers) as response:
            assert response.status in (413, 422)
    assert await counted(pages, Report) == 0


async def test_a_fault_is_told_and_logged_without_the_address(
    pages: Pages, stranger: Stranger, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> str:
        raise RuntimeError(SAID)

    monkeypatch.setattr("bot.faces.anonymous_report.make_report", fail)
    page = await stranger.report()
    assert page.status == 500 and "我们这边出了点问题" in page.text
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp.access"))
    assert "a page about reports failed" in logged and "127.0.0.1" not in logged and SAID not in logged


async def test_the_pages_speak_the_language_that_was_asked_for_and_keep_it(stranger: Stranger) -> None:
    page = await stranger.get("/reports/new?lang=bo_CN")
    assert '<html lang="bo-CN">' in page.html and 'action="/reports/new?lang=bo_CN"' in page.html
    assert '<html lang="zh-Hans-CN">' in (await stranger.get("/reports/new?lang=%22%3E")).html
