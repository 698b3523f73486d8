"""The card of a household, typed by an official who was shown it: for those who do not use a chat (L2, G4)."""

from aiohttp import web

from admin.call import Call
from admin.case import case_page
from admin.gate import allow
from intake.bank_cards import GIVERS, put_card
from intake.card_numbers import is_card, luhn_holds
from intake.moves import RefusedError


@allow(*GIVERS)
async def do_card(call: Call) -> web.Response:
    """Keep the card. One whose last digit does not fit is asked for twice, never refused: old passbooks have no such
    digit."""
    form = call.form
    card, holder = form.text("card").replace(" ", ""), form.text("holder")
    if not holder:
        form.wrong("holder", "admin.card.wrong.holder")
    if is_card(card) and not luhn_holds(card) and form.text("sure") != card:
        form.wrong("card", "admin.card.wrong.check")
    if form.errors:
        return await case_page(call)
    tail = form.text("tail") if "tail" in form.typed else None
    try:
        async with call.changing() as unit:
            await put_card(unit.db, unit.journal, call.official, unit.now, call.id, card, holder, tail)
    except RefusedError as error:
        form.against("card", error.only)
        return await case_page(call)
    return call.on(f"/admin/case/{call.id}", "card", 1)
