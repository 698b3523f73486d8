"""The end of a season: what is open is said first, a reason is asked, and afterwards nothing in it moves."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from intake.bank_cards import give_card
from intake.closing import ClosingError, close_season
from intake.county import ClosedError, save_scheme
from intake.filing import Application, receive
from intake.models import Case, EventRow, Need, Notice, SeasonAct
from intake.moves import RefusedError
from intake.outcomes import NoScheme
from intake.procedure import Role
from intake.reads.open_matters import open_matters
from locales import texts
from service.world import load_world
from tests.admin.browser import Seen
from tests.admin.conftest import Console
from tests.admin.road import meeting, post_notice, review, rulings, through
from tests.world import answers, file_case, make_contact

SEASON = "2022-2023"


def seen_on(page: Seen) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page.html)
    assert found is not None
    return unescape(found[1])


async def close(console: Console, page: Seen, **changes: str) -> Seen:
    fields = {"season": SEASON, "seen": seen_on(page), "confirm": SEASON, "reason": "两户搬走了", **changes}
    return await console.xian.post("/admin/closing", fields)


async def kinds(console: Console) -> list[str]:
    async with console.world.database.read() as db:
        return list(await db.scalars(select(EventRow.kind).where(EventRow.kind.startswith("season."))))


async def test_what_is_open_is_shown_and_needs_a_reason(console: Console) -> None:
    await file_case(console.world)
    page = await console.xian.get("/admin/closing")
    assert "还没有办完的" in page.text and "1 件" in page.text
    without = await close(console, page, reason=" ")
    assert without.status == 422 and "没有写原因" in without.text
    slip = await close(console, page, confirm="2021-2022")
    assert slip.status == 422 and "请照样打 2022-2023" in slip.text and "两户搬走了" in slip.html
    assert await kinds(console) == []
    assert "本季已经结束" in (await close(console, page)).text
    assert "两户搬走了" in (await console.xian.get("/admin/closing")).text
    assert await kinds(console) == ["season.closed"]
    again = await close(console, page)
    assert again.status == 409 and "已经有人结束了" in again.text
    async with console.world.database.read() as db:
        (act,) = await db.scalars(select(SeasonAct))
        assert act.open == {"need.applied": 1} and act.reason == "两户搬走了"
        events = await db.scalars(select(EventRow).where(EventRow.kind == "season.closed"))
        assert all("搬走" not in str(one.data) for one in events)


async def test_a_page_that_others_overtook_closes_nothing(console: Console) -> None:
    page = await console.xian.get("/admin/closing")
    await file_case(console.world)
    late = await close(console, page)
    assert late.status == 409 and "数目变了" in late.text and await kinds(console) == []
    assert "本季已经结束" in (await close(console, late)).text


async def test_L10_in_a_closed_season_nothing_moves(console: Console) -> None:
    world = console.world
    hanging = [await file_case(world)]
    await review(console, "need", hanging)
    notice = (await post_notice(console, "need")).path
    waiting = await file_case(world)
    await close(console, await console.xian.get("/admin/closing"))
    async with world.database.read() as db:
        before = {row.case_id: (row.state, row.revision) for row in await db.scalars(select(Need))}
    said = await console.cun.post(f"/admin/village/{world.village}/review/need", meeting([waiting]))
    assert said.status in (409, 422) and "已经结束归档" in said.text
    said = await console.cun.post(f"{notice}/objection", {"household": str(hanging[0]), "text": "不同意"})
    assert "已经结束归档" in said.text
    await console.forward(5)  # the notice is due: the clock leaves it
    contact = await make_contact(world)
    async with world.units.begin() as unit:
        sent = Application("late", contact, "apply", 1, answers(99, world.village))
        (outcome,) = await receive(await unit.db.connection(), unit.journal, [sent], unit.now)
        again = Application("again", world.contacts[0], "apply", 1, answers(1, world.village, household_size=9))
        (corrected,) = await receive(await unit.db.connection(), unit.journal, [again], unit.now)
    assert isinstance(outcome, NoScheme) and isinstance(corrected, NoScheme)
    with pytest.raises(ClosedError):
        async with world.units.begin() as unit:
            await save_scheme(unit.db, unit.journal, unit.now, "410324", SEASON, world.content)
    async with world.database.read() as db:
        after = {row.case_id: (row.state, row.revision) for row in await db.scalars(select(Need))}
        assert after == before
        assert set(await db.scalars(select(Case.household_size))) == {4}
        assert list(await db.scalars(select(Notice.closed_at))) == [None]
    assert not (await load_world(world.database, console.clock)).counties["410324"].is_open


async def test_after_taking_it_up_again_the_clock_goes_on(console: Console) -> None:
    cases = [await file_case(console.world)]
    await review(console, "need", cases)
    await post_notice(console, "need")
    await close(console, await console.xian.get("/admin/closing"))
    await console.forward(5)
    without = await console.xian.post("/admin/closing/reopen", {"season": SEASON, "reason": ""})
    assert without.status == 422
    opened = await console.xian.post("/admin/closing/reopen", {"season": SEASON, "reason": "按错了"})
    assert "重新打开了" in opened.text and await kinds(console) == ["season.closed", "season.reopened"]
    await console.forward(1)
    assert (await console.zhen.post("/admin/audit/need", rulings("pass_audit", cases))).status == 200


async def test_what_was_handed_in_is_not_taken_up_again(console: Console) -> None:
    await close(console, await console.xian.get("/admin/closing"), reason="")
    day = {"step": "archive", "on": "2022-11-01", "note": "栾应急〔2022〕60号"}
    page = await console.xian.post("/admin/calendar/handed-in", day)
    assert "记下了" in page.text and "栾应急〔2022〕60号" in page.text and "办完了" in page.text
    refused = await console.xian.post("/admin/closing/reopen", {"season": SEASON, "reason": "按错了"})
    assert refused.status == 422 and "已经报出" in refused.text
    twice = await console.xian.post("/admin/calendar/handed-in", day)
    assert twice.status == 422
    assert "撤回了" in (await console.xian.post("/admin/calendar/taken-back", {"step": "archive"})).text
    opened = await console.xian.post("/admin/closing/reopen", {"season": SEASON, "reason": "按错了"})
    assert "重新打开了" in opened.text


async def test_a_mark_has_a_day_that_can_be_right_and_stays_in_its_area(console: Console) -> None:
    for on, words in (("2022-11-02", "还没有到"), ("2002-11-01", "比本季还早"), ("", "日"), ("abc", "abc")):
        page = await console.zhen.post(
            "/admin/calendar/handed-in", {"step": "statistics", "on": on, "note": "给张股长"}
        )
        assert page.status == 422 and words in page.text and "给张股长" in page.html
    assert (await console.zhen.post("/admin/calendar/handed-in", {"step": "pay", "on": "2022-11-01"})).status == 404
    await console.zhen.post("/admin/calendar/handed-in", {"step": "statistics", "on": "2022-11-01", "note": ""})
    assert "潭头镇 2022" in (await console.xian.get("/admin/calendar")).text
    other = await console.hire("other", Role.TOWNSHIP, "410324104")
    browser = await console.browser(other.name)
    assert "潭头镇 2022" not in (await browser.get("/admin/calendar")).text
    await browser.http.close()


async def test_two_who_close_at_once_are_one(console: Console) -> None:
    world = console.world
    async with world.units.begin() as unit:
        await close_season(unit, world.xian, SEASON, "", {})
    with pytest.raises(ClosingError, match="closed"):
        async with world.units.begin() as unit:
            await close_season(unit, world.xian, SEASON, "", {})
    with pytest.raises(ClosingError, match="unknown"):
        async with world.units.begin() as unit:
            await close_season(unit, world.zhen, SEASON, "", {})


async def test_an_approved_grant_without_money_is_open(console: Console) -> None:
    cases = [await file_case(console.world)]
    await through(console, "need", cases)
    await through(console, "grant", cases, "special")
    async with console.world.database.read() as db:
        found = await open_matters(db, console.world.xian, console.world.scheme_id, console.clock.now())
    assert found == {"unpaid": 1}


async def test_L10_a_page_says_that_the_season_is_closed_before_anybody_works_on_it(console: Console) -> None:
    await file_case(console.world)
    path = f"/admin/village/{console.world.village}/review/need"
    assert "现在只能看" not in (await console.cun.get(path)).text
    await close(console, await console.xian.get("/admin/closing"))
    assert "现在只能看，不能再办" in (await console.cun.get(path)).text
    assert 'id="season-closed"' in (await console.xian.get("/admin/")).html
    await console.hire("jijian", Role.INSPECTOR, "410324")
    inspector = await console.browser("jijian")
    assert "现在只能看" not in (await inspector.get("/admin/")).text
    await inspector.http.close()


async def test_L10_in_a_closed_season_no_card_is_taken_and_nobody_is_asked_for_one(console: Console) -> None:
    case = await file_case(console.world, head="王建国")
    await close(console, await console.xian.get("/admin/closing"), reason="这一户不来了")
    card = {"card": "6217000000000000004", "holder": "王建国"}
    for browser, path, fields in (
        (console.cun, f"/admin/case/{case}/card", card),
        (console.zhen, "/admin/payments/ask", {"case": str(case)}),
    ):
        seen = await browser.post(path, fields)
        assert (seen.status, texts()("refusal.L10.season_closed") in seen.text) == (422, True)
    async with console.world.units.begin() as unit:
        number = (await unit.db.get_one(Case, case)).number
        with pytest.raises(RefusedError, match="season_closed"):
            await give_card(unit, console.world.contacts[0], None, number, card["card"], "王建国")
    async with console.world.database.read() as db:
        told = set(await db.scalars(select(EventRow.kind)))
    assert not told & {"household.card", "payment.card_asked"}
