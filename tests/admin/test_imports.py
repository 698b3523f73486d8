"""Importing in the console: what officials see of a file, before and after they say yes."""

import re
from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from admin import imports as pages
from intake.imports import filing
from intake.imports.filing import file_waiting
from intake.models import Case, EventRow, ImportFile, ImportRow, Scheme
from intake.procedure import Role
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.faces.workbooks import LAST_HEADINGS, book, household, listed, number_of
from tests.statements import counted
from tests.world import file_case

YES = {"signed": "on"}


async def send(browser: Browser, body: bytes, kind: str = "apply", name: str = "石门村.xlsx") -> Seen:
    """Choose a file and press the button."""
    return await browser.upload("/admin/import", {"kind": kind}, file=(name, body))


async def taken(browser: Browser, path: str, fields: Mapping[str, object] | None = None) -> bytes:
    """A file that is handed out."""
    data = {"csrf": browser.csrf, **(fields or {})}
    url = browser.server.make_url(path)
    async with browser.http.post(url, data=data, headers={"Sec-Fetch-Site": "same-origin"}) as response:
        assert response.status == 200
        assert "attachment" in response.headers["Content-Disposition"]
        return await response.read()


async def cases(console: Console) -> int:
    """How many cases there are."""
    async with console.world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(Case)) or 0


async def test_a_file_is_read_looked_at_and_confirmed(console: Console) -> None:
    seen = await send(console.cun, listed(household(1), household(2), household(3, 身份证号码="12345")))
    assert seen.status == 200
    assert "读好了，还没有存" not in seen.text and "还什么都没有存" in seen.text
    assert "名单 第 4 行" in seen.text and "身份证号码：" in seen.text
    assert await cases(console) == 0
    seen = await console.cun.post(f"{seen.path}/confirm", YES)
    assert "新收申请 2 户" in seen.text and "退回的 1 行怎么办" in seen.text
    assert await cases(console) == 2
    assert "石门村.xlsx" in (await console.cun.get("/admin/import")).text
    assert "已导入" in (await console.zhen.get("/admin/import")).text


async def test_a_file_whose_name_is_in_another_encoding_is_read(console: Console) -> None:
    parts = (("csrf", console.cun.csrf.encode()), ("kind", b"apply"), ("file", listed(household(1))))
    body = b""
    for name, value in parts:
        named = f'name="{name}"'.encode() + ('; filename="石门.xlsx"'.encode("gb18030") if name == "file" else b"")
        body += b"--x\r\nContent-Disposition: form-data; " + named + b"\r\n\r\n" + value + b"\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    url = console.server.make_url("/admin/import")
    async with console.cun.http.post(url, data=body + b"--x--\r\n", headers=headers) as response:
        assert (response.status, "还什么都没有存" in await response.text()) == (200, True)


async def test_refused_rows_are_mended_and_sent_again(console: Console) -> None:
    seen = await send(console.cun, listed(household(1), household(2, 身份证号码="12345", 申请理由="+1 亩玉米绝收")))
    await console.cun.post(f"{seen.path}/confirm", YES)
    made = load_workbook(BytesIO(await taken(console.cun, f"{seen.path}/refused.xlsx")))
    sheet = made.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert (sheet.max_row, sheet["A2"].value) == (2, "名单 第 3 行")
    assert "身份证号码：" in sheet["B2"].value and sheet["B2"].data_type == "s"
    assert sheet.cell(2, heads.index("申请理由") + 1).value == "+1 亩玉米绝收"
    sheet.cell(2, heads.index("身份证号码") + 1).value = number_of(2)
    file = BytesIO()
    made.save(file)
    seen = await send(console.cun, file.getvalue(), name="退回.xlsx")
    assert "可以导入" in seen.text and "怎么办" not in seen.text
    await console.cun.post(f"{seen.path}/confirm", YES)
    assert await cases(console) == 2
    async with console.world.database.read() as db:
        events = list(await db.scalars(select(EventRow.kind).where(EventRow.subject.startswith("import:"))))
    assert "import.refused_taken" in events


async def test_the_same_file_again_is_said_and_changes_nothing(console: Console) -> None:
    body = listed(household(1))
    first = await send(console.cun, body)
    await console.cun.post(f"{first.path}/confirm", YES)
    seen = await send(console.cun, body, name="副本.xlsx")
    assert seen.path == first.path
    assert "一模一样" in seen.text and "石门村.xlsx" in seen.text
    seen = await console.cun.post(f"{first.path}/confirm", YES)
    assert (seen.status, "没有存第二遍" in seen.text) == (409, True)
    assert await cases(console) == 1


async def test_without_signatures_nothing_is_confirmed(console: Console) -> None:
    seen = await send(console.cun, listed(household(1)))
    seen = await console.cun.post(f"{seen.path}/confirm")
    assert (seen.status, "请先去签" in seen.text) == (422, True)
    assert await cases(console) == 0


