"""G4, L2: an official writes down the card that a household shows; the head's own, no other's."""

import pytest
from sqlalchemy import select

from intake.models import EventRow, Household
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.admin.road import review
from tests.world import file_case

CARD, ODD = "6217 0000 0000 0000 004", "6217000000000000001"


async def card_on_file(console: Console, head: str) -> str | None:
    """The card of the household with this head."""
    async with console.world.database.read() as db:
        return (await db.scalars(select(Household.bank_card).where(Household.head == head))).one()


@pytest.mark.parametrize(
    ("card", "holder", "words"),
    [
        (CARD, "", "没有写卡上的名字"),
        (CARD, "李秀英", "G4 卡上的名字和户主不一样"),
        ("6217", "王建国", "L2 卡号应该是 12 到 19 位数字"),
        ("", "王建国", "L2 卡号应该是 12 到 19 位数字"),
        (ODD, "王建国", "卡号的最后一位和前面对不上"),
    ],
)
async def test_a_card_that_cannot_be_theirs_is_asked_back(console: Console, card: str, holder: str, words: str) -> None:
    case = await file_case(console.world, head="王建国")
    seen = await console.cun.post(f"/admin/case/{case}/card", {"card": card, "holder": holder})
    assert (seen.status, words in seen.text) == (422, True), seen.text
    assert await card_on_file(console, "王建国") is None
    if holder:
        assert f'value="{holder}"' in seen.html


async def test_G4_a_card_is_kept_by_the_village_and_put_right_by_the_township(console: Console) -> None:
    case = await file_case(console.world, head="王建国")
    done = await console.cun.post(f"/admin/case/{case}/card", {"card": CARD, "holder": "王 建国"})
    assert (done.status, "卡号已记下" in done.text) == (200, True), done.text
    assert CARD.replace(" ", "") not in done.html
    odd = {"card": ODD, "holder": "王建国", "sure": ODD}
    assert (await console.zhen.post(f"/admin/case/{case}/card", odd)).status == 200
    assert await card_on_file(console, "王建国") == ODD
    async with console.world.database.read() as db:
        events = await db.scalars(select(EventRow.actor).where(EventRow.kind == "household.card"))
    assert list(events) == [console.world.cun.actor, console.world.zhen.actor]
    await file_case(console.world, head="赵铁柱")
    other = await file_case(console.world, head="钱小花")
    shared = {"card": ODD, "holder": "钱小花", "sure": ODD}
    assert "G4 这张卡还有另外 1 户在用" in (await console.cun.post(f"/admin/case/{other}/card", shared)).text


async def test_only_who_is_near_the_household_writes_its_card_down(console: Console) -> None:
    away = await file_case(console.world, village=console.world.far_village)
    fields = {"card": CARD, "holder": "王建国"}
    county: Browser = console.xian
    assert (await county.post(f"/admin/case/{away}/card", fields)).status == 403
    assert (await console.cun.post(f"/admin/case/{away}/card", fields)).status == 404
    assert 'id="bank-card"' not in (await county.get(f"/admin/case/{away}")).html


async def test_a_household_that_gets_nothing_is_asked_for_no_card(console: Console) -> None:
    case = await file_case(console.world, head="王建国")
    assert 'id="bank-card"' in (await console.cun.get(f"/admin/case/{case}")).html
    no = {f"verdict-{case}": "refuse", f"for-{case}": "1", f"against-{case}": "20", f"reason-{case}": "没有受灾"}
    assert (await review(console, "need", [case], **no)).status == 200
    assert 'id="bank-card"' not in (await console.cun.get(f"/admin/case/{case}")).html
    seen = await console.cun.post(f"/admin/case/{case}/card", {"card": CARD, "holder": "王建国"})
    assert "卡号不用再报" in seen.text


async def test_G4_a_card_that_was_given_meanwhile_is_not_written_over(console: Console) -> None:
    case = await file_case(console.world, head="王建国")
    page = f"/admin/case/{case}"
    assert 'name="tail" value=""' in (await console.cun.get(page)).html
    first = {"card": ODD, "holder": "王建国", "sure": ODD}
    assert (await console.zhen.post(f"{page}/card", first | {"tail": ""})).status == 200
    mine = {"card": CARD, "holder": "王建国"}
    seen = await console.cun.post(f"{page}/card", mine | {"tail": ""})
    assert seen.status == 409
    assert "zhen 在 2022年11月1日 12:00 记下了另一张卡，尾号 0001。" in seen.text
    assert f'value="{CARD}"' in seen.html
    assert await card_on_file(console, "王建国") == ODD
    for _ in range(2):
        assert (await console.cun.post(f"{page}/card", mine | {"tail": "0001"})).status == 200
        mine |= {"tail": "0001"}
    async with console.world.database.read() as db:
        events = await db.scalars(select(EventRow.actor).where(EventRow.kind == "household.card"))
    assert list(events) == [console.world.zhen.actor, console.world.cun.actor]
