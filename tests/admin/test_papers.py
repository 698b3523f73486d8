"""The official papers from the console: what they say is what the cases say, each for its area alone, and who printed
them is known."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from admin import papers
from admin.printable import BLANK, PAPERS
from intake.access import OutOfAreaError
from intake.models import EventRow, Grant, NoticeCase, Review
from intake.papers.form4 import Form4
from intake.papers.money import fen_of_wan, wan
from intake.procedure import Pass, Role
from intake.reads.papers.area import Area, open_area
from intake.reads.papers.evaluation import evaluation_facts
from intake.reads.papers.form2 import form2_facts
from intake.reads.papers.form3 import form3_facts
from intake.reads.papers.form4 import form4_facts
from locales import texts
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.admin.paying import pay
from tests.admin.road import after_review, amounts, meeting, post_notice, review, rulings, send_batch, through
from tests.faces.drawn import Drawn, as_pdf, opened
from tests.paying import give
from tests.world import file_case, resident_id

T = texts()
CARD = "6217000000000000004"


async def fetch(browser: Browser, method: str, path: str, **fields: str) -> tuple[int, str, bytes]:
    """The status, the name of the file, and what came."""
    data = {"csrf": browser.csrf, **fields} if method == "POST" else None
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with browser.http.request(method, browser.server.make_url(path), data=data, headers=headers) as response:
        return response.status, response.headers.get("Content-Disposition", ""), await response.read()


async def paper(browser: Browser, path: str, folder: Path, **fields: str) -> Drawn:
    """A paper that is to come."""
    status, name, body = await fetch(browser, "POST", path, **fields)
    assert status == 200, body.decode(errors="replace")[-2000:]
    kind = path.rpartition(".")[2]
    assert name.endswith(f'.{kind}"')
    return as_pdf(body, folder) if kind == "pdf" else opened({f"paper.{kind}": body}, folder)[f"paper.{kind}"]


async def printed(console: Console) -> list[tuple[str, str, dict[str, object]]]:
    async with console.world.database.read() as db:
        events = await db.scalars(select(EventRow).where(EventRow.kind == "papers.printed").order_by(EventRow.seq))
        return [(event.actor, event.subject, event.data) for event in events]


async def granted(console: Console, *, second: str = "买买提·吐尔逊江", fens: tuple[int, ...] = ()) -> list[int]:
    """Three households of the village, all the way to an approved grant, one of them paid. ``fens`` are amounts of the
    last ones that no tier comes to, written before the lists are frozen."""
    heads = ("张䶮", second, "李秀英")
    kinds = (["destitute"], ["other"], ["ordinary"])
    cases = [
        await file_case(console.world, head=head, categories=kind) for head, kind in zip(heads, kinds, strict=True)
    ]
    await through(console, "need", cases)
    await review(console, "grant", cases, **amounts(cases, "ordinary", "heavier", "special"))
    async with console.world.database.write() as db:
        for case, fen in zip(cases[1:], fens, strict=False):
            await db.execute(update(Grant).where(Grant.case_id == case).values(amount_fen=fen))
    await after_review(console, "grant", cases)
    await give(console.world, cases[0], CARD)
    assert (await pay(console.zhen, console.xian, "2022-11-11")).status == 200
    return cases


async def area(console: Console, who: str, code: str) -> Area:
    async with console.world.database.read() as db:
        return await open_area(db, T, getattr(console.world, who), code)


async def test_form_4_lists_what_was_approved_and_paid_and_leaves_an_event(console: Console, tmp_path: Path) -> None:
    await granted(console)
    village = console.world.village
    page = (await console.zhen.get(f"/admin/papers?place={village}")).html
    assert f'formaction="/admin/papers/{village}/form4.xlsx"' in page
    assert CARD not in page
    for kind in ("pdf", "docx", "xlsx"):
        text = (await paper(console.zhen, f"/admin/papers/{village}/form4.{kind}", tmp_path)).text
        for part in (
            "栾川县（市）潭头乡镇（街道）石门村（居）",
            "张䶮",
            CARD,
            "特困供养人员",
            "其他困难户",
            "一般户",
            "合计：3户9人，救助资金1800元",
        ):
            assert part in text.replace("_", ""), (kind, part)
    seen = await printed(console)
    assert seen == [
        (console.world.zhen.actor, f"division:{village}", {"form": "form4", "as": kind, "households": 3})
        for kind in ("pdf", "docx", "xlsx")
    ]


async def test_form_2_is_the_sum_of_form_4_to_the_fen(console: Console, tmp_path: Path) -> None:
    await granted(console, fens=(30001, 99999))
    township = await area(console, "zhen", console.world.village[:9])
    async with console.world.database.read() as db:
        form2, form4 = await form2_facts(db, township, Pass.GRANT), await form4_facts(db, township)
        need = await form2_facts(db, township, Pass.NEED)
    assert form2.decided == form4.sum == form2.audited
    money = form4.sum.money_fen
    assert money == 300_00 + 30001 + 99999
    assert need.decided == replace(form4.sum, money_fen=None)
    drawn = await paper(console.zhen, f"/admin/papers/{console.world.village[:9]}/form2.pdf", tmp_path, pass_="grant")
    said = re.findall(r"资金([\d.]+)万元", drawn.text)
    assert said == [wan(money)] * 2
    assert [fen_of_wan(one) for one in said] == [money] * 2


async def test_form_3_marks_and_counts_what_was_cut(console: Console, tmp_path: Path) -> None:
    heads = ("王一", "王二", "王三")
    cases = [
        await file_case(console.world, head=head, group=group)
        for head, group in zip(heads, ("一组", "二组", "一组"), strict=True)
    ]
    assert (await review(console, "need", cases)).status == 200
    assert (await post_notice(console, "need")).status == 200
    village = await area(console, "cun", console.world.village)
    async with console.world.database.read() as db:
        assert (await form3_facts(db, village, Pass.NEED)).rows == []
    await console.forward(5)
    async with console.world.database.read() as db:
        register = await form3_facts(db, village, Pass.NEED)
    assert ([one.head for one in register.rows], register.audited) == (list(heads), False)
    assert (await console.zhen.post("/admin/audit/need", rulings("pass_audit", cases[:2]))).status == 200
    cut = rulings("cut", cases[2:]) | {f"reason-{cases[2]}": "已享受过渡期救助"}
    assert (await console.zhen.post("/admin/audit/need", cut)).status == 200
    drawn = await paper(console.cun, f"/admin/papers/{console.world.village}/form3.pdf", tmp_path, pass_="need")
    for part in (
        *heads,
        resident_id(1),
        "一组自然村共2户6人、二组自然村共1户3人",
        "石门行政村2户6人",
        "标注1户3人",
        "核减",
    ):
        assert part in drawn.text, part
    assert (await printed(console))[0][2] == {"form": "form3", "as": "pdf", "households": 3, "pass": "need"}


async def test_whom_the_county_refused_was_still_registered_by_the_village(console: Console) -> None:
    cases = [await file_case(console.world) for _ in range(3)]
    village = await area(console, "xian", console.world.village)
    assert (await review(console, "need", cases[:2])).status == 200
    no = meeting(
        cases[2:],
        held_on="2022-11-01",
        **{
            f"verdict-{cases[2]}": "refuse",
            f"for-{cases[2]}": "1",
            f"against-{cases[2]}": "20",
            f"reason-{cases[2]}": "没有受灾",
        },
    )
    await console.cun.post(f"/admin/village/{console.world.village}/review/need", no)
    assert (await post_notice(console, "need")).status == 200
    await console.forward(5)
    assert (await console.zhen.post("/admin/audit/need", rulings("pass_audit", cases[:2]))).status == 200
    assert (await send_batch(console, "need")).status == 200
    refused = rulings("refuse", cases[:1]) | {f"reason-{cases[0]}": "重复"}
    assert (await console.xian.post("/admin/decide/need", refused)).status == 200
    async with console.world.database.read() as db:
        register = await form3_facts(db, village, Pass.NEED)
        batch = await form2_facts(db, await open_area(db, T, console.world.zhen, village.code[:9]), Pass.NEED)
    assert len(register.rows) == 2
    assert batch.audited is not None
    assert (batch.audited.households, batch.decided) == (2, None)


async def test_annex_1_is_civil_affairs_too(console: Console, tmp_path: Path) -> None:
    await granted(console)
    await console.hire("minzheng", Role.CIVIL, "410324")
    civil = await console.browser("minzheng")
    page = (await civil.get("/admin/papers")).html
    assert "annex1.pdf" in page
    assert "form4" not in page
    drawn = await paper(civil, "/admin/papers/410324/annex1.pdf", tmp_path, disaster="6.2风雹灾害")
    for part in ("6.2风雹灾害受灾群众救助情况统计表", "栾川县潭头镇", "石门村三组", resident_id(1), "冬春救助300元"):
        assert part in drawn.text, part
    assert (await fetch(civil, "POST", "/admin/papers/410324/form4.xlsx"))[0] == 403
    await civil.http.close()


async def test_minutes_say_who_met_and_how_each_vote_went(console: Console, tmp_path: Path) -> None:
    cases = [await file_case(console.world, head=head) for head in ("王一", "王二")]
    await review(console, "need", cases[:1])
    async with console.world.database.read() as db:
        review_id = (await db.scalars(select(Review.id))).one()
    village = console.world.village
    assert f'value="{review_id}"' in (await console.cun.get("/admin/papers")).html
    drawn = await paper(console.cun, f"/admin/papers/{village}/minutes.pdf", tmp_path, review=str(review_id))
    for part in ("潭头镇石门村", "村民会议", "逐户念名单", "王一", "通过", "本次会议评议1户，通过1户。"):
        assert part in drawn.text, part
    assert "王二" not in drawn.text
    for wrong in ("", "1", "x"):
        assert (await fetch(console.cun, "POST", f"/admin/papers/{village}/minutes.pdf", review=wrong))[0] == 404
    other = f"/admin/papers/{console.world.other_village}/minutes.pdf"
    assert (await fetch(console.zhen, "POST", other, review=str(review_id)))[0] == 404


async def test_statistics_and_evaluation_are_the_countys(console: Console, tmp_path: Path) -> None:
    await granted(console)
    text = (
        await paper(
            console.xian, "/admin/papers/410324/statistics.xlsx", tmp_path, sheet="given", more="受灾面积\n\n =1+1"
        )
    ).text
    for part in ("草稿", "D03010", "13800000001", "受灾面积", "=1+1", "合计：1户，需救助3人，已发放救助款300元"):
        assert part in text, part
    assert "李秀英" not in text
    text = (await paper(console.xian, "/admin/papers/410324/statistics.pdf", tmp_path, sheet="need")).text
    assert "合计：3户，需救助9人，已发放救助款0元" in text
    status, name, body = await fetch(console.xian, "GET", "/admin/papers/410324/evaluation.pdf")
    assert (status, name) == (200, 'attachment; filename="evaluation-410324.pdf"')
    text = as_pdf(body, tmp_path).text
    for part in (
        "图1各步骤户数",
        "核定救助3户9人",
        "救助资金1800元",
        "已发放1户3人",
        "占核定资金的16.6%",
        "潭头镇",
        "会议2次",
        "公示2次",
    ):
        assert part in text, part
    for part in ("张䶮", resident_id(1), CARD):
        assert part not in text
    async with console.world.database.read() as db:
        of_township = await evaluation_facts(db, await open_area(db, T, console.world.xian, console.world.village[:9]))
    assert [(line.place, line.granted, line.paid_fen) for line in of_township.lines] == [("潭头镇石门村", 3, 300_00)]
    assert (await fetch(console.zhen, "GET", f"/admin/papers/{console.world.village[:9]}/evaluation.pdf"))[0] == 403
    assert (await fetch(console.zhen, "POST", f"/admin/papers/{console.world.village[:9]}/statistics.xlsx"))[0] == 403
    assert (await fetch(console.xian, "GET", f"/admin/papers/{console.world.village}/evaluation.pdf"))[0] == 404


async def test_a_notice_is_printed_for_the_wall_without_those_who_withdrew(console: Console, tmp_path: Path) -> None:
    cases = [await file_case(console.world, head=head) for head in ("王一", "王二")]
    await review(console, "need", cases)
    await post_notice(console, "need")
    async with console.world.database.write() as db:
        gone = update(NoticeCase).where(NoticeCase.case_id == cases[1])
        await db.execute(gone.values(withdrawn_at=console.clock.now()))
    found = re.search(r"/admin/notice/(\d+)/poster.pdf", (await console.cun.get("/admin/papers")).html)
    assert found is not None
    assert found[0] in (await console.cun.get(f"/admin/notice/{found[1]}")).html
    _, _, body = await fetch(console.cun, "GET", found[0])
    drawn = as_pdf(body, tmp_path)
    village = console.world.village
    assert sorted(drawn.codes()) == [f"http://127.0.0.1/chat?v=r{village}", f"http://127.0.0.1/notices/{village}"]
    assert "王一" in drawn.text
    assert "名单共1户3人" in drawn.text
    assert "王二" not in drawn.text
    assert resident_id(1) not in drawn.text
    await console.hire("lin", Role.VILLAGE, console.world.other_village)
    other = await console.browser("lin")
    assert (await fetch(other, "GET", found[0]))[0] == 404
    await other.http.close()
    assert await printed(console) == []


async def test_nobody_prints_beyond_their_area(console: Console) -> None:
    await granted(console)
    world = console.world
    await console.hire("lin", Role.VILLAGE, world.other_village)
    await console.hire("yuan", Role.TOWNSHIP, world.far_village[:9])
    await console.hire("xitong", Role.ADMIN, None)
    other, far, admin = [await console.browser(name) for name in ("lin", "yuan", "xitong")]
    for browser in (other, far):
        for form in ("form2", "form3", "form4", "annex1", "minutes"):
            for code in (world.village, world.village[:9], "410324"):
                status, _, _ = await fetch(browser, "POST", f"/admin/papers/{code}/{form}.pdf", review="1")
                assert status in (403, 404), (form, code)
        assert (await browser.get(f"/admin/papers?place={world.village}")).status == 404
        assert (await browser.get("/admin/papers?place=41032")).status == 404
    for code in (world.other_village, world.village[:9], "410324"):
        assert (await fetch(console.cun, "POST", f"/admin/papers/{code}/form3.pdf"))[0] == 404
    assert (await fetch(console.cun, "POST", f"/admin/papers/{world.village}/form4.pdf"))[0] == 403
    assert (await fetch(admin, "POST", f"/admin/papers/{world.village}/form3.pdf"))[0] == 403
    assert (await console.zhen.get(f"/admin/papers/{world.village}/form4.pdf")).status == 404
    assert (
        await console.zhen.send("POST", f"/admin/papers/{world.village}/form4.pdf", [("csrf", "no")], {})
    ).status == 403
    stranger = Browser(console.server)
    assert (await stranger.get("/admin/papers")).path == "/admin/login"
    for browser in (other, far, admin, stranger):
        await browser.http.close()
    assert await printed(console) == []
    async with world.database.read() as db:
        area = await open_area(db, T, world.cun, world.village)
        assert (await form4_facts(db, replace(area, code=world.other_village))).rows == []
        assert (await form4_facts(db, replace(area, official=replace(world.cun, division=None)))).rows == []
        with pytest.raises(OutOfAreaError):
            await open_area(db, T, world.cun, world.village[:9])


async def test_each_role_prints_the_papers_that_are_its_own(console: Console) -> None:
    browsers = {Role.VILLAGE: console.cun, Role.TOWNSHIP: console.zhen, Role.COUNTY: console.xian}
    places = {6: "county", 9: "township", 12: "village"}
    for role, browser in browsers.items():
        await browser.get("/admin/papers")
        for name, one in PAPERS.items():
            for digits, level in places.items():
                code = console.world.village[:digits]
                status, _, _ = await fetch(browser, "POST", f"/admin/papers/{code}/{name}.docx", review="1")
                reached = level in one.levels and getattr(console.world, browser_name(role)).covers(code)
                wanted = 403 if role not in one.roles else 200 if reached and name != "minutes" else 404
                assert status == wanted, (role, name, level)


def browser_name(role: Role) -> str:
    """The official of the small world that has this role."""
    return {Role.VILLAGE: "cun", Role.TOWNSHIP: "zhen", Role.COUNTY: "xian"}[role]


async def test_what_is_not_to_be_printed_leaves_no_event(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    await granted(console, second="张𠮷")
    village, township = console.world.village, console.world.village[:9]
    monkeypatch.setattr(papers, "MOST_ROWS", 2)
    seen = await console.zhen.post(f"/admin/papers/{township}/form4.docx")
    assert seen.status == 422
    assert "这张表有 3 户，Word 和 PDF 一次最多 2 户" in seen.text
    assert f'action="/admin/papers/{township}/form4.xlsx"' in seen.html
    monkeypatch.undo()
    seen = await console.zhen.post(f"/admin/papers/{village}/form3.pdf", {"pass_": "need"})
    assert seen.status == 422
    assert "“𠮷”（U+20BB7）" in seen.text
    assert 'name="pass_" value="need"' in seen.html
    assert await printed(console) == []
    assert (await fetch(console.zhen, "POST", f"/admin/papers/{village}/form3.docx"))[0] == 200
    assert len(await printed(console)) == 1


async def test_blank_papers_are_there_for_those_who_fill_them_in(console: Console, tmp_path: Path) -> None:
    for name in BLANK:
        status, _, body = await fetch(console.xian, "GET", f"/admin/papers/blank/{name}.pdf")
        assert status == 200, name
        assert as_pdf(body, tmp_path).pages == 1
    assert (await console.cun.get("/admin/papers/blank/form2.pdf")).status == 403
    assert (await console.cun.get("/admin/papers/blank/form9.pdf")).status == 404
    assert (await console.cun.get("/admin/papers/blank/minutes.xlsx")).status == 404
    assert await printed(console) == []


def test_every_paper_has_its_texts() -> None:
    for name in (*PAPERS, "evaluation"):
        assert T(f"admin.papers.name.{name}")
        assert T(f"admin.papers.about.{name}")
    assert Form4().sum.households == 0
