"""The allocation helper in the console: who sees it, what it says, and the hint that a village gets."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from admin.allocation_words import why
from intake.models import AllocationHint, Grant, Household
from intake.procedure import Role
from locales import texts
from tests.admin.conftest import Console
from tests.admin.road import amounts, review, through
from tests.world import file_case

PATH = "/admin/allocation"


async def accepted(console: Console, *kinds: str) -> list[int]:
    """Households of 石门村 whose need the county accepted, one for each category; three persons in need."""
    cases = [await file_case(console.world, categories=[kind]) for kind in kinds]
    await through(console, "need", cases)
    return cases


async def test_the_township_sees_what_each_household_could_get_and_why(console: Console) -> None:
    await accepted(console, "ordinary", "destitute")
    seen = await console.zhen.get(f"{PATH}?money=1200")
    assert "特别困难：分散供养特困人员 → 300元×3人＝900元" in seen.text
    assert "一般困难：没有特别照顾的类别 → 100元×3人＝300元 再提一档钱不够" in seen.text
    assert "资金 ¥1,200.00，建议用 ¥1,200.00，剩 ¥0.00。" in seen.text


async def test_X6_goods_go_to_the_neediest_with_what_they_are_worth(console: Console) -> None:
    await accepted(console, "ordinary", "destitute")
    text = (
        await console.zhen.get(f"{PATH}?money=1200&quilt-stock=1&quilt-value=80&coat-stock=4&coat-value=120.5")
    ).text
    assert "棉被：建议发 1 件，折款 ¥80.00，剩 0 件。" in text
    assert "棉衣：建议发 4 件，折款 ¥482.00，剩 0 件。" in text
    assert "300元×3人＝900元 棉被 1、棉衣 3" in text


async def test_before_money_is_typed_it_says_what_is_needed(console: Console) -> None:
    assert "现在没有等着评金额的户" in (await console.xian.get(PATH)).text
    await accepted(console, "ordinary", "destitute")
    text = (await console.xian.get(PATH)).text
    assert "各镇至少要多少钱" in text
    assert "潭头镇 2 6 ¥600.00 ¥1,800.00" in text


async def test_L6_too_little_money_says_which_rule_and_how_much_is_missing(console: Console) -> None:
    await accepted(console, "ordinary", "destitute")
    text = (await console.xian.get(f"{PATH}?money=500")).text
    assert "L6 钱不够：每人不能少于规定的最低数，至少要 ¥600.00，现有 ¥500.00，还差 ¥100.00。" in text


async def test_L9_the_county_shares_out_by_township(console: Console) -> None:
    await accepted(console, "ordinary")
    far = await file_case(console.world, village=console.world.far_village)
    village, township = console.world.far_village, console.world.far_village[:9]
    for name, role, division in (("fcun", Role.VILLAGE, village), ("fzhen", Role.TOWNSHIP, township)):
        await console.hire(name, role, division)
    near = console.world
    console.cun, console.zhen = await console.browser("fcun"), await console.browser("fzhen")
    near.village = village
    await through(console, "need", [far])
    text = (await console.xian.get(f"{PATH}?money-410324103=600&money-{township}=200")).text
    assert "至少要 ¥300.00，现有 ¥200.00，还差 ¥100.00" in text
    assert "200元×3人＝600元" in text
    assert "总数和分乡镇的数只填一种" in (await console.xian.get(f"{PATH}?money=9&money-410324103=600")).text
    own = (await console.zhen.get(f"{PATH}?money=900")).text
    assert "潭头镇" not in own.partition("资金测算")[2].partition("村")[0]
    assert own.count("300元×3人＝900元") == 1
    for browser in (console.cun, console.zhen):
        await browser.http.close()


async def test_what_a_meeting_set_is_counted_and_stays(console: Console) -> None:
    cases = await accepted(console, "ordinary", "destitute")
    seen = await review(console, "grant", cases[:1], **amounts(cases[:1], "heavier"))
    assert seen.status == 200
    text = (await console.zhen.get(f"{PATH}?money=1500")).text
    assert "较重困难：村里已评定 600元" in text
    assert "300元×3人＝900元" in text


async def test_the_village_sees_the_hint_when_the_township_has_given_it(console: Console) -> None:
    cases = await accepted(console, "ordinary", "destitute")
    page = f"/admin/village/{console.world.village}/review/grant"
    assert "镇里参考" not in (await console.cun.get(page)).text
    await console.zhen.get(f"{PATH}?money=1200")
    done = await console.zhen.post(PATH, {"money": "1200"})
    assert "已给各村参考，共 2 户" in done.text
    assert "资金 ¥1,200.00" in done.text
    text = (await console.cun.get(page)).text
    assert "镇里参考 特别困难：分散供养特困人员 → 300元×3人＝900元 2022年11月6日 给的参考" in text
    async with console.world.database.read() as db:
        assert {row.case_id: row.amount_fen for row in await db.scalars(select(AllocationHint))} == {
            cases[0]: 300_00,
            cases[1]: 900_00,
        }
        assert [row.amount_fen for row in await db.scalars(select(Grant))] == [None, None]
    await console.zhen.post(PATH, {"money": "1500"})
    assert "200元×3人＝600元" in (await console.cun.get(page)).text


async def test_L9_a_hint_that_a_colleague_has_just_given_is_not_replaced_unseen(console: Console) -> None:
    await accepted(console, "ordinary", "destitute")
    await console.hire("zhen2", Role.TOWNSHIP, console.world.village[:9])
    second = await console.browser("zhen2")
    assert 'name="given" value=""' in (await second.get(f"{PATH}?money=1200")).html
    await console.zhen.get(f"{PATH}?money=1500")
    for _ in range(2):  # the second press of the same official replaces what is theirs
        assert (await console.zhen.post(PATH, {"money": "1500", "given": ""})).status == 200
    seen = await second.post(PATH, {"money": "1200", "given": ""})
    said = {"who": "zhen", "when": "2022年11月6日 12:00"}
    assert (seen.status, texts()("refusal.L9.hint_overtaken", **said) in seen.text) == (409, True)
    assert "资金 ¥1,200.00" in seen.text
    given = seen.html.split('name="given" value="')[1].split('"')[0]
    assert (await second.post(PATH, {"money": "1200", "given": given})).status == 200
    await second.http.close()


async def test_a_hint_for_other_numbers_counts_no_more(console: Console) -> None:
    (case,) = await accepted(console, "destitute")
    await console.zhen.get(f"{PATH}?money=1200")
    await console.zhen.post(PATH, {"money": "1200"})
    async with console.world.database.write() as db:
        (await db.get_one(AllocationHint, case)).why = {"persons": 2}
    assert "镇里参考" not in (await console.cun.get(f"/admin/village/{console.world.village}/review/grant")).text


async def test_a_plan_that_breaks_a_rule_is_not_given(console: Console) -> None:
    await accepted(console, "ordinary")
    await console.zhen.get(PATH)
    for fields in ({"money": "100"}, {}, {"money": "x"}):
        assert (await console.zhen.post(PATH, fields)).status == 422
    async with console.world.database.read() as db:
        assert (await db.scalars(select(AllocationHint))).all() == []


@pytest.mark.parametrize("typed", ["share-special=101", "money=abc", "quilt-stock=-1", "share-heavier=x"])
async def test_what_is_wrongly_typed_is_said_at_its_field(console: Console, typed: str) -> None:
    await accepted(console, "ordinary")
    seen = await console.zhen.get(f"{PATH}?{typed}")
    assert (seen.status, 'aria-invalid="true"' in seen.html) == (422, True)


async def test_only_township_and_county_see_it_and_only_the_township_gives_it(console: Console) -> None:
    assert (await console.cun.get(PATH)).status == 403
    assert (await console.cun.get(f"{PATH}.xlsx?money=900")).status == 403
    await console.xian.get(PATH)
    assert (await console.xian.post(PATH, {"money": "900"})).status == 403
    await console.hire("minzheng", Role.CIVIL, "410324")
    civil = await console.browser("minzheng")
    assert (await civil.get(PATH)).status == 403
    await civil.http.close()


async def test_the_workbook_has_every_household_and_no_formula(console: Console) -> None:
    cases = await accepted(console, "ordinary", "destitute")
    async with console.world.database.write() as db:
        household = (await db.scalars(select(Household).order_by(Household.id).limit(1))).one()
        household.head = "=1+1"
    url = console.server.make_url(f"{PATH}.xlsx?money=1200&quilt-stock=1")
    async with console.zhen.http.get(url) as response:
        assert (response.status, response.headers["Content-Type"].split(".")[-1]) == (200, "sheet")
        book = load_workbook(BytesIO(await response.read()))
    households, villages = book.worksheets
    lines = list(households.values)
    assert len(lines) == 1 + len(cases)
    assert lines[1][8:11] == ("特别困难", 900, "棉被 1")
    assert {cell.data_type for row in households.iter_rows() for cell in row if cell.value == "=1+1"} == {"s"}
    assert list(villages.values)[1][2:] == (2, 6, 1200)


def test_the_household_cap_and_a_house_lost_twice_are_said() -> None:
    said = {
        "tier": "special",
        "reasons": ["rebuilt_house", "homeless_before"],
        "persons": 7,
        "per_person_fen": 300_00,
        "amount_fen": 2000_00,
        "capped": True,
        "limit": "highest",
    }
    told = "特别困难：倒房重建户、房子不止一次受灾 → 300元×7人超过一户的最高数，按 2000元"
    assert why(texts(), said) == told
