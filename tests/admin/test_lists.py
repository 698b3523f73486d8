"""Lists: tasks, finding cases, and that a page costs the same number of statements however long it is."""

from intake.procedure import Role
from tests.admin.conftest import Console
from tests.admin.road import post_notice, review
from tests.statements import counted
from tests.world import file_case


async def test_cases_are_found_by_name_number_village_and_state(console: Console) -> None:
    one = await file_case(console.world, head="赵铁柱")
    two = await file_case(console.world, head="钱小花", village=console.world.other_village)
    await review(console, "need", [one])
    for query, found in (
        ("", {"赵铁柱", "钱小花"}),
        ("?q=铁柱", {"赵铁柱"}),
        ("?q=00002", {"钱小花"}),
        ("?q=%25", set()),
        (f"?village={console.world.other_village}", {"钱小花"}),
        ("?state=need-reviewed", {"赵铁柱"}),
        ("?state=grant-paid", set()),
        ("?page=2", set()),
    ):
        seen = await console.zhen.get(f"/admin/cases{query}")
        assert {name for name in ("赵铁柱", "钱小花") if f">{name}</a>" in seen.html} == found, query
    assert "钱小花" not in (await console.cun.get("/admin/cases")).html
    assert (await console.zhen.get(f"/admin/case/{two}")).status == 200


async def test_a_long_list_is_turned_page_by_page(console: Console) -> None:
    for _ in range(51):
        await file_case(console.world)
    first = await console.cun.get("/admin/cases?q=410324")
    assert "第 1 页，共 2 页" in first.text
    assert 'href="/admin/cases?q=410324&amp;state=&amp;village=&amp;page=2"' in first.html
    second = await console.cun.get("/admin/cases?q=410324&page=2")
    assert second.html.count('<th scope="row">') == 1
    form = await console.cun.get(f"/admin/village/{console.world.village}/review/need")
    assert form.html.count('name="case"') == 50
    assert "这里先列 50 户" in form.text


async def test_everyone_sees_how_far_the_villages_are_and_links_to_their_own_work(console: Console) -> None:
    one = await file_case(console.world)
    await file_case(console.world, village=console.world.other_village)
    await review(console, "need", [one])
    zhen = await console.zhen.get("/admin/")
    assert "现在没有等您办的事" in zhen.text
    assert "石门村" in zhen.text
    assert f"/admin/cases?state=need-reviewed&amp;village={console.world.village}" in zhen.html
    cun = await console.cun.get("/admin/")
    assert f'href="/admin/village/{console.world.village}/notice/need"' in cun.html
    await console.hire("jijian", Role.INSPECTOR, "410324")
    await console.hire("admin", Role.ADMIN, None)
    inspector, administrator = await console.browser("jijian"), await console.browser("admin")
    assert "石门村" in (await inspector.get("/admin/")).text
    assert "石门村" not in (await administrator.get("/admin/")).text
    await inspector.http.close()
    await administrator.http.close()


async def test_a_page_costs_the_same_however_many_households_it_shows(console: Console) -> None:
    paths = ["/admin/", "/admin/cases", f"/admin/village/{console.world.village}/review/need", "/admin/audit/need"]

    async def cost() -> list[int]:
        costs = []
        for path in paths:
            with counted(console.world.database) as sent:
                seen = await (console.zhen if "audit" in path else console.cun).get(path)
            assert seen.status == 200
            costs.append(len(sent))
        return costs

    cases = [await file_case(console.world) for _ in range(2)]
    await review(console, "need", cases[:1])
    await post_notice(console, "need")
    await console.forward(5)
    few = await cost()
    more = [await file_case(console.world) for _ in range(12)]
    await review(console, "need", more[:6])
    await post_notice(console, "need")
    await console.forward(5)
    assert await cost() == few
    assert max(few) <= 13


async def test_the_demos_clock_moves_at_a_press_and_only_by_its_buttons(console: Console) -> None:
    before = console.clock.now()
    assert "2022年11月1日 12:00" in (await console.cun.get("/admin/")).text
    seen = await console.cun.post("/admin/demo/clock", {"days": "5", "back": "/admin/cases"})
    assert (seen.path, (console.clock.now() - before).days) == ("/admin/cases", 5)
    assert "2022年11月6日 12:00" in seen.text
    assert (await console.cun.post("/admin/demo/clock", {"days": "500"})).status == 404
    away = await console.cun.post("/admin/demo/clock", {"days": "1", "back": "//evil.example/"})
    assert away.path == "/admin/"


async def test_a_hostile_search_finds_nothing_and_breaks_nothing(console: Console) -> None:
    await file_case(console.world, head="赵铁柱")
    for query in ("?q=%00", "?village=%00", "?q=%F0%9F%98%80&village=%27%3B--", "?q=%00铁柱"):
        assert (await console.zhen.get(f"/admin/cases{query}")).status == 200
