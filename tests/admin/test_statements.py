"""A page costs the same number of statements however many rows it shows: nothing is looked up row by row."""

from intake import handovers
from intake.discoveries import tell_of_someone
from intake.procedure import Role
from intake.reports import make_report
from intake.visits import record_visit
from tests.admin.conftest import Console
from tests.admin.road import post_notice, review, rulings, send_batch, through
from tests.admin.test_lists import counted
from tests.intake import hardship, reporting
from tests.world import SHIMEN, file_case, make_contact

MOST = 16
"""Statements of any list."""

PAGES = (
    ("cun", "/admin/"),
    ("zhen", "/admin/"),
    ("xian", "/admin/"),
    ("xian", "/admin/?township=410324103"),
    ("zhen", "/admin/cases"),
    ("zhen", "/admin/cases?state=need-applied"),
    ("zhen", "/admin/cases?q=wjg"),
    ("zhen", "/admin/cases?q=国"),
    ("zhen", "/admin/cases?q=8000"),
    ("cun", f"/admin/village/{SHIMEN}/review/need"),
    ("cun", f"/admin/village/{SHIMEN}/notice/need"),
    ("zhen", "/admin/audit/need"),
    ("zhen", "/admin/batches/need"),
    ("xian", "/admin/batches/need"),
    ("xian", "/admin/decide/need"),
    ("zhen", "/admin/payments"),
    ("zhen", "/admin/payments/new"),
    ("xian", "/admin/request"),
    ("zhen", "/admin/request"),
    ("zhen", "/admin/signals"),
    ("xian", "/admin/signals?kind=phone_many"),
    ("zhen", "/admin/visits"),
    ("zhen", "/admin/discoveries"),
    ("xian", "/admin/referrals"),
    ("jijian", "/admin/reports"),
    ("xian", "/admin/handovers"),
    ("xian", "/admin/posters"),
    ("", "/notices"),
    ("", "/notices/410324"),
    ("", f"/notices/{SHIMEN}"),
)


async def _more(console: Console, times: int) -> None:
    """A few of everything that is listed, at every step up to the county."""
    world = console.world
    for round_ in range(times):
        for village in (world.village, world.other_village):
            await file_case(world, village=village, phone="+8613800008000")
        filed = [await file_case(world, head="王建国", phone="+8613800008000") for _ in range(4)]
        await review(console, "need", filed[:3])
        await post_notice(console, "need")
        await console.forward(5)
        await console.zhen.post("/admin/audit/need", rulings("pass_audit", filed[:2]))
        await send_batch(console, "need")
        await console.xian.post("/admin/decide/need", rulings("accept", filed[:1]))
        await through(console, "grant", filed[:1], "special")
        contact = await make_contact(world)
        async with world.units.begin() as unit:
            await record_visit(unit, contact, None, hardship.found(housing="dangerous", help=["housing"]))
            await tell_of_someone(unit, contact, None, hardship.told())
            await make_report(unit, f"tests:{round_}:{contact}", None, SHIMEN, reporting.said(village=SHIMEN))
            await handovers.begin(await unit.db.connection(), unit.journal, contact, "人工", unit.now)
        await review(console, "need", filed[3:])


async def _costs(console: Console) -> dict[tuple[str, str], int]:
    inspector = await console.browser("jijian")
    browsers = {"cun": console.cun, "zhen": console.zhen, "xian": console.xian, "jijian": inspector, "": console.cun}
    found = {}
    for username, path in PAGES:
        with counted(console.world.database) as sent:
            seen = await browsers[username].get(path)
        assert seen.status == 200, path
        found[username, path] = len(sent)
    await inspector.http.close()
    return found


async def test_every_list_costs_the_same_however_long_it_is(console: Console) -> None:
    await console.hire("jijian", Role.INSPECTOR, "410324")
    await _more(console, 1)
    few = await _costs(console)
    await _more(console, 2)
    assert await _costs(console) == few
    assert max(few.values()) <= MOST
