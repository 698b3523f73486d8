"""A page that lay open while others worked: it says where the household stands now, who moved it and when."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import select

from intake.filing import Application, receive
from intake.models import Objection
from intake.outcomes import Corrected
from intake.procedure import Role
from locales import texts
from tests.admin.browser import Seen
from tests.admin.conftest import Console
from tests.admin.road import meeting, post_notice, review, rulings, send_batch
from tests.world import answers, file_case

_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def fields_of(seen: Seen) -> dict[str, object]:
    """What a page's forms send with what is chosen."""
    return dict(_HIDDEN.findall(seen.html))


async def test_a_stale_page_says_who_was_faster(console: Console) -> None:
    one, two = [await file_case(console.world, head=head) for head in ("赵铁柱", "钱小花")]
    await console.hire("cun2", Role.VILLAGE, console.world.village)
    second = await console.browser("cun2")
    path = f"/admin/village/{console.world.village}/review/need"
    await review(console, "need", [one])
    seen = await second.post(path, meeting([one, two], **{f"reason-{two}": "还要再问"}))
    await second.http.close()
    assert seen.status == 409
    assert "这次没有保存：已经有人先办了" in seen.text
    assert "赵铁柱 ： L8 这一户现在是“评议通过”" in seen.text
    assert "cun 在 2022年11月1日 12:00 办了“通过”。" in seen.text
    assert "还要再问" in seen.html


