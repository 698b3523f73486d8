"""Reports in the console: seen by whoever stands above the accused, handled to the end, the reporter kept apart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from intake.attachments import upload
from intake.media import PHOTO, VOICE, looked_at
from intake.models import EventRow, Report
from intake.procedure import Role
from intake.reports import add_to_report
from store.clock import FixedClock
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.intake.reporting import SAID, report_of, send_report
from tests.media import AMR, photo
from tests.world import days, make_contact


@dataclass
class Desk:
    """The console with an inspector, and one report of 石门村 with a name behind it."""

    console: Console
    jijian: Browser
    receipt: str
    path: str

    async def events(self) -> list[tuple[str, str]]:
        """Kind and subject of what happened so far."""
        async with self.console.world.database.read() as db:
            rows = await db.scalars(select(EventRow).order_by(EventRow.seq))
            return [(row.kind, row.actor.partition(":")[0]) for row in rows]

    async def row(self) -> Report:
        """The report as it is now."""
        return await report_of(self.console.world, self.receipt)


@pytest.fixture
async def desk(console: Console) -> AsyncIterator[Desk]:
    await console.hire("jijian", Role.INSPECTOR, "410324")
    jijian = await console.browser("jijian")
    contact = await make_contact(console.world)
    known = {"contact": contact, "name": "李秀英", "phone": "+8613800001234"}
    receipt = await send_report(console.world, "desk", **known)  # type: ignore[arg-type]
    report = await report_of(console.world, receipt)
    yield Desk(console, jijian, receipt, f"/admin/report/{report.id}")
    await jijian.http.close()


async def test_a_report_from_the_list_to_its_end(desk: Desk) -> None:
    zhen = desk.console.zhen
    assert "1 件举报没人接" in (await zhen.get("/admin/")).text
    listed = await zhen.get("/admin/reports")
    assert "收好处费" in listed.text and "潭头镇石门村" in listed.text and "没人接" in listed.text
    seen = await zhen.get(desk.path)
    assert SAID in seen.text and "石门村会计" in seen.text and "最迟2022年11月2日要有人接" in seen.text
    taken = await zhen.post(f"{desk.path}/take")
    assert taken.path == desk.path and "已经接办" in taken.text and "最迟2022年11月16日要答复" in taken.text
    written = await zhen.post(f"{desk.path}/write", {"text": "请补一张领款单的照片", "lines": 0})
    assert "写给举报人的话已经存好" in written.text
    ended = await zhen.post(
        f"{desk.path}/end",
        {"result": "proven", "why": "查了领款单", "consequences": "已退回 100 元", "lines": 1},
    )
    assert "已经办结" in ended.text and "查了领款单 处理结果：已退回 100 元" in ended.text
    assert (await desk.row()).state == "proven"
    assert "件举报没人接" not in (await zhen.get("/admin/")).text


async def test_the_name_of_the_reporter_is_behind_a_click_of_its_own_that_leaves_an_event(desk: Desk) -> None:
    seen = await desk.console.zhen.get(desk.path)
    assert "李秀英" not in seen.html and "1380000" not in seen.html and "留了名字或电话" in seen.text
    assert ("personal.seen", "staff") not in await desk.events()
    opened = await desk.console.zhen.post(f"{desk.path}/reporter")
    assert "李秀英" in opened.text and "138 0000 1234" in opened.text
    assert (await desk.events()).count(("personal.seen", "staff")) == 1
    assert "李秀英" not in (await desk.console.zhen.get(desk.path)).html


async def test_every_opening_leaves_an_event_without_personal_data(desk: Desk) -> None:
    await desk.console.zhen.get(desk.path)
    await desk.console.zhen.post(f"{desk.path}/take")
    assert await desk.events() == [
        ("report.received", "reporter"),
        ("report.opened", "staff"),
        ("report.seen", "staff"),
        ("report.opened", "staff"),
    ]


async def test_L12_the_accused_level_finds_nothing(desk: Desk) -> None:
    assert (await desk.console.cun.get("/admin/reports")).status == 403
    assert (await desk.console.cun.get(desk.path)).status == 403
    about_township = await send_report(desk.console.world, "township", level="township")
    path = f"/admin/report/{(await report_of(desk.console.world, about_township)).id}"
    assert (await desk.jijian.get(path)).status == 200
    for browser in (desk.console.zhen, desk.console.xian):
        assert "共 1 件" in (await browser.get("/admin/reports")).text
        for step in ("", "/file/1"):
            assert (await browser.get(path + step)).status == 404
        for step in ("/take", "/write", "/end", "/reporter"):
            fields = {"text": "在吗", "lines": 0, "result": "unproven", "why": "没有"}
            assert (await browser.post(path + step, fields)).status == 404
    assert "共 2 件" in (await desk.jijian.get("/admin/reports")).text


async def test_another_township_finds_nothing(desk: Desk) -> None:
    await desk.console.hire("other", Role.TOWNSHIP, "410324104")
    other = await desk.console.browser("other")
    assert "没有您能看的举报" in (await other.get("/admin/reports")).text
    assert (await other.get(desk.path)).status == 404
    await other.http.close()


async def test_two_officials_at_once_the_second_is_told_and_keeps_what_was_typed(desk: Desk) -> None:
    zhen, xian = desk.console.zhen, desk.console.xian
    await zhen.get(desk.path)
    await xian.get(desk.path)
    await zhen.post(f"{desk.path}/take")
    late = await xian.post(f"{desk.path}/take")
    assert late.status == 409 and "别人先办了一步" in late.text
    await zhen.post(f"{desk.path}/write", {"text": "请补一张领款单的照片", "lines": 0})
    late = await xian.post(f"{desk.path}/write", {"text": "请说清楚是哪一天", "lines": 0})
    assert late.status == 409 and "请说清楚是哪一天" in late.html and "请补一张领款单的照片" in late.text
    late = await xian.post(f"{desk.path}/end", {"result": "unproven", "why": "没有这回事", "lines": 0})
    assert late.status == 409 and (await desk.row()).state == "looking"


async def test_what_the_reporter_has_just_added_is_read_before_the_end(desk: Desk) -> None:
    await desk.console.zhen.post(f"{desk.path}/take")
    async with desk.console.world.units.begin() as unit:
        await add_to_report(unit, desk.receipt, "我有收条")
    assert "举报人有新话" in (await desk.console.zhen.get("/admin/reports")).text
    late = await desk.console.zhen.post(f"{desk.path}/end", {"result": "unproven", "why": "没有凭据", "lines": 0})
    assert late.status == 409 and "我有收条" in late.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"why": "查了"}, "请选查实还是没查实"),
        ({"result": "unproven"}, "请写怎么查的"),
        ({"result": "proven", "why": "查了"}, "查实了要写怎么处理的"),
        ({"result": "unproven", "why": "查了", "consequences": "警告"}, "没查实就不写处理结果"),
        ({"result": "unproven", "why": "查" * 1001}, "太长了，最多 1000 字，现在 1001 字"),
    ],
)
async def test_an_end_without_its_reason_is_refused_beside_the_field(
    fields: dict[str, object], said: str, desk: Desk
) -> None:
    await desk.console.zhen.post(f"{desk.path}/take")
    refused = await desk.console.zhen.post(f"{desk.path}/end", {"lines": 0, **fields})
    assert refused.status == 422 and said in refused.text
    assert (await desk.row()).state == "looking"


async def test_nothing_is_written_to_the_reporter_without_words(desk: Desk) -> None:
    refused = await desk.console.zhen.post(f"{desk.path}/write", {"text": "  ", "lines": 0})
    assert refused.status == 422 and "请写出要说的话" in refused.text


async def test_photos_and_voices_are_shown_to_whoever_may_see_the_report_alone(desk: Desk) -> None:
    world = desk.console.world
    contact = await make_contact(world)
    async with world.database.connect() as connection:
        now = world.clock.now()
        seen = await upload(connection, contact, PHOTO, await looked_at(PHOTO, photo()), now)
        heard = await upload(connection, contact, VOICE, await looked_at(VOICE, AMR), now)
        loose = await upload(connection, contact, PHOTO, await looked_at(PHOTO, photo(mark=90)), now)
    receipt = await send_report(world, "media", contact=contact, media=(seen, heard))
    path = f"/admin/report/{(await report_of(world, receipt)).id}"
    page = await desk.console.zhen.get(path)
    assert f'<img class="evidence" src="{path}/file/{seen}"' in page.html
    assert f'<audio class="block" controls preload="none" src="{path}/file/{heard}"' in page.html
    url = desk.console.server.make_url(f"{path}/file/{seen}")
    async with desk.console.zhen.http.get(url) as response:
        assert (response.status, response.content_type) == (200, "image/jpeg")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert (await response.read()).startswith(b"\xff\xd8")
    assert (await desk.console.zhen.get(f"{path}/file/{loose}")).status == 404
    assert (await desk.console.zhen.get(f"{desk.path}/file/{seen}")).status == 404
    assert (await desk.console.zhen.get(f"{path}/file/{2**63}")).status == 404
    assert (await desk.console.cun.get(f"{path}/file/{seen}")).status == 403
    stranger = Browser(desk.console.server)
    assert (await stranger.get(f"{path}/file/{seen}")).path == "/admin/login"
    await stranger.http.close()


async def test_what_is_overdue_is_marked(desk: Desk, clock: FixedClock) -> None:
    assert "超期" not in (await desk.console.zhen.get("/admin/reports")).text
    clock.forward(days(2))
    zhen = await desk.console.browser("zhen")
    listed = await zhen.get("/admin/reports")
    assert "2 天 超期" in listed.text
    assert "超期" in (await zhen.get(desk.path)).text
    await zhen.http.close()


async def test_the_list_is_filtered_and_paged_and_takes_any_query(desk: Desk) -> None:
    zhen = desk.console.zhen
    assert "共 1 件" in (await zhen.get("/admin/reports?state=received")).text
    assert "没有您能看的举报" in (await zhen.get("/admin/reports?state=proven")).text
    for query in ("state=%00", "state=nonsense", "page=0", "page=-1", "page=٣", "page=99999", "page=" + "9" * 50):
        assert (await zhen.get(f"/admin/reports?{query}")).status == 200
    assert (await zhen.get("/admin/report/9999999999999999999")).status == 404
    assert (await zhen.post(f"{desk.path}/write", {"text": "在吗", "lines": "x"})).status == 404


async def test_hostile_texts_are_shown_as_text(desk: Desk) -> None:
    nasty = "<script>alert(1)</script> {{ 7*7 }} \0"
    receipt = await send_report(desk.console.world, "nasty", what=nasty, persons=nasty)
    path = f"/admin/report/{(await report_of(desk.console.world, receipt)).id}"
    page = await desk.console.zhen.post(f"{path}/write", {"text": nasty, "lines": 0})
    assert "<script>alert" not in page.html and "&lt;script&gt;alert" in page.html and "49" not in page.text
