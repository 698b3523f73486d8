"""L12: relatives are declared on the page of a case and in the form of a meeting, and marked where it is decided."""

from tests.admin.conftest import Console
from tests.admin.road import post_notice, review, rulings
from tests.world import file_case


async def test_L12_who_declares_on_the_case_does_not_decide(console: Console) -> None:
    case = await file_case(console.world)
    assert (await review(console, "need", [case])).status == 200
    await post_notice(console, "need")
    await console.forward(5)
    path = f"/admin/case/{case}"
    missing = await console.zhen.post(f"{path}/relative", {"kin-name": ""})
    assert missing.status == 422 and "没有选是什么亲属" in missing.text
    done = await console.zhen.post(f"{path}/relative", {"kin-relation": "sibling"})
    assert done.status == 200 and "zhen是这一户的亲属（兄弟姐妹）" in done.text
    refused = await console.zhen.post("/admin/audit/need", rulings("pass_audit", [case]))
    assert refused.status == 422
    assert "L12 这一户申报过是您的亲属，您不能办。" in refused.text
    assert "zhen是这一户的亲属（兄弟姐妹）" in refused.text
    assert "zhen是这一户的亲属" in (await console.xian.get(path)).text


async def test_L12_the_meeting_names_who_stays_out(console: Console) -> None:
    case = await file_case(console.world)
    half = {f"kin-name-{case}": "", f"kin-relation-{case}": "child"}
    asked = await review(console, "need", [case], **half)
    assert asked.status == 422 and "请写要回避的人的姓名" in asked.text
    other = await review(console, "need", [case], **{f"kin-name-{case}": "周大山<b>"})
    assert other.status == 422 and "周大山&lt;b&gt;" in other.html
    whole = {f"kin-name-{case}": "周大山", f"kin-relation-{case}": "child"}
    assert (await review(console, "need", [case], **whole)).status == 200
    await post_notice(console, "need")
    assert "周大山" not in (await console.xian.get(f"/notices/{console.world.village}")).text
    await console.forward(5)
    assert "周大山是这一户的亲属（子女）" in (await console.zhen.get("/admin/audit/need")).text


async def test_L12_a_relation_that_was_wrongly_said_is_said_anew(console: Console) -> None:
    case = await file_case(console.world)
    path = f"/admin/case/{case}"
    for relation in ("child", "child", "sibling"):
        await console.cun.post(f"{path}/relative", {"kin-name": "周大山", "kin-relation": relation})
    page = (await console.cun.get(path)).text
    assert (page.count("周大山是这一户的亲属（子女）"), page.count("周大山是这一户的亲属（兄弟姐妹）")) == (1, 1)


async def test_L12_nobody_declares_outside_their_area(console: Console) -> None:
    far = await file_case(console.world, village=console.world.far_village)
    assert (await console.zhen.post(f"/admin/case/{far}/relative", {"kin-relation": "child"})).status == 404
