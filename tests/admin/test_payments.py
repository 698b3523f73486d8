"""Payments through the pages: lists, two who release, the bank's file and its answer (L2, G4, L12)."""

import re
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select, update

from intake.models import BankReturn, EventRow, Grant, Payment, PaymentLine, PaymentList
from intake.procedure import Role
from tests.admin.conftest import Console
from tests.admin.paying import hidden, make, release, settle, upload
from tests.paying import give, lines_of
from tests.payments.accepted import accepted
from tests.payments.test_return_file import HEAD, text

DAY = "2022-11-01"


async def made(console: Console, *amounts: int) -> tuple[str, int]:
    """A list of the township: its path and id."""
    await accepted(console.world, *amounts)
    seen = await make(console.zhen)
    assert "已做好 1 份发放清单" in seen.text
    return seen.path, int(seen.path.rpartition("/")[2])


async def sent(console: Console, *amounts: int) -> tuple[str, int]:
    """The same, released by zhen and xian."""
    path, list_id = await made(console, *amounts)
    for browser in (console.zhen, console.xian):
        await release(browser, path)
    return path, list_id


async def test_who_can_be_paid_and_who_cannot_stands_on_one_page(console: Console) -> None:
    await accepted(console.world, 600_00, 300_00)
    (without,) = await accepted(console.world, 200_00, cards=False)
    overview = await console.zhen.get("/admin/payments")
    assert "3 ¥1,100.00 1" in overview.text
    page = await console.zhen.get("/admin/payments/new")
    assert "代发银行 2 户 ¥900.00" in page.text
    assert "没有卡号 1 户" in page.text
    asked = await console.zhen.post("/admin/payments/ask", {"case": str(without), "division": "410324103"})
    assert "已在聊天里问他家要卡号" in asked.text
    assert not re.search(r"\d{12}", re.sub(r'"[^"]*"', "", page.html).replace("410324", ""))


async def test_two_people_release_what_they_see(console: Console) -> None:
    path, list_id = await made(console, 600_00, 34_56)
    page = await console.zhen.get(path)
    for word in ("¥634.56", "陆佰叁拾肆元伍角陆分", "代发银行", "等放行", "2 户"):
        assert word in page.text
    early = await console.zhen.post(f"{path}/file")
    assert (early.status, "还没有两个人放行" in early.text) == (422, True)
    first = await release(console.zhen, path)
    assert "您已放行。还要另一个人放行" in first.text
    twice = await console.zhen.post(f"{path}/release", {"hash": "0" * 64})
    assert (twice.status, "您已经放行过" in twice.text) == (409, True)
    stale = await console.xian.post(f"{path}/release", {"hash": "0" * 64})
    assert (stale.status, "旧页面" in stale.text) == (409, True)
    second = await release(console.xian, path)
    assert "两个人都放行了" in second.text
    third = await console.xian.post(f"{path}/release", {"hash": "0" * 64})
    assert (third.status, "您已经放行过" in third.text) == (409, True)
    async with console.world.database.read() as db:
        assert (await db.get_one(PaymentList, list_id)).state == "released"


async def test_the_banks_file_is_handed_out_with_an_event(console: Console) -> None:
    path, list_id = await sent(console, 600_00)
    page = await console.zhen.get(path)
    url = console.server.make_url(f"{path}/file")
    async with console.zhen.http.post(
        url, data={"csrf": hidden(page, "csrf")}, headers={"Sec-Fetch-Site": "same-origin"}
    ) as response:
        assert response.status == 200
        assert response.headers["Content-Disposition"].endswith('.xlsx"')
        body = await response.read()
    sheet = load_workbook(BytesIO(body)).active
    assert sheet is not None
    (line,) = await lines_of(console.world, list_id)
    assert [cell.value for cell in list(sheet.iter_rows())[1]][1:4] == [line.head, line.card, "600.00"]
    assert line.card not in (await console.zhen.get(path)).html
    assert "已给银行" in (await console.zhen.get(path)).text
    dropped = await console.zhen.post(f"{path}/drop", {"why": "弄错了"})
    assert (dropped.status, "不能作废" in dropped.text) == (409, True)
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).where(EventRow.kind == "payment.sent")) == 1


