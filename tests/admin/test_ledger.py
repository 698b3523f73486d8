"""The ledger in the console: money and goods in, passed on, paid, handed out, and what looks wrong."""

import re
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select

from intake.models import EventRow, Fund
from intake.procedure import Role
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.admin.paying import pay
from tests.admin.test_goods import entry
from tests.intake.booking import granted, handed, money, passed, quilts
from tests.paying import give, pay_case
from tests.statements import counted

CARD = "6217000000000000004"
CASH = {"kind": "money", "source": "central", "worth": "20,000.50", "received_on": "2022-10-20", "document": "文1号"}
QUILTS = CASH | {"kind": "goods", "source": "donation", "worth": "5000", "item": "棉被", "quantity": "50", "unit": "床"}


async def receive(browser: Browser, **fields: str) -> Seen:
    page = await browser.get("/admin/funds")
    return await browser.post("/admin/funds", {"entry": entry(page)} | fields)


async def rows(console: Console) -> int:
    async with console.world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(Fund)) or 0


async def test_money_goes_from_the_county_to_a_township_and_to_a_card(console: Console) -> None:
    seen = await receive(console.xian, **CASH)
    assert (seen.status, "¥20,000.50" in seen.text) == (200, True)
    (fund,) = re.findall(r"/admin/fund/(\d+)", seen.html)
    page = await console.xian.get(f"/admin/fund/{fund}")
    fields = {"entry": entry(page), "township": "410324103", "amount": "15000.50", "passed_on": "2022-10-25"}
    assert "打到各户卡上的钱不在这里减" in page.text and "结余" not in page.text
    done = await console.xian.post(f"/admin/fund/{fund}/pass", fields | {"document": ""})
    assert (done.status, "¥5,000.00" in done.text) == (200, True), done.text
    again = await console.xian.post(f"/admin/fund/{fund}/pass", fields | {"document": ""})
    assert (again.status, "没有重复记" in again.text) == (409, True)
    case = await granted(console.world)
    await give(console.world, case, CARD)
    assert (await pay(console.zhen, console.xian, "2022-11-01", source=CASH["source"])).status == 200
    ledger = await console.xian.get("/admin/ledger")
    assert "收入 ¥20,000.50 − 支出 ¥300.00 − 结余 ¥19,700.50" in ledger.text
    assert "相差 ¥0.00" in ledger.text and "没有写明来源" not in ledger.text
    assert "中央 ¥20,000.50 ¥300.00 ¥19,700.50" in ledger.text
    assert "没有发现不对的地方" in ledger.text
    township = await console.zhen.get("/admin/ledger")
    assert "收入 ¥15,000.50 − 支出 ¥300.00 − 结余 ¥14,700.50" in township.text
    assert "石门村 ¥300.00" in township.text
    assert (await console.zhen.get(f"/admin/fund/{fund}")).status == 404
    assert (await console.zhen.post(f"/admin/fund/{fund}/back", fields | {"reason": "错"})).status == 404


async def test_wrong_entries_come_back_with_everything_typed(console: Console) -> None:
    for fields, words in (
        (CASH | {"worth": "很多"}, "“很多”不是金额"),
        (CASH | {"worth": ""}, "这里要填金额"),
        (CASH | {"worth": "0"}, "金额要大于 0 元"),
        (CASH | {"worth": "-5"}, "“-5”不是金额"),
        (CASH | {"source": "moon"}, "请选从哪里来"),
        (CASH | {"kind": ""}, "请选收到的是资金还是物资"),
        (CASH | {"received_on": "2023-01-01"}, "这一天还没有到"),
        (CASH | {"received_on": "2021-12-31"}, "日期太早了，不能早于 2022年1月1日"),
        (CASH | {"item": "棉被"}, "资金没有名称"),
        (CASH | {"document": "文" * 101}, "写得太长了"),
        (QUILTS | {"item": ""}, "请写物资的名称"),
        (QUILTS | {"quantity": ""}, "数量要大于 0"),
        (QUILTS | {"quantity": "五十"}, "“五十”不是数量"),
        (QUILTS | {"quantity": "99999999999999999999"}, "不是数量"),
        (QUILTS | {"worth": "0.40"}, "比一件一分钱还少"),
    ):
        seen = await receive(console.xian, **fields)
        assert (seen.status, words in seen.text) == (422, True), (fields, seen.text)
        assert f'value="{fields["document"]}"' in seen.html
    assert await rows(console) == 0


async def test_G4_an_absurd_amount_is_asked_for_twice(console: Console) -> None:
    for fields in (CASH | {"worth": "10000000"}, QUILTS | {"worth": "500000", "quantity": "2"}):
        page = await receive(console.xian, **fields)
        assert (page.status, "是不是多写了零" in page.text) == (422, True)
        (sure,) = re.findall(r'name="sure" value="([\d-]+)"', page.html)
        changed = fields | {"worth": "90000000", "sure": sure, "entry": entry(page)}
        assert "是不是多写了零" in (await console.xian.post("/admin/funds", changed)).text
        done = await console.xian.post("/admin/funds", fields | {"sure": sure, "entry": entry(page)})
        assert done.status == 200, done.text
    assert await rows(console) == 2
    assert "不是金额" in (await receive(console.xian, **CASH | {"worth": "99999999999"})).text


