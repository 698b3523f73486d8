"""The request for the season's money (L11): the reported need beside it, and what was asked for."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.words import yuan
from intake.fund_requests import ASKING, Asked, record_request
from intake.moves import RefusedError
from intake.procedure import Pass, Role
from intake.reads.fund_requests import asks_for, requests, standing
from intake.reads.needs import Reported, needs
from intake.reads.seasons import current_scheme
from store.clock import china_date

PATH = "/admin/request"


@allow(Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR)
async def show_request(call: Call) -> web.Response:
    """What is needed, what was asked for, and whether both are the same."""
    official = call.official
    async with call.reading() as db:
        scheme = await current_scheme(db, official)
        rows = await needs(db, official, scheme[0].id, scheme[1]) if scheme else []
        asked = await requests(db, official, scheme[0].id) if scheme else {}
    whole = sum((row.need for row in rows), Reported())
    own = asked.get(asks_for(official), [])
    above = asked.get((official.division or "")[:6], []) if official.role is Role.TOWNSHIP else []
    last = own[0] if own else None
    return call.page(
        "fund_request.html",
        call.form.status,
        scheme=scheme,
        rows=rows,
        whole=whole,
        own=own,
        above=above,
        stands=standing(own, whole.households, whole.persons),
        below={
            row.code: (asked[row.code][0], standing(asked[row.code], row.need.households, row.need.persons))
            for row in rows
            if row.code in asked
        },
        may=official.role in ASKING and scheme is not None and scheme[0].closed_at is None,
        money_before=yuan(last.money_fen) if last else "",
        goods_before=yuan(last.goods_fen) if last else "",
        today=china_date(call.now).isoformat(),
    )


@allow(Role.TOWNSHIP, Role.COUNTY)
async def do_request(call: Call) -> web.StreamResponse:
    """Record what was asked for."""
    form = call.form
    households, persons = form.count("households"), form.count("persons")
    money, goods, day = form.amount_fen("money"), form.amount_fen("goods"), form.day("requested_on")
    seen = form.text("after")
    if form.errors or day is None:
        return await show_request.handler(call)
    asked = Asked(households, persons, money or 0, goods or 0, form.text("document"), day)
    try:
        async with call.changing() as unit:
            await record_request(unit, call.official, asked, int(seen[:6]) if seen.isascii() and seen.isdigit() else 0)
    except RefusedError as error:
        await call.refuse(error, Pass.NEED)
        return await show_request.handler(call)
    return call.on(PATH, "fund_request", households)