async def test_the_banks_answer_is_looked_at_and_then_taken(console: Console) -> None:
    path, list_id = await sent(console, 600_00, 300_00, 200_00)
    one, two, _three = await lines_of(console.world, list_id)
    rows = [
        [one.card, "600", "成功", ""],
        [two.card, "300", "失败", "=户名不符".lstrip("=")],
        ["6217999999999999999", "5", "成功", ""],
    ]
    body = text(HEAD, *rows)
    preview = await upload(console.zhen, path, body)
    assert preview.status == 200 and "/return/" in preview.path
    for word in ("现在还没有入账", "清单上没有这张卡", "¥600.00", "对账（两处都应该是 0）", "剩下 ¥0.00"):
        assert word in preview.text
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Payment)) == 0
    page = await console.zhen.get(preview.path)
    take = {"mark": hidden(page, "mark"), "paid_on": DAY}
    taken = await console.zhen.post(preview.path, take)
    assert "银行回单已入账，共 2 户有了结果。" in taken.text
    assert "1 行要问银行" in (await console.zhen.get("/admin/payments")).text
    assert "户名不符" in taken.text
    twice = await console.zhen.post(preview.path, take)
    assert (twice.status, "已经入账" in twice.text) == (409, True)
    again = await upload(console.zhen, path, body)
    assert "什么也没有变" in again.text or "入账，打款日期" in again.text
    done = await settle(console.zhen, path, paid_on=DAY)
    assert "已办完" in done.text
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Payment)) == 2
        assert await db.scalar(select(func.count()).select_from(BankReturn)) == 1


async def test_a_file_that_cannot_be_read_says_what_to_do(console: Console) -> None:
    path, _list_id = await sent(console, 600_00)
    for body, word in (
        (b"", "没有选文件"),
        (text(["账号", "金额"], ["1", "2"]), "没有找到这些表头：处理结果"),
        (text(HEAD, ["=1+1", "2", "成功", ""]), "公式"),
        (b"\xff\xff", "打不开"),
        (b"x" * (4 * 1024 * 1024 + 1), "文件太大，最大 4 MB"),
    ):
        seen = await upload(console.zhen, path, body)
        assert (seen.status, word in seen.text) == (422, True), word


async def test_a_row_too_much_and_a_wrong_day_are_said(console: Console) -> None:
    path, list_id = await sent(console, 600_00)
    (line,) = await lines_of(console.world, list_id)
    preview = await upload(console.zhen, path, text(HEAD, [line.card, "600", "成功", ""]))
    mark = hidden(await console.zhen.get(preview.path), "mark")
    late = await console.zhen.post(preview.path, {"mark": mark, "paid_on": "2022-11-02"})
    assert (late.status, "打款日期还没到" in late.text) == (422, True)
    none = await console.zhen.post(preview.path, {"mark": mark, "paid_on": ""})
    assert none.status == 422
    stale = await console.zhen.post(preview.path, {"mark": "0", "paid_on": DAY})
    assert (stale.status, "刚刚有变化" in stale.text) == (409, True)


async def test_results_are_written_down_by_hand_where_a_bank_sends_no_file(console: Console) -> None:
    path, list_id = await sent(console, 600_00, 300_00)
    one, two = await lines_of(console.world, list_id)
    nothing = await console.zhen.post(f"{path}/settle", {"paid_on": DAY})
    assert (nothing.status, "还没有选哪一户的结果" in nothing.text) == (422, True)
    silent = await console.zhen.post(f"{path}/settle", {f"do-{one.id}": "failed", f"why-{one.id}": ""})
    assert (silent.status, "没有写原因" in silent.text) == (422, True)
    early = await console.zhen.post(f"{path}/settle", {f"do-{two.id}": "paid", "paid_on": "2022-10-31"})
    assert (early.status, "不能早于第二个人放行的 2022年11月1日" in early.text) == (422, True)
    both = {f"do-{one.id}": "failed", f"why-{one.id}": "账户已销户", "rest": "yes", "paid_on": DAY}
    done = await console.zhen.post(f"{path}/settle", both)
    assert "已写下 2 户的结果。" in done.text
    assert "账户已销户" in done.text
    twice = await console.zhen.post(f"{path}/settle", {f"do-{two.id}": "paid", "paid_on": DAY})
    assert twice.status == 409


