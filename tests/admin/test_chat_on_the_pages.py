"""What people did by chat stands in the console: objections, withdrawals, bank cards."""

from sqlalchemy import select

from intake.bank_cards import give_card
from intake.models import Attachment, EventRow, Notice
from intake.objections import Written, object_by_chat
from intake.withdrawals import withdraw
from store.ids import new_id
from tests.admin.conftest import Console
from tests.admin.road import post_notice, review
from tests.intake.test_withdrawals import number_of
from tests.world import file_case, make_contact


async def objected(console: Console, **answers: str) -> tuple[int, int, int]:
    """A household on a notice, to which a neighbour objected: notice, case, objection."""
    world = console.world
    case = await file_case(world, head="赵大山")
    await review(console, "need", [case])
    await post_notice(console, "need")
    neighbour = await make_contact(world)
    async with world.units.begin() as unit:
        notice_id = (await unit.db.scalars(select(Notice.id))).one()
        written = Written({"reason": "他家有两辆车"} | answers)
        made, _ = await object_by_chat(unit, neighbour, f"{notice_id}-0", written)
        now = unit.now
        voice = {"kind": "voice", "channel": "wechat", "reference": "", "state": "kept", "media_type": "audio/mpeg"}
        unit.db.add(
            Attachment(
                id=new_id(now),
                contact_id=neighbour,
                content=b"mp3",
                subject=f"objection:{made.id}",
                sent_at=now,
                **voice,
            )
        )
    return notice_id, case, made.id


async def test_an_objection_by_chat_is_settled_like_any_other(console: Console) -> None:
    notice, case, objection = await objected(console)
    seen = await console.zhen.get(f"/admin/notice/{notice}")
    assert "群众在聊天里提出" in seen.text and "他家有两辆车" in seen.text and "有异议" in seen.text
    fields = {"objection": objection, f"upheld-{objection}": "no", f"answer-{objection}": "车是亲戚的"}
    seen = await console.zhen.post(f"/admin/notice/{notice}/settle", fields)
    assert seen.status == 200 and "异议不成立 车是亲戚的" in seen.text
    seen = await console.cun.get(f"/admin/case/{case}")
    assert "提出异议" in seen.text and "群众" in seen.text


async def test_who_objected_is_shown_above_the_village_and_leaves_an_event(console: Console) -> None:
    notice, _, objection = await objected(console, name="张三", phone="+8613800001234")
    for browser in (console.cun, console.zhen):
        assert "张三" not in (await browser.get(f"/admin/notice/{notice}")).text
    seen = await console.zhen.post(f"/admin/notice/{notice}/objector", {"objection": objection})
    assert "张三" in seen.text and "138 0000 1234" in seen.text
    assert "看提意见人" not in (await console.cun.get(f"/admin/notice/{notice}")).text
    assert (await console.cun.post(f"/admin/notice/{notice}/objector", {"objection": objection})).status == 403
    assert (await console.zhen.post(f"/admin/notice/{notice}/objector", {"objection": notice})).status == 404
    async with console.world.database.read() as db:
        looked = (await db.scalars(select(EventRow).where(EventRow.kind == "personal.seen"))).one()
    assert (looked.actor, looked.subject) == (console.world.zhen.actor, f"objection:{objection}")


async def test_a_voice_is_heard_above_the_village_alone(console: Console) -> None:
    notice, _, _ = await objected(console)
    async with console.world.database.read() as db:
        voice = (await db.scalars(select(Attachment.id))).one()
    path = f"/admin/notice/{notice}/voice/{voice}"
    assert path in (await console.zhen.get(f"/admin/notice/{notice}")).html
    assert path not in (await console.cun.get(f"/admin/notice/{notice}")).html
    heard = await console.zhen.get(path)
    assert (heard.html, heard.headers["Content-Type"]) == ("mp3", "audio/mpeg")
    assert (await console.cun.get(path)).status == 403
    assert (await console.zhen.get(f"/admin/notice/{notice}/voice/1")).status == 404


async def test_a_household_that_withdrew_is_shown_so_and_asks_for_nothing(console: Console) -> None:
    world, mine, neighbour = console.world, await make_contact(console.world), await make_contact(console.world)
    case = await file_case(world, mine, head="赵大山")
    await review(console, "need", [case])
    await post_notice(console, "need")
    async with world.units.begin() as unit:
        notice = (await unit.db.scalars(select(Notice.id))).one()
        await object_by_chat(unit, neighbour, f"{notice}-0", Written({"reason": "有车"}))
    async with world.units.begin() as unit:
        await withdraw(unit, mine, await number_of(world, case), "elsewhere")
    seen = await console.cun.get(f"/admin/case/{case}")
    assert "已撤回" in seen.text and "撤回申请" in seen.text and "原因：别处已经帮了" in seen.text
    page = await console.zhen.get(f"/admin/notice/{notice}")
    assert "这一户撤回了申请，这条意见不用再答复" in page.text and f"answer-{notice}" not in page.html
    assert "赵大山" not in (await console.cun.get(f"/notices/{world.village}")).text
    assert "赵大山" in (await console.cun.get("/admin/cases?state=need-withdrawn")).text


async def test_the_case_says_who_gave_the_card_and_when(console: Console) -> None:
    world, mine = console.world, await make_contact(console.world)
    case = await file_case(world, mine, head="赵大山")
    async with world.units.begin() as unit:
        await give_card(unit, mine, None, await number_of(world, case), "6217000012345670", "赵大山")
    seen = await console.zhen.get(f"/admin/case/{case}")
    assert "**** 5670 申请人 2022年11月1日报的" in seen.text
    assert "6217000012345670" not in seen.html