async def test_a_stale_page_is_told_who_dropped_the_file(console: Console) -> None:
    await console.hire("cun9", Role.VILLAGE, console.world.village)
    other = await console.browser("cun9")
    seen = await send(console.cun, listed(household(1)))
    await other.get(seen.path)
    assert "不导入了" in (await other.post(f"{seen.path}/drop")).text
    await other.http.close()
    stale = await console.cun.post(f"{seen.path}/confirm", YES)
    assert (stale.status, "cun9" in stale.text) == (409, True)
    assert await cases(console) == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "没有选文件"),
        (b"name,id", "这不是 .xlsx 表格"),
        (b"\xd0\xcf\x11\xe0" + bytes(512), "旧格式"),
        (book(["甲", "乙"], ["1", "2"]), "没有找到表头"),
        (book(["户主姓名", "身份证号"], ["王建国", "1"]), "少了这些列"),
    ],
)
async def test_a_file_that_cannot_be_read_says_what_to_do(console: Console, body: bytes, said: str) -> None:
    seen = await send(console.cun, body, kind="nominate")
    assert seen.status == 422
    assert said in seen.text
    assert re.search(r'value="nominate" checked', seen.html)


async def test_a_file_that_is_too_large_is_refused_with_what_to_do(console: Console) -> None:
    seen = await send(console.cun, bytes(pages.LARGEST_FORM + 1))
    assert (seen.status, "分成几个文件" in seen.text) == (413, True)
    assert (await send(console.cun, bytes(3 * 1024 * 1024))).status == 422  # more than other forms may have


async def test_out_of_season_applications_wait_and_last_years_list_does_not(console: Console) -> None:
    async with console.world.database.write() as db:
        await db.execute(update(Scheme).values(closed_at=console.clock.now()))
    assert "现在不在申请期里" in (await send(console.cun, listed(household(1)))).text
    seen = await send(console.cun, book(LAST_HEADINGS, ["王建国", number_of(1), 4, "石门村"]), kind="last")
    assert seen.status == 200


async def test_last_years_list_becomes_households_to_ask(console: Console) -> None:
    rows = [["王建国", number_of(at), 4, "石门村"] for at in range(1, 4)]
    seen = await send(console.cun, book(LAST_HEADINGS, *rows), kind="last")
    assert "签名" not in seen.text
    seen = await console.cun.post(f"{seen.path}/confirm")
    assert "还没有申请 3 户" in seen.text
    await file_case(console.world, id_number=number_of(2))
    seen = await console.cun.get(seen.path)
    assert "今年已申请 1 户，还没有申请 2 户" in seen.text
    assert "名单 第 3 行" not in seen.text
    sheet = load_workbook(BytesIO(await taken(console.cun, f"{seen.path}/asked.xlsx"))).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    numbers = [sheet.cell(at, heads.index("身份证号码") + 1).value for at in (2, 3)]
    assert numbers == [number_of(1), number_of(3)]
    assert sheet.cell(2, heads.index("所在村") + 1).value == "潭头镇石门村"
    assert await cases(console) == 1


async def test_what_is_still_being_filed_says_how_far_it_is(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "SOME", 2)
    seen = await send(console.cun, listed(*(household(at) for at in range(1, 6))))
    seen = await console.cun.post(f"{seen.path}/confirm", YES)
    assert "正在存：2 / 5 户" in seen.text
    assert seen.headers["Refresh"] == "10"
    await file_waiting(console.world.units)
    seen = await console.cun.get(seen.path)
    assert "新收申请 5 户" in seen.text and "Refresh" not in seen.headers


async def test_nobody_reaches_a_file_of_another_place(console: Console) -> None:
    await console.hire("far", Role.VILLAGE, console.world.far_village)
    far = await console.browser("far")
    seen = await send(console.cun, listed(household(1, 身份证号码="1"), household(2)))
    path = seen.path
    for status, request in (
        (404, far.get(path)),
        (404, far.post(f"{path}/confirm", YES)),
        (404, far.post(f"{path}/drop")),
        (404, far.post(f"{path}/refused.xlsx")),
        (404, far.post(f"{path}/asked.xlsx")),
        (200, console.xian.get(path)),
        (404, console.xian.post(f"{path}/confirm", YES)),
    ):
        assert (await request).status == status
    assert "石门村.xlsx" not in (await far.get("/admin/import")).text
    assert number_of(2) not in (await console.xian.get(path)).html
    await far.http.close()
    assert await cases(console) == 0


async def test_the_pages_cost_the_same_however_many_rows_there_are(console: Console) -> None:
    costs = []
    for rows in (3, 120):
        seen = await send(console.cun, listed(*(household(at, 身份证号码="1") for at in range(rows))))
        with counted(console.world.database) as one:
            assert (await console.cun.get(f"{seen.path}?state=refused")).status == 200
        costs.append(len(one))
    assert costs[0] == costs[1]


async def test_a_list_is_paged_by_fifty_rows(console: Console) -> None:
    seen = await send(console.cun, listed(*(household(at, 身份证号码="1") for at in range(120))))
    assert len(re.findall(r"名单 第 \d+ 行", seen.text)) == 50
    last = await console.cun.get(f"{seen.path}?state=refused&page=3")
    assert len(re.findall(r"名单 第 \d+ 行", last.text)) == 20


async def test_what_was_forgotten_says_so(console: Console) -> None:
    seen = await send(console.cun, listed(household(1)))
    await console.cun.post(f"{seen.path}/drop")
    async with console.world.database.write() as db:
        await db.execute(ImportRow.__table__.delete())
        assert await db.scalar(select(ImportFile.state)) == "dropped"
    assert "各行已经删掉" in (await console.cun.get(seen.path)).text


@pytest.mark.parametrize("kind", pages.KINDS)
async def test_the_empty_lists_can_be_taken(console: Console, kind: str) -> None:
    async with console.cun.http.get(console.server.make_url(f"/admin/import/{kind}.xlsx")) as response:
        made = load_workbook(BytesIO(await response.read()))
    assert made.sheetnames == ["名单", "怎么填"]
