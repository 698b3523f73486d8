"""From applied to paid through the pages, in both passes."""

import asyncio
import re

from sqlalchemy import select

from intake.events import verify
from intake.models import EventRow, Grant, Need, Notice, Payment, Review
from intake.procedure import Role
from tests.admin.conftest import Console
from tests.admin.paying import pay
from tests.admin.road import meeting, post_notice, review, rulings, send_batch
from tests.paying import give
from tests.world import file_case

CARD = "6217000000000000004"


async def test_a_household_goes_from_applied_to_paid(console: Console) -> None:
    case = await file_case(console.world)
    home = await console.cun.get("/admin/")
    assert "1 等村里评议" in home.text
    page = await console.cun.get(f"/admin/village/{console.world.village}/review/need")
    assert "李秀英" in page.text or "王建国" in page.text

    said = await review(console, "need", [case])
    assert said.path == "/admin/"
    assert "评议已记下，共 1 户。" in said.text
    preview = await console.cun.get(f"/admin/village/{console.world.village}/notice/need")
    assert "2022年11月6日 12:00" in preview.text
    posted = await post_notice(console, "need")
    assert "还有 5 天" in posted.text
    assert "公示已贴出，共 1 户。" in posted.text

    await console.forward(5)
    assert "1 公示结束，等乡镇审核" in (await console.zhen.get("/admin/")).text
    audited = await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    assert "已保存 1 户。" in audited.text
    sent = await send_batch(console, "need")
    assert "已报送县里，1 户。" in sent.text
    assert "对得上" in sent.text
    await console.xian.post("/admin/decide/need", rulings("accept", [case]))
    assert await state(console, case) == ("accepted", "applied", None)

    await review(console, "grant", [case], **{f"tier-{case}": "heavier", f"amount-{case}": "600元"})
    await post_notice(console, "grant")
    await console.forward(5)
    lines = await console.zhen.get("/admin/audit/grant")
    assert "¥600.00" in lines.text
    await console.zhen.post("/admin/audit/grant", rulings("pass_audit", [case]))
    await send_batch(console, "grant")
    await console.xian.post("/admin/decide/grant", rulings("accept", [case]))

    await give(console.world, case, CARD)
    paid = await pay(console.zhen, console.xian, "2022-11-11")
    assert "已写下 1 户的结果。" in paid.text
    assert await state(console, case) == ("accepted", "paid", 600_00)
    async with console.world.database.read() as db:
        payment = (await db.scalars(select(Payment))).one()
        assert (payment.amount_fen, payment.bank_card) == (600_00, CARD)
        assert len((await db.scalars(select(Review))).all()) == 2
    async with console.world.database.connect() as connection:
        assert isinstance(await verify(connection), int)

    history = await console.cun.get(f"/admin/case/{case}")
    for word in ("提交申请", "通过", "贴公示", "公示结束", "审核通过", "同意", "发放", "已发放", "¥600.00"):
        assert word in history.text
    assert CARD not in history.html


async def need_state(console: Console, case: int) -> str:
    """State of the need."""
    async with console.world.database.read() as db:
        return (await db.get_one(Need, case)).state


async def state(console: Console, case: int) -> tuple[str, str, int | None]:
    """State of the need, state and amount of the grant."""
    async with console.world.database.read() as db:
        need, grant = await db.get_one(Need, case), await db.get_one(Grant, case)
        return need.state, grant.state, grant.amount_fen


async def test_the_township_cuts_with_a_reason_and_the_household_sees_it(console: Console) -> None:
    one, two = [await file_case(console.world) for _ in range(2)]
    await review(console, "need", [one, two])
    await post_notice(console, "need")
    await console.forward(5)
    fields = rulings("pass_audit", [one, two]) | {f"ruling-{two}": "cut"}
    no = await console.zhen.post("/admin/audit/need", fields)
    assert no.status == 422
    assert "L8 没有写原因" in no.text
    async with console.world.database.read() as db:
        assert {need.state for need in await db.scalars(select(Need))} == {"proposed"}
    yes = await console.zhen.post("/admin/audit/need", fields | {f"reason-{two}": "家里有人领工资"})
    assert "已保存 2 户。" in yes.text
    page = await console.cun.get(f"/admin/case/{two}")
    assert "核减" in page.text
    assert "原因：家里有人领工资" in page.text