async def test_a_mistake_is_taken_back_and_named_among_what_to_check(console: Console) -> None:
    fund = await money(console.world, 100_00, console.world.zhen, "donation")
    page = await console.zhen.get(f"/admin/fund/{fund.id}")
    fields = {"entry": entry(page), "back_amount": "90", "reason": "多写了一个零"}
    assert "请写冲回的原因" in (await console.zhen.post(f"/admin/fund/{fund.id}/back", fields | {"reason": " "})).text
    much = await console.zhen.post(f"/admin/fund/{fund.id}/back", fields | {"back_amount": "900"})
    assert (much.status, 'id="back_amount-wrong"' in much.html, '<details class="card" open>' in much.html) == (
        422,
        True,
        True,
    )
    done = await console.zhen.post(f"/admin/fund/{fund.id}/back", fields)
    assert "-¥90.00" in done.text and "多写了一个零" in done.text and "¥10.00" in done.text
    ledger = await console.zhen.get("/admin/ledger")
    assert f'href="/admin/fund/{fund.id}"' in ledger.html
    assert "zhen 在 2022年11月1日 冲回了 ¥90.00" in ledger.text


async def test_the_workbook_has_every_entry_no_names_and_no_formulas(console: Console) -> None:
    world = console.world
    cash = await money(world, 10_000_00)
    await passed(world, cash, 4_000_00)
    await receive(console.zhen, **QUILTS | {"item": "=1+1", "document": "@SUM(A1)"})
    stuff = await quilts(world, 3, 100_00, world.zhen)
    case = await granted(world, head="赵铁柱")
    await pay_case(world, case, CARD, date(2022, 11, 1))
    await handed(world, case, {stuff.id: 1}, received_by="王小明", relation="family")
    url, headers = console.server.make_url("/admin/ledger.xlsx"), {"Sec-Fetch-Site": "same-origin"}
    async with console.zhen.http.post(url, data={"csrf": console.zhen.csrf}, headers=headers) as response:
        assert response.status == 200
        assert response.headers["Content-Disposition"] == 'attachment; filename="ledger-410324103-2022-2023.xlsx"'
        body = await response.read()
    sheet = load_workbook(BytesIO(body)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    words = " ".join(str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"} and "=1+150床" in words and "@SUM(A1)" in words
    assert "赵铁柱" not in words and "王小明" not in words and CARD not in words
    totals = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "合计"]
    assert [row[5:8] for row in totals] == [[4000, 300, 3700], [5100, 33.33, 5066.67]]
    async with world.database.read() as db:
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "papers.printed"))).one()
    assert (event.subject, event.data) == ("division:410324103", {"form": "ledger", "as": "xlsx", "entries": 5})


async def test_who_looks_on_records_nothing(console: Console) -> None:
    await console.hire("jijian", Role.INSPECTOR, "410324")
    await console.hire("minzheng", Role.CIVIL, "410324")
    fund = await money(console.world, 100_00)
    for name in ("jijian", "minzheng"):
        browser = await console.browser(name)
        assert "¥100.00" in (await browser.get("/admin/ledger")).text
        assert 'action="/admin/funds"' not in (await browser.get("/admin/funds")).html
        assert f'action="/admin/fund/{fund.id}/pass"' not in (await browser.get(f"/admin/fund/{fund.id}")).html
        assert (await browser.post("/admin/funds", CASH)).status == 403
        await browser.http.close()


async def test_the_ledger_costs_the_same_however_much_there_is(console: Console) -> None:
    async def cost() -> list[int]:
        found = []
        pages = ((console.xian, "/admin/ledger"), (console.zhen, "/admin/funds"), (console.cun, "/admin/goods"))
        for browser, path in pages:
            with counted(console.world.database) as sent:
                assert (await browser.get(path)).status == 200
            found.append(len(sent))
        return found

    async def more() -> None:
        cash = await money(console.world, 10_000_00)
        await passed(console.world, cash, 4_000_00)
        stuff = await quilts(console.world, 30, 100_00, console.world.zhen)
        for village in (console.world.village, console.world.other_village):
            case = await granted(console.world, village=village)
            await handed(console.world, case, {stuff.id: 1}, console.world.zhen)

    await more()
    before = await cost()
    for _ in range(3):
        await more()
    assert await cost() == before
    assert max(before) <= 15


async def test_what_is_wrong_is_told_by_the_name_of_its_field(console: Console) -> None:
    page = await console.xian.get("/admin/funds")
    seen = await console.xian.post("/admin/funds", {"entry": entry(page)})
    for words in ("收到的是：请选", "来源：请选从哪里来", "收到日期：这里要填日期", "金额（元）：这里要填金额"):
        assert words in seen.text
    asked = await console.zhen.post("/admin/request", {})
    assert "户数：这里要填数字" in asked.text and "人数：这里要填数字" in asked.text
