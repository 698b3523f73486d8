"""The scheme in the console: read by all of the county, changed by the county alone, in versions, with nothing lost."""

import asyncio
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from admin.day_lists import read_days
from intake.models import Division, EventRow, SchemeVersion
from intake.procedure import Role
from intake.scheme import SchemeContent
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.world import SHIMEN, days

EDITS = (
    "/admin/scheme/edit/basics",
    "/admin/scheme/edit/money",
    "/admin/scheme/affected",
    f"/admin/scheme/affected/{SHIMEN[:9]}",
    "/admin/scheme/next",
    "/admin/scheme/upload",
)
READS = ("/admin/scheme", "/admin/scheme/history", "/admin/scheme/file.json", "/admin/calendar")
_FIELD = re.compile(r'<input id="([^"]+)" name="[^"]+" type="\w+" value="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(season|version)" value="([^"]*)"')
_CHECKED = re.compile(r'<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)" checked')


def fields(page: Seen) -> dict[str, object]:
    """The fields of a page as they stand."""
    return {
        **dict(_FIELD.findall(page.html)),
        **dict(_HIDDEN.findall(page.html)),
        **dict(_CHECKED.findall(page.html)),
    }


async def content(console: Console) -> SchemeContent:
    """The content in force."""
    async with console.world.database.read() as db:
        query = (
            select(SchemeVersion.content).order_by(SchemeVersion.since.desc(), SchemeVersion.version.desc()).limit(1)
        )
        return SchemeContent.from_json((await db.scalars(query)).one())


async def count(console: Console) -> int:
    """How many versions there are."""
    async with console.world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(SchemeVersion)) or 0


async def change(browser: Browser, section: str, **typed: object) -> Seen:
    """Open a section, type, save."""
    path = f"/admin/scheme/edit/{section}"
    page = await browser.get(path)
    changed = {name.replace("__", "."): value for name, value in typed.items()}
    return await browser.post(path, fields(page) | changed)


async def test_all_of_the_county_read_it_and_the_county_alone_changes_it(console: Console) -> None:
    await console.hire("jijian", Role.INSPECTOR, "410324")
    await console.hire("minzheng", Role.CIVIL, "410324")
    await console.hire("sys", Role.ADMIN, None)
    readers = [console.cun, console.zhen, *[await console.browser(name) for name in ("jijian", "minzheng")]]
    for browser in readers:
        for path in READS:
            assert (await browser.get(path)).status == 200
        assert "/admin/scheme/edit" not in (await browser.get("/admin/scheme")).html
        for path in EDITS:
            assert (await browser.get(path)).status == 403
            assert (await browser.post(path, {"season": "2022-2023", "version": 1})).status == 403
    sys = await console.browser("sys")
    stranger = Browser(console.server)
    for path in (*READS, *EDITS):
        assert (await sys.get(path)).status == 403
        assert (await stranger.get(path)).path == "/admin/login"
    assert await count(console) == 1
    for browser in (*readers[2:], sys, stranger):
        await browser.http.close()


async def elsewhere(console: Console) -> Browser:
    """An official of another county, which has no scheme."""
    async with console.world.database.write() as db:
        db.add(Division(code="120111", level=3, name="西青区", short="西青"))
    await console.hire("other", Role.COUNTY, "120111")
    return await console.browser("other")


async def test_another_county_sees_and_changes_nothing_of_it(console: Console) -> None:
    other = await elsewhere(console)
    assert "还没有救助方案" in (await other.get("/admin/scheme?season=2022-2023")).text
    for path in ("/admin/scheme?version=1", "/admin/scheme/file.json?season=2022-2023", EDITS[0], EDITS[3]):
        assert (await other.get(path)).status == 404
    for path in (EDITS[0], EDITS[3]):
        assert (await other.post(path, {"season": "2022-2023", "version": 1})).status == 404
    assert "xian" not in (await other.get("/admin/scheme/history?season=2022-2023")).text
    assert await count(console) == 1
    await other.http.close()


