"""Who may enter, from where, and what every answer carries."""

import re
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import select, update

from admin.app import ROUTES, AdminContext, Route, UndeclaredPermissionError, routes
from admin.call import Call
from admin.gate import Page
from admin.missing import not_found_page
from admin.models import StaffSession
from intake.models import Need, Staff
from intake.procedure import Role
from intake.unit import Units
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.admin.browser import Browser, pairs
from tests.admin.conftest import Console
from tests.admin.road import meeting, review, rulings
from tests.world import file_case


async def _forgotten(call: Call) -> web.Response:
    return call.page("home.html")


async def test_a_route_without_a_declared_permission_does_not_start(
    database: Database, clock: FixedClock, keyring: Keyring
) -> None:
    context = AdminContext(Units(database, clock), clock, keyring, "https://example.cn")
    assert len(routes(context)) == len(ROUTES)
    with pytest.raises(UndeclaredPermissionError, match="GET /admin/forgotten"):
        routes(context, [*ROUTES, Route("GET", "/admin/forgotten", _forgotten)])


def test_every_page_that_changes_something_names_its_roles() -> None:
    open_to_all = {
        route.path
        for route in ROUTES
        if route.method == "POST" and isinstance(route.page, Page) and not route.page.roles
    }
    assert open_to_all == {"/admin/login"}


VALUES = {
    "pass_": "need",
    "id": "1",
    "kind": "docx",
    "flow": "apply",
    "place": "410324",
    "paper": "form3",
    "section": "basics",
    "township": "410324103",
    "list": "apply",
}
"""What stands in an address for a part of a route's path; files and objections are numbers."""


def address(route: Route, village: str) -> str:
    """A concrete address of a route."""
    path = route.path.replace(r"{file:style\.css|console\.js|signing\.js}", "style.css")
    for part in re.findall(r"\{(?:[^{}]|\{[^{}]*\})*\}", path):
        name = part[1:-1].partition(":")[0]
        path = path.replace(part, village if name == "code" else VALUES.get(name, "1"))
    return path


async def test_nobody_enters_without_signing_in(console: Console) -> None:
    stranger = Browser(console.server)
    for route in ROUTES:
        assert isinstance(route.page, Page)
        if route.page.roles is None:
            continue
        path = address(route, console.world.village)
        seen = await (stranger.get(path) if route.method == "GET" else stranger.post(path))
        assert seen.path == "/admin/login", path
    await stranger.http.close()


async def test_each_role_enters_only_the_pages_that_declare_it(console: Console) -> None:
    browsers = {Role.VILLAGE: console.cun, Role.TOWNSHIP: console.zhen, Role.COUNTY: console.xian}
    refused = 0
    for role, browser in browsers.items():
        for route in ROUTES:
            assert isinstance(route.page, Page)
            if route.page.roles is None or route.path == "/admin/logout" or role in route.page.roles:
                continue
            path = address(route, console.world.village)
            seen = await (browser.get(path) if route.method == "GET" else browser.post(path))
            assert seen.status == 403, (role, path)
            assert "这件事不归您办" in seen.text
            refused += 1
    assert refused > 20