async def test_a_list_that_came_back_shows_the_chain(console: Console) -> None:
    path, list_id = await sent(console, 600_00)
    (line,) = await lines_of(console.world, list_id)
    await console.zhen.post(f"{path}/settle", {f"do-{line.id}": "failed", f"why-{line.id}": "账户已销户"})
    page = await console.zhen.get("/admin/payments/new")
    assert "上次没打成，还没有报新卡号" in page.text
    await give(console.world, line.case_id, "6217000000000000053")
    second = await make(console.zhen)
    assert "补发，上次没打成的在 410324-2022-F0001" in second.text
    assert "已在 410324-2022-F0002 补发" in (await console.zhen.get(path)).text


async def test_a_changed_list_is_refused_with_the_cases_number(console: Console) -> None:
    path, list_id = await made(console, 600_00)
    (line,) = await lines_of(console.world, list_id)
    async with console.world.database.write() as db:
        await db.execute(update(Grant).where(Grant.case_id == line.case_id).values(amount_fen=700_00))
    seen = await release(console.zhen, path)
    assert (seen.status, "第 1 行（410324-2022-00001）的金额" in seen.text) == (409, True)


async def test_a_page_that_is_old_makes_no_list(console: Console) -> None:
    await accepted(console.world, 600_00)
    page = await console.zhen.get("/admin/payments/new")
    shown = {name: hidden(page, name) for name in ("division", "households", "total_fen")}
    shown["source"] = "central"
    await accepted(console.world, 300_00)
    seen = await console.zhen.post("/admin/payments/new", shown)
    assert (seen.status, "名单刚刚有变化" in seen.text) == (409, True)
    assert (await make(console.zhen)).status == 200
    twice = await console.zhen.post("/admin/payments/new", shown)
    assert (twice.status, "现在没有能列入清单的户" in twice.text) == (409, True)


async def test_the_home_page_shows_the_lists_that_wait_for_me(console: Console) -> None:
    path, _list_id = await made(console, 600_00)
    for browser in (console.zhen, console.xian):
        assert "1 发放清单等您放行" in (await browser.get("/admin/")).text
    await release(console.zhen, path)
    assert "等您放行" not in (await console.zhen.get("/admin/")).text
    assert "1 发放清单等您放行" in (await console.xian.get("/admin/")).text
    await release(console.xian, path)
    assert "等您放行" not in (await console.xian.get("/admin/")).text


async def test_a_list_says_where_its_money_comes_from(console: Console) -> None:
    await accepted(console.world, 600_00)
    seen = await make(console.zhen, source="")
    assert seen.status == 422 and "从哪笔钱里发：还没有选。" in seen.text
    assert 'id="source-wrong"' in seen.html
    assert (await make(console.zhen, source="county")).status == 200


async def test_another_township_reaches_no_list_of_ours(console: Console) -> None:
    path, _list_id = await sent(console, 600_00)
    await console.hire("next", Role.TOWNSHIP, console.world.far_village[:9])
    other = await console.browser("next")
    assert (await other.get(path)).status == 404
    for action in ("release", "drop", "file", "settle", "return", "return/1"):
        fields = {"paid_on": DAY, "hash": "0", "why": "不对不对", "rest": "yes"}
        assert (await other.post(f"{path}/{action}", fields)).status == 404, action
    assert (await other.get(f"{path}/return/1")).status == 404
    assert (await other.get("/admin/payments/new?division=410324103")).status == 404
    assert "没有这样的清单" in (await other.get("/admin/payments")).text
    await other.http.close()


async def test_the_inspector_looks_and_changes_nothing(console: Console) -> None:
    path, _list_id = await sent(console, 600_00)
    await console.hire("jijian", Role.INSPECTOR, "410324")
    inspector = await console.browser("jijian")
    page = await inspector.get(path)
    assert page.status == 200 and "放行</button>" not in page.html
    assert (await inspector.post(f"{path}/file")).status == 403
    await inspector.http.close()


async def test_a_dropped_list_says_why(console: Console) -> None:
    path, list_id = await made(console, 600_00)
    silent = await console.zhen.post(f"{path}/drop", {"why": ""})
    assert (silent.status, "没有写原因" in silent.text) == (422, True)
    gone = await console.zhen.post(f"{path}/drop", {"why": "卡号要再核对"})
    assert "已作废" in gone.text and "卡号要再核对" in gone.text
    async with console.world.database.read() as db:
        assert [line.outcome for line in await db.scalars(select(PaymentLine))] == ["dropped"]
    assert list_id