async def test_a_change_is_a_new_version_with_who_and_what(console: Console) -> None:
    saved = await change(console.xian, "procedure", notice_days="7", notice_kind="working", quorum__present="10")
    assert saved.path == "/admin/scheme" and "已经存好" in saved.text and "7 个工作日" in saved.text
    now = await content(console)
    assert (now.notice_days, now.notice_kind, now.quorum.present) == (7, "working", 10)
    history = await console.cun.get("/admin/scheme/history")
    assert "第 2 版 2022年11月1日 12:00 xian" in history.text
    assert "公示几天 5 天 7 个工作日" in history.text and "评议会至少到几人 不要求 10 人" in history.text
    old = await console.cun.get("/admin/scheme?version=1")
    assert "这是以前的方案" in old.text and "5 天" in old.text
    async with console.world.database.read() as db:
        actors = list(await db.scalars(select(EventRow.actor).where(EventRow.kind == "scheme.saved")))
    assert actors == [console.world.xian.actor]


async def test_everything_wrong_is_said_at_once_beside_its_field(console: Console) -> None:
    seen = await change(
        console.xian, "money", tiers__ordinary="90", tiers__heavier="很多", household_cap_fen="", equal_shares_from="1"
    )
    assert seen.status == 422 and await count(console) == 1
    for name in ("tiers.ordinary", "tiers.heavier", "household_cap_fen", "equal_shares_from"):
        assert f'id="{name}-wrong"' in seen.html
    assert "“很多”不是金额" in seen.text and "请写 2 户以上，例如 5" in seen.text and 'value="很多"' in seen.html
    late = await change(console.xian, "dates", pay_before="2023-01-23", dates__survey_by="昨天")
    assert "这一季的春节是 2023年1月22日" in late.text and "“昨天”不是日期" in late.text


async def test_who_was_overtaken_is_told_by_whom_and_of_what_and_loses_nothing(console: Console) -> None:
    page = await console.xian.get("/admin/scheme/edit/basics")
    await console.hire("xian2", Role.COUNTY, "410324")
    second = await console.browser("xian2")
    await change(second, "procedure", notice_days="6")
    stale = await console.xian.post("/admin/scheme/edit/basics", fields(page) | {"hotline": "12345"})
    assert stale.status == 409 and "xian2 在 2022年11月1日 12:00 存了第 2 版" in stale.text
    assert "公示几天 5 天 6 天" in stale.text and 'value="12345"' in stale.html
    assert (await content(console)).hotline == "66789599"
    again = await console.xian.post("/admin/scheme/edit/basics", fields(stale))
    assert again.path == "/admin/scheme"
    now = await content(console)
    assert (now.hotline, now.notice_days) == ("12345", 6)
    await second.http.close()


async def test_of_two_who_save_at_once_one_is_told(console: Console) -> None:
    await console.hire("xian2", Role.COUNTY, "410324")
    second = await console.browser("xian2")
    pages = [(browser, await browser.get("/admin/scheme/edit/basics")) for browser in (console.xian, second)]
    seen = await asyncio.gather(
        *(
            browser.post("/admin/scheme/edit/basics", fields(page) | {"hotline": f"1234{number}"})
            for number, (browser, page) in enumerate(pages)
        )
    )
    assert sorted(page.status for page in seen) == [200, 409] and await count(console) == 2
    await second.http.close()


async def test_L1_places_are_ticked_township_by_township(console: Console) -> None:
    assert "潭头镇" in (await console.xian.get("/admin/scheme/affected")).text
    whole = {"season": "2022-2023", "version": 1}
    assert (await console.xian.post("/admin/scheme/affected", whole)).path == "/admin/scheme"
    path = f"/admin/scheme/affected/{SHIMEN[:9]}"
    far = console.world.far_village
    ticked = {
        "season": "2022-2023",
        "version": 2,
        f"affected.{SHIMEN}.hail": "on",
        f"groups.{SHIMEN}": "3组、上沟",
        f"groups.{console.world.other_village}": "1组",
        f"affected.{far}.hail": "on",
    }
    refused = await console.xian.post(path, ticked)
    assert refused.status == 422 and "没有勾灾种，不能只写受灾的组" in refused.text and "3组、上沟" in refused.html
    del ticked[f"groups.{console.world.other_village}"]
    saved = await console.xian.post(path, ticked)
    assert "潭头镇石门村受的灾 风雹" in saved.text and "潭头镇石门村只有这些组受灾 3组、上沟" in saved.text
    now = await content(console)
    assert now.affected == {SHIMEN: ("hail",)} and now.groups == {SHIMEN: ("3组", "上沟")}
    page = await console.xian.get(path)
    assert f'name="affected.{SHIMEN}.hail" value="on" checked' in page.html
    assert (await console.xian.get("/admin/scheme/affected/120111001")).status == 404


