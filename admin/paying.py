"""Recording what was paid: accepted grants, with the card and the day (L2, L8 step 4)."""

from datetime import date

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from intake.moves import RefusedError, lock_cases
from intake.payments import luhn_holds, record_payment
from intake.procedure import Pass, Role, State
from intake.reads.heads import card_on_file, heads
from intake.reads.households import lines
from intake.reads.progress import waiting
from intake.reads.seasons import current_scheme
from intake.rules import Refusal
from store.clock import china_date

ROWS = 50
_CARD_DIGITS = range(12, 20)


@allow(Role.TOWNSHIP)
async def show_pay(call: Call) -> web.Response:
    """The accepted grants that are not paid yet."""
    village = call.request.query.get("village", "")
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        counted = await waiting(db, call.official, scheme[0].id, [State.ACCEPTED], [Pass.GRANT]) if scheme else []
        rows = (
            await lines(
                db, call.official, scheme[0].id, Pass.GRANT, [State.ACCEPTED], village=village or None, most=ROWS + 1
            )
            if scheme
            else []
        )
        gone = set(call.form.refusals) - {row.id for row in rows} - {0}
        names = await heads(db, call.official, gone)
    return call.page(
        "pay.html",
        call.form.status,
        counted=counted,
        village=village,
        rows=rows[:ROWS],
        more=len(rows) > ROWS,
        names=names,
        today=china_date(call.now).isoformat(),
    )


@allow(Role.TOWNSHIP)
async def do_pay(call: Call) -> web.StreamResponse:
    """Record the ticked grants as paid, all or none."""
    form = call.form
    paid_on = form.day("paid_on")
    chosen = [case_id for case_id in call.cases if form.text(f"paid-{case_id}")]
    for case_id in set(call.cases).difference(chosen):
        if form.text(f"card-{case_id}"):
            form.wrong(f"paid-{case_id}", "admin.wrong.paid")
    if not chosen and not form.errors:
        form.wrong("rulings", "admin.wrong.nothing_chosen")
    for case_id in chosen:
        _check_card(call, case_id)
    if paid_on is None or form.errors:
        return await show_pay.handler(call)
    try:
        await _record(call, chosen, paid_on)
    except RefusedError as error:
        await call.refuse(error, Pass.GRANT)
        return await show_pay.handler(call)
    return call.on("/admin/pay", "paid", len(chosen))


def _card(call: Call, case_id: int) -> str:
    return call.form.text(f"card-{case_id}").replace(" ", "")


def _check_card(call: Call, case_id: int) -> None:
    """First the length (L2). A card whose last digit does not fit is asked for twice, never refused: old passbooks
    have no such digit."""
    card = _card(call, case_id)
    if not card:
        return
    if not (card.isascii() and card.isdigit() and len(card) in _CARD_DIGITS):
        call.form.against(f"card-{case_id}", Refusal("L2", "refusal.L2.card_digits", {"digits": len(card)}))
    elif not luhn_holds(card) and call.form.text(f"sure-{case_id}") != card:
        call.form.wrong(f"card-{case_id}", "admin.wrong.card_check")


async def _record(call: Call, chosen: list[int], paid_on: date) -> None:
    refused: dict[int, Refusal] = {}
    async with call.changing() as unit:
        await lock_cases(unit.db, Pass.GRANT, chosen)
        for case_id in sorted(chosen):
            card = _card(call, case_id) or await card_on_file(unit.db, call.official, case_id)
            try:
                await record_payment(unit.db, unit.journal, call.official, unit.now, case_id, card, paid_on)
            except RefusedError as error:
                refused |= error.refusals
        if refused:
            raise RefusedError(refused)