async def test_papers_are_asked_for_from_the_lists_and_nobody_is_cut(console: Console) -> None:
    """Asking decides nothing: the household keeps its meeting and its notice, and goes on where it was."""
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    no = await console.zhen.post("/admin/audit/need", rulings("ask", [case]))
    assert no.status == 422
    assert "没有写原因" in no.text
    asked = await console.zhen.post("/admin/audit/need", rulings("ask", [case]) | {f"reason-{case}": "缺残疾证复印件"})
    assert "已保存 1 户。" in asked.text
    assert await need_state(console, case) == "asked_village"
    step = {"pass": "need", "action": "complete", "state": "asked_village", "revision": 1, "reason": "残疾证补来了"}
    await console.cun.post(f"/admin/case/{case}/step", step)
    await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    await send_batch(console, "need")
    await console.xian.post("/admin/decide/need", rulings("ask", [case]) | {f"reason-{case}": "缺村里的证明"})
    assert await need_state(console, case) == "asked_township"


async def test_the_county_sees_which_batch_it_decides_on(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    batch = (await send_batch(console, "need")).path.rpartition("/")[2]
    page = await console.xian.get("/admin/decide/need")
    assert "潭头镇 第1批" in page.text and f'href="/admin/batch/{batch}"' in page.html
    assert "这里只列" not in page.text
    assert "这里只列潭头镇第1批的户。" in (await console.xian.get(f"/admin/decide/need?batch={batch}")).text
    await console.xian.post(f"/admin/decide/need?batch={batch}", rulings("accept", [case]))
    done = await console.xian.get(f"/admin/decide/need?batch={batch}")
    assert "现在没有等着办的户。" in done.text and 'href="/admin/decide/need"' in done.html


async def test_batches_of_one_hour_stand_in_the_order_of_their_numbers(console: Console) -> None:
    cases = [await file_case(console.world) for _ in range(4)]
    await review(console, "need", cases)
    await post_notice(console, "need")
    await console.forward(5)
    for case in cases:
        await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
        await send_batch(console, "need")
    page = await console.zhen.get("/admin/batches/need")
    assert re.findall(r"第(\d)批", page.text) == ["4", "3", "2", "1"]


async def test_the_rest_passes_when_asked_twice(console: Console) -> None:
    cases = [await file_case(console.world, head=head) for head in ("赵铁柱", "钱小花", "孙大山")]
    await review(console, "need", cases)
    await post_notice(console, "need")
    await console.forward(5)
    page = await console.zhen.get("/admin/audit/need")
    assert "没有选的都通过（这一页共 3 户）" in page.text
    fields = {"case": [str(case) for case in cases], "rest": "yes", f"ruling-{cases[0]}": "return"}
    fields |= {f"reason-{cases[0]}": "人口写错了"}
    asked = await console.zhen.post("/admin/audit/need", fields)
    assert "下面 2 户都通过吗？" in asked.text
    assert "石门村 2 户 钱小花、孙大山" in asked.text
    assert f'name="reason-{cases[0]}" value="人口写错了"' in asked.html
    back = await console.zhen.post("/admin/audit/need", fields | {"rest": "back"})
    assert "人口写错了" in back.html
    async with console.world.database.read() as db:
        assert {need.state for need in await db.scalars(select(Need))} == {"proposed"}
    seen = await console.zhen.post("/admin/audit/need", fields | {"rest": "sure"})
    assert "已保存 3 户。" in seen.text
    async with console.world.database.read() as db:
        states = {need.case_id: (need.state, need.revision) for need in await db.scalars(select(Need))}
    assert states == {cases[0]: ("applied", 2), cases[1]: ("audited", 1), cases[2]: ("audited", 1)}
    again = await console.cun.get(f"/admin/village/{console.world.village}/review/need")
    assert "上次退回的原因： 人口写错了" in again.text
    batch = (await send_batch(console, "need")).path.rpartition("/")[2]
    rest = {"case": [str(case) for case in cases[1:]], "rest": "yes"}
    asked = await console.xian.post(f"/admin/decide/need?batch={batch}", rest)
    assert f'action="/admin/decide/need?batch={batch}"' in asked.html


async def test_an_objection_holds_a_household_until_the_township_answers(console: Console) -> None:
    one, two = [await file_case(console.world) for _ in range(2)]
    await review(console, "need", [one, two])
    notice = (await post_notice(console, "need")).path
    seen = await console.cun.post(f"{notice}/objection", {"household": str(one), "text": "他家有工资"})
    assert "异议已记下。" in seen.text
    assert "等乡镇答复" in seen.text
    await console.forward(5)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, one)).state == "held"
        assert (await db.get_one(Need, two)).state == "proposed"
    page = await console.zhen.get(notice)
    objection = page.html.split('name="objection" value="')[1].split('"')[0]
    fields: dict[str, object] = {"objection": objection, f"upheld-{objection}": "no"}
    unanswered = await console.zhen.post(f"{notice}/settle", fields)
    assert (unanswered.status, "没有写原因" in unanswered.text) == (422, True)
    settled = await console.zhen.post(f"{notice}/settle", fields | {f"answer-{objection}": "查过，没有工资"})
    assert "异议已答复。" in settled.text
    twice = await console.zhen.post(f"{notice}/settle", fields | {f"answer-{objection}": "再答一次"})
    assert (twice.status, "已经有人答复过了" in twice.text) == (409, True)
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, one)).state == "proposed"