async def test_families_days_and_budget_are_kept(console: Console) -> None:
    await change(console.xian, "families", families__orphan="destitute", families__ordinary="ordinary")
    await change(
        console.xian,
        "days",
        days__holidays="2027-02-06 至 2027-02-12",
        days__workdays="2027-02-20",
        days__years="2027",
    )
    line = {"kind": "goods", "source": "city", "name": "棉被", "worth_fen": "", "quantity": "300", "unit": "床"}
    await change(console.xian, "budget", **{f"budget__1__{name}": value for name, value in line.items()})
    bad = await change(console.xian, "budget", budget__3__kind="money", budget__3__source="city", budget__3__name="款")
    assert bad.status == 422 and "请写金额" in bad.text and 'id="budget.2.worth_fen-wrong"' in bad.html
    assert "第 2 笔金额或折价（元）：请写金额" in bad.text and "第 2 笔：" not in bad.text
    none = {f"budget__1__{name}": value for name, value in (line | {"quantity": ""}).items()}
    empty = await change(console.xian, "budget", **none)
    assert "第 1 笔数量：物资请写数量，例如 300" in empty.text and "“”" not in empty.text
    now = await content(console)
    assert list(now.families) == ["orphan", "ordinary"] and len(now.days.holidays) == 7 and now.days.years == (2027,)
    assert now.budget[0].quantity == 300 and "物资、市级、棉被、300 床" in (await console.cun.get("/admin/scheme")).text


async def file_of(console: Console, **changes: Any) -> str:
    """The downloaded file, changed."""
    got = await console.zhen.get("/admin/scheme/file.json")
    assert got.headers["Content-Disposition"].startswith('attachment; filename="scheme-410324-2022-2023-')
    return json.dumps(json.loads(got.html) | changes)


async def upload(browser: Browser, text: str) -> Seen:
    """Choose a file."""
    return await browser.upload("/admin/scheme/upload", file=("scheme.json", text.encode()))


async def test_a_file_is_looked_at_before_it_counts(console: Console) -> None:
    await console.xian.get("/admin/scheme/upload")
    text = await file_of(console, notice_days=9, title="新方案")
    preview = await upload(console.xian, text)
    assert "公示几天 5 天 9 天" in preview.text and await count(console) == 1
    typed = fields(preview) | {"confirmed": "on", "body": text}
    assert (await console.xian.post("/admin/scheme/upload", typed)).path == "/admin/scheme"
    assert (await content(console)).notice_days == 9
    late = await console.xian.post("/admin/scheme/upload", typed)
    assert late.status == 409 and await count(console) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请选一个方案文件"),
        ("{", "读不出方案"),
        ("[]", "读不出方案"),
        ('{"county": "410324", "season": "2022-2023"}', "读不出方案"),
        ("[" * 100_000, "读不出方案"),
    ],
)
async def test_a_file_that_is_none_is_refused(console: Console, text: str, said: str) -> None:
    await console.xian.get("/admin/scheme/upload")
    seen = await upload(console.xian, text)
    assert seen.status == 422 and said in seen.text


async def test_a_file_that_cannot_be_used_says_all_that_is_wrong(console: Console) -> None:
    await console.xian.get("/admin/scheme/upload")
    bad = await upload(console.xian, await file_of(console, notice_days=0, hotline="", affected={"120111": ["hail"]}))
    assert bad.status == 422
    for said in ("不在本县：120111", "请写 1 到 60 天", "请写一个电话号码"):
        assert said in bad.text
    for changes, said in (
        ({"county": "120111"}, "不是本县的"),
        ({"season": "2023-2024"}, "别的季度"),
        ({"tiers": {"ordinary": "x"}}, "读不出方案"),
        ({"title": 7}, "这里要写字"),
        ({"title": "\ud800"}, "读不出方案"),
        ({"title": "冬春\0救助"}, "读不出方案"),
        ({"document": "1\x01号"}, "读不出方案"),
        ({"title": "冬春救助" * 99}, "最多 200 个字"),
        ({"groups": {SHIMEN: [1]}}, "读不出方案"),
        ({"household_cap_fen": 10**40}, "请写金额"),
    ):
        seen = await upload(console.xian, await file_of(console, **changes))
        assert seen.status == 422 and said in seen.text, changes


