"""Payments of my area: what can be put on a list, the lists with what became of them, and what somebody has to look
after (L2, G4)."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of
from intake.payments.codes import ListState
from intake.procedure import Role
from intake.reads.payment_lists import find_lists, list_places
from intake.reads.payment_matters import MOST, in_person, loose, ready
from intake.reads.seasons import current_scheme

PAYERS = (Role.TOWNSHIP, Role.COUNTY)
"""Who makes lists, releases them and writes down what became of them."""
LOOKERS = (*PAYERS, Role.INSPECTOR)
STATES = tuple(state.value for state in ListState)


@allow(*LOOKERS)
async def show_payments(call: Call) -> web.Response:
    """The overview, by township, bank and state."""
    query, page = call.request.query, page_of(call)
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        if scheme is None:
            return call.page("payments.html", scheme=None)
        banks = {bank.code: bank.name for bank in scheme[1].paying_banks()}
        above = call.official.role is not Role.TOWNSHIP
        townships = await list_places(db, call.official, scheme[0].id) if above else []
        asked = {
            "township": query.get("township", "") if query.get("township") in dict(townships) else "",
            "bank": query.get("bank", "") if query.get("bank") in banks else "",
            "state": query.get("state", "") if query.get("state") in STATES else "",
        }
        found, total = await find_lists(db, call.official, scheme[0].id, page=page, **asked)
        waiting = await ready(db, call.official, scheme[0].id)
        odd = await loose(db, call.official, scheme[0].id)
        people = await in_person(db, call.official, scheme[0].id)
    return call.page(
        "payments.html",
        scheme=scheme[0],
        found=found,
        total=total,
        ready=waiting,
        loose=odd,
        people=people,
        most=MOST,
        asked=asked,
        banks=banks,
        townships=townships,
        states=STATES,
        page=page,
        pages=pages_of(total),
        may=call.official.role in PAYERS,
    )
