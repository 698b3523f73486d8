"""A nominated case in the console: marked in the list, and its nominator on its page, the telephone masked."""

from intake.access import Official
from intake.filing import Application, receive
from intake.nominations import nominator_of, own_application
from intake.outcomes import Filed
from tests.admin.conftest import Console
from tests.world import answers, file_case, make_contact

SAID = {
    "relation": "relative",
    "by_name": "赵铁柱",
    "by_phone": "+8613800004321",
    "hindrance": "cannot_read",
    "agreement": "family",
}


async def nominated(console: Console, number: int, official: Official | None = None, *, own: bool = False) -> int:
    """File a nomination; its case."""
    world = console.world
    who = own_application(official) if own else nominator_of(SAID, official).to_json()
    said = answers(number, world.village, phone=None) if not official else answers(number, world.village)
    application = Application(f"n{number}", await make_contact(world), "nominate", 1, said, who)
    async with world.units.begin() as unit:
        (outcome,) = await receive(await unit.db.connection(), unit.journal, [application], unit.now)
    assert isinstance(outcome, Filed)
    return outcome.case_id


async def test_the_page_says_who_nominated_why_and_who_agreed(console: Console) -> None:
    case = await nominated(console, 11)
    seen = await console.cun.get(f"/admin/case/{case}")
    for words in (
        "赵铁柱，亲属",
        "自报身份",
        "声明是亲属（L12）",
        "不识字",
        "家属同意",
        "138****4321",
        "留的是提名人的",
    ):
        assert words in seen.text, words
    assert "138 0000 4321" not in seen.text
    opened = await console.cun.post(f"/admin/case/{case}/personal")
    assert opened.text.count("138 0000 4321") == 2


async def test_a_bound_official_is_shown_as_checked(console: Console) -> None:
    seen = await console.zhen.get(f"/admin/case/{await nominated(console, 12, console.world.cun)}")
    assert "cun，村、乡干部" in seen.text and "已核对身份的工作人员" in seen.text
    assert "留的是提名人的" not in seen.text
    own = await console.zhen.get(f"/admin/case/{await nominated(console, 13, console.world.cun, own=True)}")
    assert "工作人员 cun 用自己的账号申请，不能办这一户" in own.text


async def test_the_list_marks_nominated_households_and_can_show_them_alone(console: Console) -> None:
    await file_case(console.world, head="钱小花")
    await nominated(console, 14)
    every = await console.cun.get("/admin/cases")
    assert every.html.count('<span class="tag">提名</span>') == 1 and "共 2 户" in every.text
    alone = await console.cun.get("/admin/cases?nominated=1")
    assert "共 1 户" in alone.text and "钱小花" not in alone.text and "checked" in alone.html


async def test_who_applied_themselves_has_no_nominator(console: Console) -> None:
    plain = await console.cun.get(f"/admin/case/{await file_case(console.world)}")
    assert "提名人" not in plain.text
