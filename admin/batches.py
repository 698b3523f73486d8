"""Registers and batches (L8 steps 2 and 3, forms 2 and 3): what was sent up, frozen; and sending a batch."""

from aiohttp import web

from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.listing import page_of, pages_of
from intake.access import access_batch
from intake.batches.check import check
from intake.batches.freeze import TOWNSHIP, VILLAGE
from intake.batches.sending import make_batch, ready
from intake.moves import RefusedError
from intake.procedure import Pass, Role, State
from intake.reads.batches import batches, deciders, frozen_lines, one_batch, revisions
from intake.reads.progress import waiting
from intake.reads.seasons import current_scheme

_VILLAGE = "village-"
"""How the ticks of the form begin; behind it stands the village's code, and the value is how many it showed."""


@allow(*CASE_READERS)
async def show_batches(call: Call) -> web.Response:
    """The lists of my area in one pass; to the township also who is ready for its next batch."""
    official, pass_, page = call.official, call.pass_, page_of(call)
    level = VILLAGE if official.role is Role.VILLAGE or call.request.query.get("level") == VILLAGE else TOWNSHIP
    sends = official.role is Role.TOWNSHIP
    async with call.reading() as db:
        scheme = await current_scheme(db, official)
        listed, total = await batches(db, official, scheme[0].id, pass_, level, page) if scheme else ([], 0)
        there = await waiting(db, official, scheme[0].id, [State.AUDITED], [pass_]) if scheme and sends else []
    return call.page(
        "batches.html",
        call.form.status,
        pass_=pass_,
        passes=tuple(Pass),
        level=level,
        levels=(VILLAGE,) if official.role is Role.VILLAGE else (TOWNSHIP, VILLAGE),
        listed=listed,
        page=page,
        pages=pages_of(total),
        ready=there,
        sends=sends,
    )


@allow(Role.TOWNSHIP)
async def do_batch(call: Call) -> web.StreamResponse:
    """Put the audited households of the ticked villages on a batch, as many as the page showed."""
    form = call.form
    shown = {name.removeprefix(_VILLAGE): form.text(name) for name in form.typed if name.startswith(_VILLAGE)}
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
    if scheme is None:
        return await show_batches.handler(call)
    try:
        async with call.changing() as unit:
            ids = await ready(unit.db, call.official, scheme[0].id, call.pass_, shown)
            batch = await make_batch(unit.db, unit.journal, call.official, unit.now, call.pass_, ids)
            made = batch.id, len(ids)
    except RefusedError as error:
        await call.refuse(error, call.pass_)
        return await show_batches.handler(call)
    return call.on(f"/admin/batch/{made[0]}", "batched", made[1])


@allow(*CASE_READERS)
async def show_batch(call: Call) -> web.Response:
    """One list: what it holds, its revisions, who acted, and whether it is still what was sent up."""
    page = page_of(call)
    async with call.reading() as db:
        batch = await access_batch(db, call.official, call.id)
        lines, total = await frozen_lines(db, batch, page)
        return call.page(
            "batch.html",
            pass_=Pass(batch.pass_),
            batch=await one_batch(db, batch),
            revisions=await revisions(db, batch.id),
            deciders=await deciders(db, batch.id),
            faults=await check(db, [batch]),
            lines=lines,
            page=page,
            pages=pages_of(total),
        )
