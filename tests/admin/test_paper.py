"""Form 1 from the console: blank from a village's poster, filled in from a case, and who printed it is known."""

import re
from pathlib import Path

from sqlalchemy import select

from bot.faces.xlsform import FIELD
from intake.models import Case, EventRow, Household, Submission
from intake.nominations import Nominator
from intake.procedure import Role
from intake.reads.form1 import form1
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.faces.drawn import Drawn, as_pdf
from tests.world import file_case, resident_id


async def fetched(browser: Browser, method: str, path: str, folder: Path) -> tuple[int, str, Drawn]:
    """The status, the name of the file, and the PDF behind an address."""
    data = {"csrf": browser.csrf} if method == "POST" else None
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with browser.http.request(method, browser.server.make_url(path), data=data, headers=headers) as response:
        body = await response.read()
        return response.status, response.headers.get("Content-Disposition", ""), as_pdf(body, folder)


async def printed(console: Console) -> list[tuple[str, str, dict[str, object]]]:
    async with console.world.database.read() as db:
        events = await db.scalars(select(EventRow).where(EventRow.kind == "paper.printed").order_by(EventRow.seq))
        return [(event.actor, event.subject, event.data) for event in events]


async def test_a_poster_leads_to_the_villages_blank_form(console: Console, tmp_path: Path) -> None:
    village = console.world.village
    poster = (await console.cun.get(f"/admin/village/{village}/qr")).html
    for kind in ("docx", "pdf"):
        assert f'href="/admin/village/{village}/form.{kind}"' in poster
    status, name, drawn = await fetched(console.cun, "GET", f"/admin/village/{village}/form.pdf", tmp_path)
    assert (status, name) == (200, f'attachment; filename="form1-{village}.pdf"')
    assert drawn.codes() == [f"http://127.0.0.1/chat?v={village}"]
    assert "潭头乡镇（街道）石门村" in drawn.text
    assert await printed(console) == []


async def test_the_list_of_posters_leads_to_the_forms_of_field_teams(console: Console) -> None:
    html = (await console.zhen.get("/admin/posters")).html
    for flow in FIELD:
        assert f'href="/forms/{flow}.xlsx?county=410324"' in html


async def test_a_case_is_printed_whole_and_that_is_written_down(console: Console, tmp_path: Path) -> None:
    case = await file_case(console.world, head="买买提·吐尔逊江")
    page = (await console.zhen.get(f"/admin/case/{case}")).html
    assert f'action="/admin/case/{case}/form.pdf"' in page
    assert f'formaction="/admin/case/{case}/form.docx"' in page
    assert resident_id(1) not in page
    _, name, drawn = await fetched(console.zhen, "POST", f"/admin/case/{case}/form.pdf", tmp_path)
    assert re.fullmatch(r'attachment; filename="form1-410324-2022-\d{5}\.pdf"', name)
    for part in ("买买提·吐尔逊江", resident_id(1), "13800000001", "冰雹打坏了玉米，粮食不够吃"):
        assert part in drawn.text, part
    assert await printed(console) == [
        (console.world.zhen.actor, f"case:{case}", {"form": "form1", "as": "pdf"}),
    ]
    assert "打印申请表" in (await console.zhen.get(f"/admin/case/{case}")).text


async def test_the_nominator_stands_where_they_sign_and_lent_phones_are_left_out(
    console: Console, tmp_path: Path
) -> None:
    case = await file_case(console.world)
    nominator = Nominator(None, "group_leader", "赵大山", "+8613800000001", "old", "self").to_json()
    async with console.world.database.write() as db:
        (await db.get_one(Case, case)).nominator = nominator
    _, _, drawn = await fetched(console.cun, "POST", f"/admin/case/{case}/form.pdf", tmp_path)
    assert "签名：赵大山（村民组长）" in drawn.text
    assert "13800000001" not in drawn.text


async def test_an_answer_that_no_column_holds_is_printed_as_it_was_sent(console: Console) -> None:
    case = await file_case(console.world)
    async with console.world.database.write() as db:
        row = await db.get_one(Case, case)
        sent = await db.get_one(Submission, row.submission_id)
        sent.content = {**sent.content, "answers": {**sent.content["answers"], "rooms": 3, "head": "旧名"}}
        (await db.get_one(Household, row.household_id)).head = "新名"
    async with console.world.database.read() as db:
        found = await form1(db, console.world.cun, case)
    assert (found.answers["rooms"], found.answers["head"]) == (3, "新名")


async def test_a_character_that_cannot_be_printed_is_named_and_word_offered(console: Console) -> None:
    case = await file_case(console.world, head="张𠮷")
    await console.cun.get(f"/admin/case/{case}")
    seen = await console.cun.post(f"/admin/case/{case}/form.pdf")
    assert seen.status == 422
    assert "“𠮷”（U+20BB7）" in seen.text
    assert f'action="/admin/case/{case}/form.docx"' in seen.html
    assert await printed(console) == []
    url = console.cun.server.make_url(f"/admin/case/{case}/form.docx")
    data, headers = {"csrf": console.cun.csrf}, {"Sec-Fetch-Site": "same-origin"}
    async with console.cun.http.post(url, data=data, headers=headers) as response:
        assert (response.status, (await response.read())[:2]) == (200, b"PK")
    assert [said["as"] for _, _, said in await printed(console)] == ["docx"]


async def test_nobody_prints_what_is_not_theirs(console: Console) -> None:
    world = console.world
    near, far = await file_case(world), await file_case(world, village=world.far_village)
    assert (await console.cun.get(f"/admin/village/{world.other_village}/form.pdf")).status == 404
    assert (await console.cun.post(f"/admin/case/{far}/form.pdf")).status == 404
    await console.hire("xitong", Role.ADMIN, None)
    admin = await console.browser("xitong")
    assert (await admin.post(f"/admin/case/{near}/form.pdf")).status == 403
    await admin.http.close()
    stranger = Browser(console.server)
    assert (await stranger.get(f"/admin/village/{world.village}/form.pdf")).path == "/admin/login"
    assert (await stranger.post(f"/admin/case/{near}/form.docx")).path == "/admin/login"
    await stranger.http.close()
    forged = await console.cun.send("POST", f"/admin/case/{near}/form.pdf", [("csrf", "no")], {})
    assert forged.status == 403
    assert (await console.cun.get(f"/admin/case/{near}/form.pdf")).status == 404
    assert await printed(console) == []