async def test_another_villages_official_sees_nothing(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    notice = (await console.cun.post(f"/admin/village/{console.world.village}/notice/need")).path
    await console.hire("other", Role.VILLAGE, console.world.other_village)
    other = await console.browser("other")
    assert "现在没有等您办的事" in (await other.get("/admin/")).text
    assert "共 0 户" in (await other.get("/admin/cases")).text
    for path in (f"/admin/case/{case}", notice, f"/admin/village/{console.world.village}/review/need"):
        assert (await other.get(path)).status == 404, path
    for path, fields in (
        (f"/admin/village/{console.world.village}/review/need", meeting([case])),
        (f"/admin/village/{console.world.village}/notice/need", {}),
        (f"{notice}/objection", {"household": str(case), "text": "不同意"}),
        (f"/admin/case/{case}/personal", {}),
        (f"/admin/case/{case}/step", {"pass": "need", "action": "return", "reason": "不对"}),
    ):
        assert (await other.post(path, fields)).status == 404, path
    own = f"/admin/village/{console.world.other_village}/review/need"
    assert "没有找到这一户" in (await other.post(own, meeting([case]))).text
    await other.http.close()


async def test_the_next_township_cannot_audit_ours(console: Console) -> None:
    case = await file_case(console.world)
    await console.hire("next", Role.TOWNSHIP, console.world.far_village[:9])
    browser = await console.browser("next")
    seen = await browser.post("/admin/audit/need", rulings("pass_audit", [case]))
    assert seen.status == 409
    assert "没有找到这一户" in seen.text
    assert "王建国" not in seen.text
    await browser.http.close()


@pytest.mark.parametrize("division", [None, "41032410320", "410324103"], ids=["none", "too short", "a township's"])
async def test_an_official_without_a_fitting_division_reaches_nothing(console: Console, division: str | None) -> None:
    case = await file_case(console.world)
    fits = division if division and len(division) in (6, 9, 12) else None
    await console.hire("lost", Role.VILLAGE, fits)
    lost = await console.browser("lost")
    assert (await lost.get("/admin/")).status == 200
    assert "共 0 户" in (await lost.get("/admin/cases")).text
    assert (await lost.get(f"/admin/case/{case}")).status == 404
    await lost.http.close()


async def test_a_form_from_elsewhere_changes_nothing(console: Console) -> None:
    case = await file_case(console.world)
    path, fields = f"/admin/village/{console.world.village}/review/need", meeting([case])
    attempts: tuple[tuple[dict[str, object], dict[str, str]], ...] = (
        (fields, {"Sec-Fetch-Site": "cross-site"}),
        (fields, {"Sec-Fetch-Site": "same-site"}),
        (fields | {"csrf": "wrong"}, {}),
        (fields | {"csrf": ""}, {}),
    )
    for said, headers in attempts:
        seen = await console.cun.post(path, said, **headers)
        assert (seen.status, "没有收下这份表" in seen.text) == (403, True), headers
    async with console.world.database.read() as db:
        assert (await db.get_one(Need, case)).state == "applied"
    assert (await console.cun.post(path, fields)).status == 200


async def test_an_old_browser_is_judged_by_the_origin(console: Console) -> None:
    case = await file_case(console.world)
    browser, path = console.cun, f"/admin/village/{console.world.village}/review/need"
    sent = pairs({"csrf": browser.csrf, **meeting([case])})
    foreign = await browser.send("POST", path, sent, {"Origin": "https://evil.example"})
    assert foreign.status == 403
    own = str(console.server.make_url("/")).rstrip("/")
    assert (await browser.send("POST", path, sent, {"Origin": own})).status == 200


async def test_every_answer_is_guarded_by_its_headers(console: Console) -> None:
    for path in ("/admin/", "/admin/login", "/notices", "/notices/999999", "/admin/case/1", "/admin/style.css"):
        seen = await console.cun.get(path)
        assert "frame-ancestors 'none'" in seen.headers["Content-Security-Policy"], path
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert "<script>" not in seen.html
        assert not any(mark in seen.html for mark in (" style=", " onclick=", "<style"))
    assert (await console.cun.get("/admin/")).headers["Cache-Control"] == "no-store"


async def test_an_address_with_nothing_behind_it_says_so_in_chinese(console: Console) -> None:
    for path in ("/admin/nosuch", "/admin/case/abc", "/admin/village/1/review/need", "/admin/case/1/step"):
        seen = await console.cun.get(path)
        assert (seen.status, "没有找到" in seen.text, "回到首页" in seen.text) == (404, True, True), path
        assert "frame-ancestors 'none'" in seen.headers["Content-Security-Policy"]


async def test_any_other_address_leads_to_the_three_doors() -> None:
    seen = await not_found_page(make_mocked_request("GET", "/nosuch"))
    assert seen.status == 404
    assert "没有这一页" in (seen.text or "")
    assert [door for door in ("/chat", "/notices", "/admin/") if f'href="{door}"' not in (seen.text or "")] == []
    assert seen.headers["X-Content-Type-Options"] == "nosniff"


async def test_leaving_ends_the_session_on_the_server(console: Console) -> None:
    (morsel,) = [cookie for cookie in console.cun.http.cookie_jar if cookie.key == "nuandong_staff"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    await console.cun.get("/admin/")
    assert (await console.cun.post("/admin/logout")).path == "/admin/login"
    console.cun.http.cookie_jar.update_cookies({"nuandong_staff": morsel.value}, console.server.make_url("/admin/"))
    assert (await console.cun.get("/admin/")).path == "/admin/login"
    async with console.world.database.read() as db:
        assert len((await db.scalars(select(StaffSession))).all()) == 2


async def test_role_and_activity_are_read_anew(console: Console) -> None:
    assert (await console.zhen.get("/admin/audit/need")).status == 200
    async with console.world.database.write() as db:
        await db.execute(update(Staff).where(Staff.username == "zhen").values(role="inspector"))
    assert (await console.zhen.get("/admin/audit/need")).status == 403
    async with console.world.database.write() as db:
        await db.execute(update(Staff).where(Staff.username == "zhen").values(active=False))
    assert (await console.zhen.get("/admin/")).path == "/admin/login"


async def test_a_session_ends_after_twelve_hours(console: Console) -> None:
    console.clock.forward(timedelta(hours=12, seconds=-1))
    assert (await console.cun.get("/admin")).path == "/admin/"
    console.clock.forward(timedelta(seconds=1))
    assert (await console.cun.get("/admin/")).path == "/admin/login"


async def test_an_id_that_no_database_holds_is_simply_missing(console: Console) -> None:
    assert (await console.cun.get(f"/admin/case/{2**63}")).status == 404
    assert (await console.cun.post("/admin/case/1/step", {"case": "x"})).status == 404
