"""The find box on every page: what it finds, what it never shows, and when it leaves an event."""

from sqlalchemy import select

from intake.models import EventRow
from intake.procedure import Role
from tests.admin.conftest import Console
from tests.world import file_case

ID_NUMBER = "41032419520303307X"


async def _sought(console: Console) -> list[dict[str, object]]:
    async with console.world.database.read() as db:
        query = select(EventRow.data).where(EventRow.kind == "personal.sought").order_by(EventRow.seq)
        return list(await db.scalars(query))


async def test_the_box_is_on_every_page_of_whoever_reads_cases(console: Console) -> None:
    await console.hire("admin", Role.ADMIN, None)
    administrator = await console.browser("admin")
    assert 'placeholder="姓名、wjg、编号、身份证或电话后四位"' in (await console.cun.get("/admin/account")).html
    assert 'class="find"' not in (await administrator.get("/admin/")).html
    await administrator.http.close()


async def test_a_household_is_found_masked_by_what_is_known_of_it(console: Console) -> None:
    await file_case(console.world, head="王建国", id_number=ID_NUMBER, phone="+8613800001234")
    await file_case(console.world, head="单小琴", village=console.world.far_village)
    for words in ("建国", "wjg", "00001", "307x", "1234"):
        seen = await console.zhen.get(f"/admin/cases?q={words}")
        assert ">王建国</a>" in seen.html, words
        assert ID_NUMBER not in seen.html
        assert "13800001234" not in seen.html
    assert "单小琴" not in (await console.zhen.get("/admin/cases?q=dxq")).html
    assert await _sought(console) == []


async def test_a_number_compared_beyond_its_mask_leaves_an_event_without_the_number(console: Console) -> None:
    await file_case(console.world, head="王建国", id_number=ID_NUMBER, phone="+8613800001234")
    for words in ("03307X", "00001", "99307X", "13800009999"):
        await console.zhen.get(f"/admin/cases?q={words}")
    assert await _sought(console) == [{"fields": ["id_number"]}]
    await console.zhen.get("/admin/cases?q=13800001234")
    assert await _sought(console) == [{"fields": ["id_number"]}, {"fields": ["phone"]}]


async def test_no_official_reads_that_they_have_to_bring_papers(console: Console) -> None:
    page = await console.zhen.get("/admin/cases")
    assert "等申请人补材料" in page.text and "等您补材料" not in page.text
