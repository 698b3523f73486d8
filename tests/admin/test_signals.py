"""The console shows what stands out (G4, L12): on the case, in the lists of rulings, and on a page of its own."""

from intake.procedure import Role
from tests.admin.conftest import Console
from tests.admin.road import post_notice, review
from tests.intake.test_own_card import put
from tests.intake.test_signals import CARD, share
from tests.world import file_case

PHONE = "+8613800009999"


async def test_G4_L12_signals_by_kind_and_village(console: Console) -> None:
    world = console.world
    cases = [await file_case(world, head="王建国", phone=PHONE) for _ in range(2)]
    away = await file_case(world, head="王建国", phone=PHONE, village=world.far_village)
    await share(world, [cases[0], away])
    seen = await console.xian.get("/admin/signals")
    assert "共 2 条" in seen.text and "一卡多户" in seen.text and "改好以前不能发放" in seen.text
    assert "138****9999" in seen.text and "**** 5670" in seen.text
    assert CARD not in seen.html and "13800009999" not in seen.html
    only = await console.xian.get("/admin/signals?kind=card_shared")
    assert "共 1 条" in only.text and "138****9999" not in only.text
    there = await console.xian.get(f"/admin/signals?village={world.other_village}")
    assert "没有这样的提示" in there.text
    ours = await console.zhen.get("/admin/signals")
    assert "另有 1 户不在您管的地方" in ours.text and f"/admin/case/{away}" not in ours.html
    assert (await console.xian.get("/admin/signals?kind=nosuch&village=abc&page=9")).status == 200
    assert (await console.cun.get("/admin/signals")).status == 403
    await console.hire("jijian", Role.INSPECTOR, "410324")
    inspector = await console.browser("jijian")
    assert "共 2 条" in (await inspector.get("/admin/signals")).text
    await inspector.http.close()


async def test_G4_L12_they_stand_on_the_case_and_in_the_lists_of_rulings(console: Console) -> None:
    world = console.world
    cases = [await file_case(world, head="王建国", phone=PHONE) for _ in range(3)]
    await share(world, cases[:2])
    whole = await console.xian.get(f"/admin/case/{cases[0]}")
    assert "要多看一眼" in whole.text
    assert f"/admin/case/{cases[1]}" in whole.html and f"/admin/case/{cases[2]}" in whole.html
    await review(console, "need", cases)
    await post_notice(console, "need")
    await console.forward(5)
    listed = await console.zhen.get("/admin/audit/need")
    assert listed.text.count("有 2 户登记了同一张银行卡") == 2
    assert listed.text.count("有 3 户登记了同一个电话") == 3


async def test_nothing_stands_out_where_nothing_does(console: Console) -> None:
    case = await file_case(console.world, head="王建国")
    await put(console.world, case)
    assert "没有这样的提示" in (await console.xian.get("/admin/signals")).text
    assert "要多看一眼" not in (await console.xian.get(f"/admin/case/{case}")).text
