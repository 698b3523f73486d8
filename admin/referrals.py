"""Referrals to other services (X3): those of my area, one of them with its chain, ending it, passing it on."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of, village_of
from admin.said import said
from admin.words import moment
from intake.discovery_codes import WORKERS
from intake.models import Referral
from intake.reads.place_names import villages_in
from intake.reads.referrals import find_referrals, referral_page
from intake.referral_codes import MEET_WITHIN, SERVICES, URGENT_WITHIN
from intake.referrals import NotTheirsError, OvertakenError, end_referral, pass_on

STANDINGS = ("open", "overdue", "ended")


@allow(*WORKERS)
async def show_referrals(call: Call) -> web.Response:
    """One page of the list: the open ones first, what is due first on top."""
    query, page = call.request.query, page_of(call)
    asked = {
        "standing": query.get("standing", "") if query.get("standing") in STANDINGS else "",
        "service": query.get("service", "") if query.get("service") in SERVICES else "",
        "village": village_of(call),
    }
    async with call.reading() as db:
        found, total = await find_referrals(db, call.official, call.now, page=page, **asked)
        places = await villages_in(db, call.official, Referral.village)
    return call.page(
        "referrals.html",
        found=found,
        total=total,
        urgent=URGENT_WITHIN,
        within=MEET_WITHIN,
        standings=STANDINGS,
        services=SERVICES,
        places=places,
        asked=asked,
        page=page,
        pages=pages_of(total),
    )


@allow(*WORKERS)
async def show_referral(call: Call) -> web.Response:
    """One of them."""
    return await _show(call)


@allow(*WORKERS)
async def do_end(call: Call) -> web.Response:
    """End it with an answer, done or refused; or done here and passed on to the next service of the chain."""
    form = call.form
    result = form.choice("result", ("done", "refused", "pass_on"))
    if not result:
        form.wrong("result", "admin.referral.wrong.result")
    answer = said(call, "answer", "admin.referral.wrong.answer")
    if form.errors:
        return await _show(call)
    if result == "pass_on":
        return await _pass_on(call, answer)
    try:
        async with call.changing() as unit:
            await end_referral(unit, call.official, call.id, answer, done=result == "done")
    except (OvertakenError, NotTheirsError) as error:
        return await _refused(call, error)
    return call.on(f"/admin/referral/{call.id}", "referral_ended", 1)


@allow(*WORKERS)
async def do_pass_on(call: Call) -> web.Response:
    """Pass someone on who is still in hardship after a referral that was ended."""
    return await _pass_on(call, "")


async def _pass_on(call: Call, answer: str) -> web.Response:
    try:
        async with call.changing() as unit:
            following = await pass_on(unit, call.official, call.id, answer)
    except (OvertakenError, NotTheirsError) as error:
        return await _refused(call, error)
    return call.on(f"/admin/referral/{following}", "passed_on", 1)


async def _refused(call: Call, error: Exception) -> web.Response:
    """The page as it is now; what was typed is kept, and nothing was done."""
    if isinstance(error, NotTheirsError):
        call.form.wrong("answer", "admin.referral.not_yours")
        return await _show(call, 403)
    async with call.reading() as db:
        found = await referral_page(db, call.official, call.id, call.now)
    at = moment(call.t, found.ended_at) if found.ended_at else ""
    call.form.wrong("answer", "admin.referral.overtaken", who=found.ended_by, at=at)
    return await _show(call, 409)


async def _show(call: Call, status: int = 0) -> web.Response:
    async with call.reading() as db:
        found = await referral_page(db, call.official, call.id, call.now)
    return call.page("referral.html", status or call.form.status, found=found)
