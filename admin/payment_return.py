"""The bank's file: uploaded, looked at against its list, and taken as a whole (G4)."""

from collections.abc import Sequence

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from admin.payment_list import show
from admin.payments import LOOKERS, PAYERS
from admin.uploads import upload
from intake.access import access_list
from intake.moves import RefusedError
from intake.payments.bank_returns import keep_return, take_return
from intake.payments.return_file import MOST_BYTES, ReturnFileError
from intake.payments.verifying import Difference, UnsoundError
from intake.reads.heads import heads
from intake.reads.payment_returns import ORDER, return_page
from locales import figures
from store.clock import china_date


@allow(*PAYERS, largest=MOST_BYTES + 1024 * 1024)
async def do_upload(call: Call) -> web.Response:
    """Keep the file and show what it means; nothing else happens yet."""
    sent = await upload(call, "file", MOST_BYTES)
    try:
        async with call.changing() as unit:
            kept = await keep_return(unit, call.official, call.id, sent.content)
            kept_id, taken = kept.id, kept.taken_at is not None
    except ReturnFileError as error:
        params = {name: _listed(call, value) for name, value in error.params.items()}
        call.form.wrong("file", f"admin.payments.file.{error.what}", **params)
        return await show(call)
    except UnsoundError as error:
        return await show(call, error.differences)
    except RefusedError as error:
        call.form.refuse(error, {})
        return await show(call)
    return call.on(f"/admin/payments/{call.id}/return/{kept_id}", "return_known" if taken else "", 1)


def _listed(call: Call, value: object) -> object:
    return figures.listed(call.t, value) if isinstance(value, tuple) else value


@allow(*LOOKERS)
async def show_return(call: Call) -> web.Response:
    """What a file means for the list as it stands now; or, where it was taken, what became of it."""
    return await _show(call)


async def _show(call: Call, unsound: Sequence[Difference] = ()) -> web.Response:
    file_id, page = checked_id(call.word("file")), None
    async with call.reading() as db:
        found = await access_list(db, call.official, call.id)
        if not unsound:
            try:
                page = await return_page(db, call.official, call.id, file_id)
            except UnsoundError as error:
                unsound = error.differences
            except RefusedError as error:
                call.form.refuse(error, {})
        names = await heads(db, call.official, set(call.form.refusals) - {0})
    return call.page(
        "payment_return.html",
        409 if unsound else call.form.status,
        found=found,
        file_id=file_id,
        unsound=unsound,
        names=names,
        page=page,
        order=ORDER,
        may=call.official.role in PAYERS,
        today=china_date(call.now).isoformat(),
    )


@allow(*PAYERS)
async def do_take(call: Call) -> web.Response:
    """Let the file count, all of it or nothing."""
    file_id = checked_id(call.word("file"))
    paid_on = call.form.day("paid_on")
    if paid_on is None:
        return await _show(call)
    try:
        async with call.changing() as unit:
            matched = await take_return(unit, call.official, call.id, file_id, call.form.text("mark"), paid_on)
    except UnsoundError as error:
        return await _show(call, error.differences)
    except RefusedError as error:
        call.form.refuse(error, {})
        return await _show(call)
    return call.on(f"/admin/payments/{call.id}", "return_taken", len(matched.paid) + len(matched.failed))
