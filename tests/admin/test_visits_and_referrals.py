"""Visits and referrals in the console: masked, answered by whoever answers for the service, passed on (X3, X6)."""

import asyncio

from intake.models import Visit
from intake.procedure import Role
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.intake.hardship import NOTE, PHONE, events, referrals, visit
from tests.world import days, file_case

ANSWER = {"answer": "已批 2000 元"}


async def needy(console: Console, *services: str) -> Visit:
    """A visit to a house in danger."""
    changes = {"phone": PHONE, "note": NOTE, "housing": "dangerous", "groups": ["left_behind_elder"]}
    return await visit(console.world, console.world.cun, **changes, help=list(services))


async def civil(console: Console) -> Browser:
    """The browser of the civil affairs bureau."""
    await console.hire("minzheng", Role.CIVIL, "410324")
    return await console.browser("minzheng")


async def test_visits_are_listed_and_one_is_shown_masked(console: Console) -> None:
    case_id = await file_case(console.world, head="王建国")
    made = await needy(console, "housing")
    await visit(console.world, village=console.world.far_village)
    seen = await console.zhen.get("/admin/visits")
    assert "1 次" in seen.text and "潭头镇石门村 cun 住房 很急" in seen.text
    all_of_them = await console.xian.get("/admin/visits")
    assert "2 次" in all_of_them.text and "没有绑定账号的人 都好" in all_of_them.text
    path = f"/admin/visit/{made.id}"
    closed = await console.zhen.get(path)
    assert "王**" in closed.text and "138****1234" in closed.text and "有危险，不能住" in closed.text
    assert "留守老人" in closed.text and f'href="/admin/case/{case_id}"' in closed.html
    assert "王建国" not in closed.text and NOTE not in closed.text
    opened = await console.zhen.post(f"{path}/personal")
    assert "王建国" in opened.text and "138 0000 1234" in opened.text and NOTE in opened.text
    assert await events(console.world, f"visit:{made.id}") == ["visit.recorded", "personal.seen"]


async def test_a_visit_is_nobodys_from_elsewhere(console: Console) -> None:
    made = await visit(console.world, village=console.world.far_village, water="none", help=["water"])
    (row,) = await referrals(console.world)
    for path in (f"/admin/visit/{made.id}", f"/admin/visit/{made.id}/file/1", f"/admin/referral/{row.id}"):
        assert (await console.zhen.get(path)).status == 404
    for path in (f"/admin/visit/{made.id}/personal", f"/admin/referral/{row.id}/end", f"/admin/referral/{row.id}/pass"):
        fields = ANSWER | {"result": "done"}
        assert (await console.zhen.post(path, fields)).status == 404
    assert (await console.xian.get(f"/admin/visit/{made.id}/file/1")).status == 404


async def test_a_referral_is_answered_by_whoever_answers_for_the_service(console: Console) -> None:
    made = await needy(console, "housing", "destitute")
    destitute, housing = await referrals(console.world)
    console.clock.forward(days(2))
    await console.cun.sign_in("cun")
    await console.xian.sign_in("xian")
    home = await console.xian.get("/admin/")
    assert "1 转办等您答复 其中超时 1 件" in home.text
    listed = await console.xian.get("/admin/referrals?standing=overdue&service=housing")
    assert "修房或找住处 潭头镇石门村 等着办" in listed.text and "超时了" in listed.text
    path = f"/admin/referral/{housing.id}"
    assert "由别的部门答复" in (await console.cun.get(path)).text
    refused = await console.cun.post(f"{path}/end", ANSWER | {"result": "done"})
    assert refused.status == 403 and "已批 2000 元" in refused.text
    wrong = await console.xian.post(f"{path}/end")
    assert wrong.status == 422 and "请选办得怎么样" in wrong.text and "请写几个字" in wrong.text
    done = await console.xian.post(f"{path}/end", ANSWER | {"result": "refused"})
    assert "没有办成" in done.text and "已批 2000 元" in done.text and f'href="/admin/visit/{made.id}"' in done.html
    assert "特困供养" in (await console.xian.get("/admin/referrals?standing=open")).text
    assert [row.state for row in await referrals(console.world)] == ["open", "refused"]
    assert destitute.state == "open"


async def test_X3_the_chain_is_shown_and_passed_on(console: Console) -> None:
    minzheng = await civil(console)
    await needy(console, "temporary")
    (first,) = await referrals(console.world)
    second = await console.zhen.post(f"/admin/referral/{first.id}/end", ANSWER | {"result": "pass_on"})
    assert "已转到下一步" in second.text and "临时救助 办了 低保 等着办" in second.text
    assert "由别的部门答复" in second.text
    path = second.path
    ended = await minzheng.post(f"{path}/end", ANSWER | {"result": "done"})
    assert "转到“特困供养”" in ended.text
    third = await minzheng.post(f"{path}/pass")
    assert "临时救助 办了 低保 办了 特困供养 等着办" in third.text
    again = await minzheng.post(f"{path}/pass")
    assert again.status == 409 and "答复或转走了" in again.text
    await minzheng.http.close()


async def test_of_two_who_answer_at_once_the_second_is_told(console: Console) -> None:
    minzheng = await civil(console)
    await needy(console, "temporary")
    (one,) = await referrals(console.world)
    pages = await asyncio.gather(
        *(who.post(f"/admin/referral/{one.id}/end", ANSWER | {"result": "done"}) for who in (minzheng, console.zhen))
    )
    assert sorted(page.status for page in pages) == [200, 409]
    late = next(page for page in pages if page.status == 409)
    assert "已在 2022年11月1日 12:00 答复或转走了" in late.text and "已批 2000 元" in late.text
    await minzheng.http.close()


async def test_lists_take_any_address(console: Console) -> None:
    for path in ("visits", "referrals"):
        odd = f"/admin/{path}?page=0&standing=x&service=%00&village=%E2%80%AE%00"
        assert (await console.xian.get(odd)).status == 200