async def test_a_reason_without_a_ruling_is_asked_about_even_when_all_the_rest_pass(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    await console.forward(5)
    fields = {"case": str(case), "rest": "sure", f"reason-{case}": "家里有人领工资"}
    seen = await console.zhen.post("/admin/audit/need", fields)
    assert (seen.status, "还没有选怎么办" in seen.text) == (422, True)


async def test_a_household_with_two_objections_goes_on_when_both_are_dismissed(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await post_notice(console, "need")).path
    for text in ("他家有工资", "他家人口写多了"):
        seen = await console.cun.post(f"{notice}/objection", {"household": str(case), "text": text})
        assert "异议已记下。" in seen.text
    assert "（已有 2 条异议）" in seen.text
    page = await console.zhen.get(notice)
    assert "对这一户还有 2 条异议没有答复" in page.text
    first, second = re.findall(r'name="objection" value="(\d+)"', page.html)
    for number, state in ((first, "held"), (second, "on_notice")):
        answer = {"objection": number, f"upheld-{number}": "no", f"answer-{number}": "查过，不是这样"}
        assert (await console.zhen.post(f"{notice}/settle", answer)).status == 200
        async with console.world.database.read() as db:
            assert (await db.get_one(Need, case)).state == state


async def test_a_case_is_sent_back_from_its_page(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    page = await console.cun.get(f"/admin/case/{case}")
    assert "退回村里重新评议" in page.text
    silent = await console.cun.post(f"/admin/case/{case}/step", {"pass": "need", "action": "return", "reason": " "})
    assert silent.status == 422
    back = await console.cun.post(
        f"/admin/case/{case}/step", {"pass": "need", "action": "return", "reason": "票数写错了"}
    )
    assert "已退回村里重新评议。" in back.text
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, case)).state == "applied"
        kinds = [row.kind for row in await db.scalars(select(EventRow).order_by(EventRow.seq))]
    assert kinds[-1] == "case.moved"


async def test_sending_a_form_twice_has_one_effect(console: Console) -> None:
    case = await file_case(console.world)
    assert (await review(console, "need", [case])).status == 200
    twice = await review(console, "need", [case])
    assert twice.status == 409
    assert "已经有人办过这一步" in twice.text
    await post_notice(console, "need")
    again = await post_notice(console, "need")
    assert (again.status, "可能已经贴出去了" in again.text) == (409, True)
    async with console.world.database.read() as db:
        assert len((await db.scalars(select(Review))).all()) == 1


async def test_two_officials_at_once_have_one_effect(console: Console) -> None:
    cases = [await file_case(console.world) for _ in range(4)]
    await console.hire("cun2", Role.VILLAGE, console.world.village)
    second = await console.browser("cun2")
    path = f"/admin/village/{console.world.village}/review/need"
    seen = await asyncio.gather(*(browser.post(path, meeting(cases)) for browser in (console.cun, second)))
    assert sorted(one.status for one in seen) == [200, 409]
    path = f"/admin/village/{console.world.village}/notice/need"
    seen = await asyncio.gather(*(browser.post(path) for browser in (console.cun, second)))
    assert sorted(one.status for one in seen) == [200, 409]
    async with console.world.database.read() as db:
        assert len((await db.scalars(select(Review))).all()) == 1
        assert len((await db.scalars(select(Notice))).all()) == 1
    await second.http.close()


async def test_a_meeting_speaks_only_of_the_households_it_names(console: Console) -> None:
    one, two = [await file_case(console.world) for _ in range(2)]
    fields = meeting([one, two])
    for name in (f"verdict-{two}", f"for-{two}", f"against-{two}"):
        del fields[name]
    seen = await console.cun.post(f"/admin/village/{console.world.village}/review/need", fields)
    assert "共 1 户" in seen.text
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, two)).state == "applied"
