"""The rules as officials meet them: the reason in words, the rule's code, what was typed still there."""

from typing import Any

import pytest
from sqlalchemy import select

from intake.models import EventRow, Grant, Need, Review, Staff
from tests.admin.conftest import Console
from tests.admin.road import amounts, meeting, post_notice, review, through
from tests.world import file_case


async def granted(console: Console, households: int = 1, **facts: Any) -> list[int]:
    """Households whose need is accepted."""
    cases = [await file_case(console.world, **facts) for _ in range(households)]
    await through(console, "need", cases)
    return cases


async def test_L6_equal_shares_are_refused_when_the_review_is_saved(console: Console) -> None:
    cases = await granted(console, 5)
    seen = await review(console, "grant", cases, **amounts(cases, *["ordinary"] * 5))
    assert seen.status == 422
    assert "L6 名单上 5 户的钱都一样多，这是平均分配，不允许。" in seen.text
    async with console.world.database.read() as db:
        assert {grant.state for grant in await db.scalars(select(Grant))} == {"applied"}
    assert (await review(console, "grant", cases, **amounts(cases, *["ordinary"] * 4, "heavier"))).status == 200


async def test_L8_a_meeting_before_the_step_it_reviews_is_refused_with_the_day(console: Console) -> None:
    (case,) = await granted(console)
    seen = await review(console, "grant", [case], **amounts([case], "ordinary"), held_on="2022-11-05")
    assert (seen.status, "L8 评议会的日期不能早于 2022年11月6日" in seen.text) == (422, True)


async def test_L7_votes_that_carried_are_not_recorded_as_refused(console: Console) -> None:
    case = await file_case(console.world)
    seen = await review(console, "need", [case], **{f"verdict-{case}": "refuse", f"reason-{case}": "收入高"})
    assert (seen.status, "L7 同意票比不同意票多，不能记成不通过。" in seen.text) == (422, True)
    assert f'id="for-{case}-wrong"' in seen.html


async def test_everything_wrong_with_a_meeting_is_said_at_once_each_at_its_field(console: Console) -> None:
    one, two, three = await granted(console, 3)
    typed = meeting([one, two, three], present="", minutes=" ", form="", held_on="2023-01-01") | {
        f"for-{one}": "2",
        f"tier-{one}": "ordinary",
        f"verdict-{two}": "refuse",
        f"for-{two}": "3",
        f"against-{two}": "9",
    }
    path = f"/admin/village/{console.world.village}/review/grant"
    seen = await console.cun.post(path, typed)
    assert seen.status == 422
    fields = ("held_on", "present", "form", "minutes", f"for-{one}", f"reason-{two}", f"tier-{three}")
    assert [name for name in fields if f'id="{name}-wrong"' not in seen.html] == []
    assert seen.html.count('<p class="wrong"') == len(fields)
    assert "会议记录：L7 没有会议记录" in seen.text
    nobody = await console.cun.post(
        path, {"held_on": "2022-11-06", "present": "25", "minutes": "", "form": "villagers"}
    )
    assert "L7 还没有议任何一户" in nobody.text
    assert "L7 没有会议记录" in nobody.text


@pytest.mark.parametrize(
    ("tier", "amount", "code", "words"),
    [
        ("", "", "L4", "没有选救助档次"),
        ("ordinary", "299", "L6", "每人不能少于 ¥100.00，这一户至少 ¥300.00"),
        ("ordinary", "300.01", "L5", "这一档是 ¥300.00"),
        ("special", "1000", "L4", "超过了这一档的 ¥900.00"),
        ("special", "2,100", "L4", "超过了每户最多 ¥2,000.00"),
        ("heavier", "500", "L4", "少于这一档的 ¥600.00"),
    ],
)
async def test_L4_an_amount_that_does_not_fit_its_tier_is_refused(
    console: Console, tier: str, amount: str, code: str, words: str
) -> None:
    (case,) = await granted(console)
    typed = {f"tier-{case}": tier, f"amount-{case}": amount, "minutes": "主持人念名单"}
    seen = await review(console, "grant", [case], **typed)
    assert seen.status == 422
    assert code in seen.text
    assert words in seen.text
    assert "主持人念名单" in seen.html
    assert f'value="{amount}"' in seen.html
    async with console.world.database.read() as db:
        assert (await db.get_one(Grant, case)).state == "applied"


async def test_L5_more_than_the_tier_with_the_persons_statement(console: Console) -> None:
    (case,) = await granted(console)
    typed = {f"tier-{case}": "special", f"amount-{case}": "1200", f"statement-{case}": "房子倒了，还有病人"}
    assert (await review(console, "grant", [case], **typed)).status == 200
    async with console.world.database.read() as db:
        assert (await db.get_one(Grant, case)).amount_fen == 1200_00


async def test_L4_seven_persons_get_no_more_than_the_household_cap(console: Console) -> None:
    (case,) = await granted(console, household_size=7, persons_in_need=7)
    page = await console.cun.get(f"/admin/village/{console.world.village}/review/grant")
    assert "特别困难 ¥2,000.00" in page.text
    await review(console, "grant", [case], **amounts([case], "special"))
    async with console.world.database.read() as db:
        assert (await db.get_one(Grant, case)).amount_fen == 2000_00


async def test_L8_a_notice_cannot_be_ended_before_its_last_minute(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await post_notice(console, "need")).path
    await console.forward(4)
    assert "还有 1 天" in (await console.cun.get(notice)).text
    for path in (f"{notice}/close", notice):
        assert (await console.cun.post(path)).status in (404, 405)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, case)).state == "on_notice"
    await console.forward(1)
    late = await console.cun.post(f"{notice}/objection", {"household": str(case), "text": "晚了"})
    assert late.status == 409
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, case)).state == "proposed"