async def test_what_i_did_myself_is_called_mine(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    again = await review(console, "need", [case])
    assert "您自己在 2022年11月1日 12:00 办了“通过”。" in again.text


async def test_a_household_that_went_on_to_the_county_is_not_mine_to_send_back(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    await send_batch(console, "need")
    seen = await console.zhen.post("/admin/audit/need", rulings("return", [case], **{f"reason-{case}": "人口不对"}))
    assert seen.status == 409
    assert "这一户现在是“已报县，等审定”" in seen.text
    assert "您自己在 2022年11月6日 12:00 办了“报送县里”。" in seen.text


async def test_a_household_that_files_anew_while_its_page_is_open_is_looked_at_again(console: Console) -> None:
    world, cun = console.world, console.cun
    case = await file_case(world, household_size=6, persons_in_need=5)
    path = f"/admin/village/{world.village}/review/need"
    old, page = fields_of(await cun.get(path)), fields_of(await cun.get(f"/admin/case/{case}"))
    async with world.units.begin() as unit:
        anew = answers(world.filed, world.village, household_size=6, persons_in_need=2)
        sent = Application(key="anew", contact_id=world.contacts[0], flow="apply", flow_version=1, answers=anew)
        (outcome,) = await receive(await unit.db.connection(), unit.journal, [sent], unit.now)
    assert isinstance(outcome, Corrected)
    asked = {"action": "ask", "reason": "请写清家里几口人"}
    for seen in (await cun.post(path, old | meeting([case])), await cun.post(f"/admin/case/{case}/step", page | asked)):
        assert (seen.status, texts()("refusal.L8.filed_anew") in seen.text) == (409, True)
    assert (await cun.post(path, fields_of(await cun.get(path)) | meeting([case]))).status == 200


async def test_what_another_has_just_passed_is_not_sent_back_by_a_page_that_showed_it_waiting(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    await console.hire("zhen2", Role.TOWNSHIP, console.world.village[:9])
    second = await console.browser("zhen2")
    open_ = fields_of(await second.get(f"/admin/case/{case}"))
    await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    late = {f"reason-{case}": "人口不对"}
    for path, fields in (
        ("/admin/audit/need", rulings("return", [case], **late)),
        (f"/admin/case/{case}/step", open_ | {"action": "return", "reason": "人口不对"}),
    ):
        seen = await second.post(path, fields)
        assert seen.status == 409
        assert "这一户现在是“乡镇审核通过”" in seen.text
        assert "zhen 在 2022年11月6日 12:00 办了“审核通过”。" in seen.text
    again = fields_of(await second.get(f"/admin/case/{case}")) | {"action": "return", "reason": "人口不对"}
    assert (await second.post(f"/admin/case/{case}/step", again)).status == 200
    await second.http.close()


async def test_a_page_from_before_a_household_was_reviewed_anew_rules_on_nothing(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    old = fields_of(await console.zhen.get("/admin/audit/need")) | {"case": [str(case)], f"ruling-{case}": "pass_audit"}
    await console.zhen.post("/admin/audit/need", rulings("return", [case], **{f"reason-{case}": "人口不对"}))
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    seen = await console.zhen.post("/admin/audit/need", old)
    assert seen.status == 409
    assert "这一户现在是“拟救助”" in seen.text
    new = fields_of(seen) | {"case": [str(case)], f"ruling-{case}": "pass_audit"}
    assert (await console.zhen.post("/admin/audit/need", new)).status == 200


async def test_a_meeting_that_was_written_down_before_is_not_the_review_of_a_household_sent_back(
    console: Console,
) -> None:
    case = await file_case(console.world)
    path = f"/admin/village/{console.world.village}/review/need"
    old = fields_of(await console.cun.get(path)) | meeting([case])
    assert (await console.cun.post(path, old)).status == 200
    await post_notice(console, "need")
    await console.forward(5)
    await console.zhen.post("/admin/audit/need", rulings("return", [case], **{f"reason-{case}": "人口不对"}))
    today = {"held_on": "2022-11-06"}
    seen = await console.cun.post(path, old | today)
    assert seen.status == 409
    assert "zhen 在 2022年11月6日 12:00 办了“退回村里重新评议”。" in seen.text
    assert (await console.cun.post(path, fields_of(seen) | meeting([case]) | today)).status == 200


async def test_time_is_not_called_a_person(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    late = await review(console, "need", [case])
    assert "现在是“拟救助”" in late.text
    assert "办了“" not in late.text


async def test_a_mistake_in_a_long_list_names_its_household_and_field(console: Console) -> None:
    case = await file_case(console.world, head="赵铁柱")
    seen = await review(console, "need", [case], **{f"for-{case}": "很多", "present": ""})
    assert "赵铁柱 同意票：“很多”不是数" in seen.text
    assert "到会人数：这里要填数字" in seen.text


async def test_who_only_looks_on_is_told_what_there_is_to_see(console: Console) -> None:
    for username, role, division, words in (
        ("minzheng", Role.CIVIL, "410324", "户名单在这里只看，不用办。全县每一户办到哪一步"),
        ("jijian", Role.INSPECTOR, "410324", "户名单在这里只看，不用办。全县每一户谁在什么时候办的"),
        ("admin", Role.ADMIN, None, "您管账号、区划和方案，不看各户的资料"),
    ):
        await console.hire(username, role, division)
        browser = await console.browser(username)
        seen = await browser.get("/admin/")
        assert words in seen.text
        assert "要办的事 户名单" not in seen.text
        assert "还没有录入" not in seen.text
        await browser.http.close()


async def test_a_list_that_nobody_has_read_is_not_posted(console: Console) -> None:
    one, two = [await file_case(console.world, head=head) for head in ("赵铁柱", "钱小花")]
    path = f"/admin/village/{console.world.village}/notice/need"
    await review(console, "need", [one])
    old = fields_of(await console.cun.get(path))
    await review(console, "need", [two])
    seen = await console.cun.post(path, old)
    assert (seen.status, texts()("refusal.L8.list_overtaken") in seen.text, "钱小花" in seen.text) == (409, True, True)
    posted = await console.cun.post(path, fields_of(seen))
    assert "已张贴" in posted.text or posted.path.startswith("/admin/notice/")


async def test_an_objection_sent_twice_is_one(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await post_notice(console, "need")).path
    for text in ("人口写多了", "人口写多了", "房子没有倒"):
        await console.cun.post(f"{notice}/objection", {"household": str(case), "text": text})
    same = {"household": str(case), "text": "地也写多了"}
    await asyncio.gather(*(console.cun.post(f"{notice}/objection", same) for _ in range(4)))
    async with console.world.database.read() as db:
        said = sorted(await db.scalars(select(Objection.text)))
    assert said == sorted(["人口写多了", "房子没有倒", "地也写多了"])


async def test_words_that_were_added_to_an_objection_are_read_before_it_is_settled(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await post_notice(console, "need")).path
    await console.cun.post(f"{notice}/objection", {"household": str(case), "text": "人口写多了"})
    old = fields_of(await console.zhen.get(notice))
    number = old["objection"]
    answer = {f"upheld-{number}": "no", f"answer-{number}": "查过户口本，四口人，没有写多"}
    async with console.world.database.write() as db:
        objection = (await db.scalars(select(Objection))).one()
        objection.text += "\n他家的房子也没有倒"
    seen = await console.zhen.post(f"{notice}/settle", old | answer)
    assert (seen.status, texts()("refusal.L8.objection_added") in seen.text, "房子也没有倒" in seen.text) == (
        409,
        True,
        True,
    )
    assert "查过户口本" in seen.html
    assert (await console.zhen.post(f"{notice}/settle", fields_of(seen) | answer)).status == 200


async def test_L8_nothing_is_posted_while_the_clock_stands_before_the_last_notice(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await post_notice(console, "need")).path
    await console.cun.post(f"{notice}/objection", {"household": str(case), "text": "人口写多了"})
    page = fields_of(await console.zhen.get(notice))
    upheld = {f"upheld-{page['objection']}": "yes", f"answer-{page['objection']}": "查过，写多了"}
    await console.zhen.post(f"{notice}/settle", page | upheld)
    await review(console, "need", [case])
    console.clock.at -= timedelta(days=3)
    seen = await post_notice(console, "need")
    said = {"now": "2022年10月29日 12:00", "last": "2022年11月1日 12:00"}
    assert (seen.status, texts()("refusal.L8.clock_went_back", **said) in seen.text) == (422, True)
    console.clock.at += timedelta(days=3)
    assert (await post_notice(console, "need")).status == 200