async def test_the_next_season_begins_when_the_last_is_over(console: Console) -> None:
    assert "才停止收申请" in (await console.xian.get("/admin/scheme/next")).text
    console.clock.forward(days(300))
    await console.hire("xian2", Role.COUNTY, "410324")
    second = await console.browser("xian2")
    await console.xian.sign_in("xian")
    pages = [(browser, await browser.get("/admin/scheme/next")) for browser in (console.xian, second)]
    assert "2023-2024" in pages[0][1].text
    typed = {"document": "栾应急〔2023〕60号"}
    seen = await asyncio.gather(*(browser.post("/admin/scheme/next", fields(page) | typed) for browser, page in pages))
    assert sorted(page.status for page in seen) == [200, 409] and await count(console) == 2
    now = await content(console)
    assert now.affected == {} and now.tiers == console.world.content.tiers and str(now.pay_before) == "2024-02-10"
    assert "2022-2023" in (await console.xian.get("/admin/scheme?season=2022-2023")).text
    await second.http.close()


async def test_a_county_without_a_scheme_begins_one(console: Console) -> None:
    other = await elsewhere(console)
    page = await other.get("/admin/scheme/next")
    empty = await other.post("/admin/scheme/next", fields(page))
    assert empty.status == 422 and "请写一个电话号码" in empty.text
    typed = {"title": "西青区冬春救助", "document": "1号", "hotline": "12345", "contact_phone": "12345"}
    assert "第 1 版" in (await other.post("/admin/scheme/next", fields(page) | typed)).text
    await other.http.close()


@given(st.text())
def test_any_text_is_read_as_days_or_said_to_be_none(text: str) -> None:
    found, wrong = read_days(text)
    assert list(found) == sorted(set(found)) and all(wrong)


@given(st.dates(), st.integers(0, 40))
def test_a_row_of_days_is_read(first: Any, length: int) -> None:
    last = first + days(min(length, (first.max - first).days))
    text = f"{first.isoformat()} 至 {last.isoformat()}"
    assert read_days(text) == (tuple(first + days(number) for number in range((last - first).days + 1)), ())


BANK = {
    "banks.1.name": "农信社",
    "banks.1.prefixes": "622991、621021",
    "banks.1.format": "csv",
    "banks.1.encoding": "gbk",
    "banks.1.columns": "户名=户主\n账号=卡号\n金额=金额（元）",
    "banks.1.returned.card": "账号",
    "banks.1.returned.amount": "金额",
    "banks.1.returned.result": "状态",
    "banks.1.returned.paid": "成功、已入账",
    "banks.1.returned.failed": "失败",
}


async def test_the_county_writes_down_how_its_banks_want_their_files(console: Console) -> None:
    seen = await change(console.xian, "banks", **BANK)
    assert seen.path == "/admin/scheme", seen.text
    assert "户名=户主、账号=卡号、金额=金额（元）" in seen.text
    (bank,) = (await content(console)).banks
    assert (bank.code, bank.name, bank.prefixes, bank.encoding) == ("bank1", "农信社", ("622991", "621021"), "gbk")
    assert [column.field for column in bank.columns] == ["head", "card", "amount_yuan"]
    assert bank.returned.paid == ("成功", "已入账")
    page = await console.xian.get("/admin/scheme/edit/banks")
    assert 'name="banks.2.name" type="text" value=""' in page.html
    assert "户名=户主\n账号=卡号" in page.html


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"banks.1.columns": "户名=户主\n账号=密码"}, "第 2 行“账号=密码”看不懂"),
        ({"banks.1.columns": "户名=户主"}, "至少要有一列卡号"),
        ({"banks.1.prefixes": "62X"}, "“62X”不行"),
        ({"banks.1.returned.failed": "成功"}, "不能又算没打成"),
        ({"banks.1.returned.result": "账号"}, "不能一样"),
    ],
)
async def test_what_is_wrong_with_a_bank_stands_beside_it(console: Console, typed: dict[str, str], word: str) -> None:
    seen = await change(console.xian, "banks", **(BANK | typed))
    assert (seen.status, word in seen.text) == (422, True)
    assert "农信社" in seen.html
    assert await count(console) == 1