async def test_L8_a_household_reviewed_anew_hangs_its_own_full_days(console: Console) -> None:
    case, other = [await file_case(console.world) for _ in range(2)]
    await review(console, "need", [case, other])
    first = (await post_notice(console, "need")).path
    objection = await console.cun.post(f"{first}/objection", {"household": str(case), "text": "人口写多了"})
    assert objection.status == 200
    page = await console.zhen.get(first)
    number = page.html.split('name="objection" value="')[1].split('"')[0]
    upheld = {"objection": number, f"upheld-{number}": "yes", f"answer-{number}": "查过，写多了"}
    assert (await console.zhen.post(f"{first}/settle", upheld)).status == 200
    await console.forward(2)
    await review(console, "need", [case])
    second = (await post_notice(console, "need")).path
    old = await console.cun.post(f"{first}/objection", {"household": str(case), "text": "再说一次"})
    assert old.status == 409
    await console.forward(3)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, other)).state == "proposed"
        assert (await db.get_one(Need, case)).state == "on_notice"
    assert "还有 2 天" in (await console.cun.get(second)).text
    await console.forward(2)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, case)).state == "proposed"


async def test_L1_a_household_hit_by_another_disaster_does_not_pass(console: Console) -> None:
    case = await file_case(console.world, disasters=["earthquake"])
    seen = await review(console, "need", [case])
    assert seen.status == 422
    assert "L1" in seen.text
    assert "风雹、干旱、低温冷冻" in seen.text


async def test_L12_one_person_does_not_decide_twice_at_two_levels(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    async with console.world.database.write() as db:
        cun = (await db.scalars(select(Staff).where(Staff.username == "cun"))).one()
        cun.role, cun.division = "township", console.world.village[:9]
    seen = await console.cun.post("/admin/audit/need", {"case": str(case), f"ruling-{case}": "pass_audit"})
    assert (seen.status, "L12 您在这一轮里已经办过这一户" in seen.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("present", "-3", "“-3”不是数。请只写数字，例如 25"),
        ("present", "", "这里要填数字"),
        ("present", "99999999999999999999", "不是数"),
        ("present", "00000019999999999", "不是数"),
        ("held_on", "昨天", "“昨天”不是日期。请写成这样：2022-11-01。"),
        ("held_on", "2022-02-30", "不是日期"),
        ("for", "很多", "“很多”不是数"),
        ("against", "1.5", "“1.5”不是数"),
        ("amount", "abc", "“abc”不是金额。请写元数，例如 600 或 1234.50。"),
        ("amount", "-5", "不是金额"),
        ("amount", "1.234", "不是金额"),
        ("amount", "<b>9</b>", "不是金额"),
    ],
)
async def test_a_mistyped_field_says_what_was_wrong_with_an_example(
    console: Console, field: str, typed: str, words: str
) -> None:
    (case,) = await granted(console)
    name = field if field in ("present", "held_on") else f"{field}-{case}"
    seen = await review(console, "grant", [case], **(amounts([case], "ordinary") | {name: typed}))
    assert seen.status == 422
    assert words in seen.text
    assert f'id="{name}-wrong"' in seen.html
    assert "<b>9</b>" not in seen.html
    async with console.world.database.read() as db:
        assert len((await db.scalars(select(Review))).all()) == 1


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("６００", 600_00), ("¥600.00", 600_00), ("600元", 600_00), ("1,234.5", 1234_50), ("", 600_00)],
)
async def test_amounts_are_read_as_people_write_them(console: Console, typed: str, fen: int) -> None:
    (case,) = await granted(console)
    tier = "heavier" if fen == 600_00 else "special"
    more = {f"tier-{case}": tier, f"amount-{case}": typed, f"statement-{case}": "说明"}
    assert (await review(console, "grant", [case], **more, held_on="2022年11月6日")).status == 200
    async with console.world.database.read() as db:
        assert (await db.get_one(Grant, case)).amount_fen == fen


async def test_votes_without_a_verdict_are_asked_about(console: Console) -> None:
    case = await file_case(console.world)
    seen = await review(console, "need", [case], **{f"verdict-{case}": ""})
    assert (seen.status, "还没有选“通过”还是“不通过”" in seen.text) == (422, True)


async def test_all_or_none_of_a_meeting_is_kept(console: Console) -> None:
    one, two = [await file_case(console.world) for _ in range(2)]
    seen = await review(console, "need", [one, two], **{f"for-{two}": "3", f"against-{two}": "9"})
    assert (seen.status, "L7 同意票要比不同意票多" in seen.text) == (422, True)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, one)).state == "applied"


async def test_personal_fields_are_masked_until_shown_and_each_sight_leaves_an_event(console: Console) -> None:
    case = await file_case(console.world)
    masked = await console.zhen.get(f"/admin/case/{case}")
    assert "410324********" in masked.text
    opened = await console.zhen.post(f"/admin/case/{case}/personal")
    number = opened.text.split("身份证号 ")[1].split(" ")[0]
    assert len(number) == 18
    assert number.isalnum()
    assert number not in masked.html
    assert number not in (await console.zhen.get(f"/admin/case/{case}")).html
    async with console.world.database.read() as db:
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "personal.seen"))).one()
    assert (event.actor, event.subject) == (console.world.zhen.actor, f"case:{case}")
    assert number not in str(event.data)
    assert "查看了号码" in (await console.zhen.get(f"/admin/case/{case}")).text
