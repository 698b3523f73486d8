"""One payment list: released by two people, dropped, its file for the bank, and what became of it by hand."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of
from admin.paper import TYPES
from admin.payments import LOOKERS, PAYERS
from intake.access import access_list
from intake.moves import RefusedError
from intake.papers.money import capitals
from intake.payments.bank_file import UnencodableError, bank_file
from intake.payments.codes import SETTLES, ListState, Outcome
from intake.payments.making import drop_list
from intake.payments.releasing import PEOPLE, release
from intake.payments.sending import bank_rows, note_sent, released_list
from intake.payments.settling import settle_by_hand
from intake.payments.verifying import Difference, UnsoundError, known_lines
from intake.reads.heads import heads
from intake.reads.payment_matters import MOST
from intake.reads.payment_page import list_page
from intake.scheme.banks import CSV
from locales import figures
from store.clock import china_date

_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_NAMED = 10
"""Characters that are named at the most."""


@allow(*LOOKERS)
async def show_list(call: Call) -> web.Response:
    """The list with a page of its lines, cards masked."""
    return await show(call)


async def show(call: Call, unsound: Sequence[Difference] = ()) -> web.Response:
    """The page of a list, with what was wrong; ``unsound`` is what is not as it was listed."""
    page, outcome = page_of(call), call.request.query.get("outcome", "")
    outcome = outcome if outcome in _OUTCOMES else ""
    async with call.reading() as db:
        found = await list_page(db, call.official, call.id, outcome=outcome, page=page)
        names = await heads(db, call.official, set(call.form.refusals) - {0})
    may = call.official.role in PAYERS
    return call.page(
        "payment_list.html",
        409 if unsound else call.form.status,
        found=found,
        unsound=unsound,
        names=names,
        capitals=capitals(found.row.total_fen),
        people=PEOPLE,
        may=may,
        may_release=may and found.row.state is ListState.MADE and not found.released_by_me,
        may_drop=may and found.row.state in (ListState.MADE, ListState.RELEASED),
        may_send=may and found.row.state in SETTLES,
        may_read=may and found.row.state not in (ListState.MADE, ListState.DROPPED),
        most=MOST,
        outcome=outcome,
        outcomes=Outcome,
        today=china_date(call.now).isoformat(),
        page=page,
        pages=pages_of(found.total),
    )


async def _refused(call: Call, error: RefusedError | UnsoundError) -> web.Response:
    if isinstance(error, UnsoundError):
        return await show(call, error.differences)
    call.form.refuse(error, {})
    return await show(call)


@allow(*PAYERS)
async def do_release(call: Call) -> web.Response:
    """Release the list as the page showed it."""
    try:
        async with call.changing() as unit:
            nth = await release(unit, call.official, call.id, call.form.text("hash"))
    except (RefusedError, UnsoundError) as error:
        return await _refused(call, error)
    return call.on(f"/admin/payments/{call.id}", "released_both" if nth == PEOPLE else "released", 1)


@allow(*PAYERS)
async def do_drop(call: Call) -> web.Response:
    """Take it back."""
    try:
        async with call.changing() as unit:
            await drop_list(unit, call.official, call.id, call.form.text("why"))
    except RefusedError as error:
        return await _refused(call, error)
    return call.on(f"/admin/payments/{call.id}", "list_dropped", 1)


@allow(*PAYERS)
async def do_file(call: Call) -> web.Response:
    """The file for the bank, cards open; who took it stays in the event chain. What cannot be written leaves no
    event."""
    try:
        async with call.reading() as db:
            found = await released_list(db, call.official, call.id)
            bank, rows = await bank_rows(db, call.t, found)
        file = await asyncio.to_thread(bank_file, bank, rows)
        async with call.changing() as unit:
            found = await note_sent(unit, call.official, call.id, file)
            number = found.number
    except (RefusedError, UnsoundError) as error:
        return await _refused(call, error)
    except UnencodableError as error:
        named = [call.t("admin.payments.lacking.one", row=row, sign=sign) for row, sign in error.found[:_NAMED]]
        call.form.wrong("send", "admin.payments.lacking", encoding=error.encoding, signs=figures.listed(call.t, named))
        return await show(call)
    name = f'attachment; filename="{number}.{bank.format}"'
    kind = "text/csv" if bank.format == CSV else TYPES["xlsx"]
    return web.Response(body=file, content_type=kind, headers={"Content-Disposition": name})


@allow(*PAYERS)
async def do_settle(call: Call) -> web.Response:
    """What became of lines whose bank sends no file: those of the page, and with ``rest`` all others that wait."""
    form = call.form
    async with call.reading() as db:
        await access_list(db, call.official, call.id)
        try:
            known = await known_lines(db, call.id)
        except UnsoundError as error:
            return await show(call, error.differences)
    said = {row.line.id: form.choice(f"do-{row.line.id}", ("paid", "failed")) for row in known}
    failed = {one: form.text(f"why-{one}") for one, what in said.items() if what == "failed"}
    paid = {one for one, what in said.items() if what == "paid"}
    if form.text("rest"):
        waits = {row.line.id for row in known if row.line.outcome == Outcome.WAITING.value}
        paid |= waits - set(failed)
    paid_on = form.day("paid_on") if paid else None
    if not paid and not failed:
        form.wrong("settle", "admin.payments.wrong.nothing")
    if form.errors:
        return await show(call)
    try:
        async with call.changing() as unit:
            await settle_by_hand(unit, call.official, call.id, sorted(paid), failed, paid_on)
    except (RefusedError, UnsoundError) as error:
        return await _refused(call, error)
    return call.on(f"/admin/payments/{call.id}", "settled_lines", len(paid) + len(failed))
