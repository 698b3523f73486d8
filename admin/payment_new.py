"""Making payment lists: who will be paid by which bank, who cannot be and why, and asking for a card (L2, G4)."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.payments import PAYERS
from intake.access import OutOfAreaError, access_division
from intake.card_numbers import luhn_holds, mask_card
from intake.moves import RefusedError
from intake.payments.asking import ask_for_card
from intake.payments.candidates import by_bank, candidates
from intake.payments.making import Shown, make_lists
from intake.reads.seasons import current_scheme
from intake.scheme.parts import SOURCES

LEVELS = (6, 9)
"""Digits of a county's and a township's code: for them lists are made."""
MOST_SHOWN = 100
"""Households that the page shows one by one; the list's own page has them all."""


def _division(call: Call) -> str:
    """The township or county that is asked for; the official's own where none is.

    Raises:
        OutOfAreaError: no code of either.
    """
    code = call.form.text("division") or call.request.query.get("division", "") or call.official.division or ""
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS):
        raise OutOfAreaError
    return code


@allow(*PAYERS)
async def show_new(call: Call) -> web.Response:
    """What one press would make."""
    return await _show(call)


async def _show(call: Call) -> web.Response:
    code = _division(call)
    async with call.reading() as db:
        place = await access_division(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        if scheme is None:
            raise OutOfAreaError
        found = await candidates(db, call.official, scheme[0].id, scheme[1], code)
    banks = by_bank(found)
    payable = [one for lines in banks.values() for one in lines]
    return call.page(
        "payment_new.html",
        call.form.status,
        place=place,
        closed=scheme[0].closed_at is not None,
        banks=[(lines[0].bank, lines, sum(one.amount_fen for one in lines)) for lines in banks.values()],
        payable=payable,
        total=sum(one.amount_fen for one in payable),
        blocked=[one for one in found if one.blocked],
        doubtful={one.case_id for one in payable if not luhn_holds(one.card)},
        masked=mask_card,
        sources=SOURCES,
        most=MOST_SHOWN,
    )


@allow(*PAYERS)
async def do_make(call: Call) -> web.Response:
    """Make the lists that the page showed."""
    code, form = _division(call), call.form
    shown = Shown(form.number("households"), form.number("total_fen"))
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
    if scheme is None:
        raise OutOfAreaError
    source = form.choice("source", SOURCES)
    if not source and scheme[0].closed_at is None:
        form.wrong("source", "admin.payments.wrong.source")
        return await _show(call)
    try:
        async with call.changing() as unit:
            made = await make_lists(unit, call.official, scheme[0].id, code, source, shown)
            ids = [one.id for one in made]
    except RefusedError as error:
        form.refuse(error, {})
        return await _show(call)
    return call.on(f"/admin/payments/{ids[0]}" if len(ids) == 1 else "/admin/payments", "listed", len(ids))


@allow(*PAYERS)
async def do_ask(call: Call) -> web.Response:
    """Ask who applied for the right card, by chat."""
    code = _division(call)
    if len(call.cases) != 1:
        raise OutOfAreaError
    try:
        async with call.changing() as unit:
            await ask_for_card(unit, call.official, call.cases[0])
    except RefusedError as error:
        call.form.refuse(error, {})
        return await _show(call)
    return call.on(f"/admin/payments/new?division={code}", "card_asked", 1)
