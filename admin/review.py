"""Writing down a village review meeting (L7, L8 step 2): the meeting, and what it said of each household."""

from aiohttp import web

from admin.call import Call
from admin.forms import Form
from admin.gate import allow
from intake.access import access_village
from intake.moves import RefusedError
from intake.procedure import Pass, Role, State
from intake.reads.heads import Named, heads
from intake.reads.households import lines
from intake.reads.seasons import current_scheme
from intake.reviews import FORMS, Meeting, Verdict, record_review
from intake.rules import tier_amount_fen
from intake.scheme import SchemeContent
from store.clock import china_date

ROWS = 50
"""Households on one form; the next ones follow when these are done."""


@allow(Role.VILLAGE)
async def show_review(call: Call) -> web.Response:
    """The form of the meeting, with the households that wait for it."""
    return await _show(call)


async def _show(call: Call) -> web.Response:
    code, pass_ = call.word("code"), call.pass_
    async with call.reading() as db:
        village = await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        rows = (
            await lines(db, call.official, scheme[0].id, pass_, [State.APPLIED], village=code, most=ROWS + 1)
            if scheme
            else []
        )
        gone = set(call.form.refusals) - {row.id for row in rows} - {0}
        names = await heads(db, call.official, gone)
    content = scheme[1] if scheme else None
    usual = {row.id: _usual(content, row.persons) for row in rows} if content and pass_ is Pass.GRANT else {}
    return call.page(
        "review.html",
        call.form.status,
        village=village,
        pass_=pass_,
        rows=rows[:ROWS],
        more=len(rows) > ROWS,
        usual=usual,
        names=names,
        today=china_date(call.now).isoformat(),
        content=content,
    )


def _usual(content: SchemeContent, persons: int) -> dict[str, int]:
    return {tier: tier_amount_fen(content, tier, persons) for tier in content.tiers}


@allow(Role.VILLAGE)
async def do_review(call: Call) -> web.Response:
    """Record the meeting and move its households, all or none."""
    form, code, pass_ = call.form, call.word("code"), call.pass_
    async with call.reading() as db:
        await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        named = await heads(db, call.official, call.cases)
    content = scheme[1] if scheme else None
    held_on = form.day("held_on")
    present = form.count("present")
    verdicts = {
        case_id: verdict
        for case_id in call.cases
        if (verdict := _verdict(form, case_id, pass_, content, named)) is not None
    }
    if held_on is None or form.errors:
        return await _show(call)
    meeting = Meeting(held_on, form.choice("form", FORMS), present, form.text("minutes"))
    try:
        async with call.changing() as unit:
            await record_review(unit.db, unit.journal, call.official, unit.now, code, pass_, meeting, verdicts)
    except RefusedError as error:
        await call.refuse(error, pass_)
        return await _show(call)
    return call.on("/admin/", "review", len(verdicts))


def _verdict(
    form: Form, case_id: int, pass_: Pass, content: SchemeContent | None, named: dict[int, Named]
) -> Verdict | None:
    """What was typed of one household; None where nothing was chosen and nothing typed."""
    chosen = form.choice(f"verdict-{case_id}", ("pass", "refuse"))
    if not chosen:
        if any(form.text(f"{field}-{case_id}") for field in ("for", "against", "reason")):
            form.wrong(f"verdict-{case_id}", "admin.wrong.verdict")
        return None
    votes_for, votes_against = form.count(f"for-{case_id}"), form.count(f"against-{case_id}")
    passed, reason = chosen == "pass", form.text(f"reason-{case_id}")
    if not passed or pass_ is Pass.NEED:
        return Verdict(passed, votes_for, votes_against, reason)
    tier = form.text(f"tier-{case_id}")
    amount = form.amount_fen(f"amount-{case_id}")
    if not form.text(f"amount-{case_id}") and content and tier in content.tiers and case_id in named:
        amount = tier_amount_fen(content, tier, named[case_id].persons)
    return Verdict(passed, votes_for, votes_against, reason, tier or None, amount, form.text(f"statement-{case_id}"))
