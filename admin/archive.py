"""The season's archive in the console: ordering it, watching it, fetching it (L10). Who fetched it stays in the event
chain, before the first byte leaves."""

import os
from contextlib import suppress

from aiohttp import web
from aiohttp.client_exceptions import ClientConnectionResetError

from admin.call import Call
from admin.gate import HEADERS, allow
from intake.access import OutOfAreaError
from intake.archive.locked import SHORTEST, lock, locked_size
from intake.archive.orders import KEPT, UNDER_WAY, UnderWayError, archives, order_archive, parts, ready
from intake.archive.signature import fingerprint
from intake.batches.check import check_season
from intake.events import Event
from intake.models import Archive
from intake.procedure import Role
from intake.reads.schemes import scheme_id_of, seasons
from intake.reads.seasons import current_scheme

READERS = (Role.COUNTY, Role.INSPECTOR)
"""Who fetches an archive; the county orders it."""


@allow(*READERS)
async def show_archive(call: Call) -> web.Response:
    """The archives of my county, how far the one under way is, and by which key they are known."""
    return await _show(call)


async def _show(call: Call, status: int = 200) -> web.Response:
    async with call.reading() as db:
        known = await seasons(db, call.official)
        found = await current_scheme(db, call.official)
        made = await archives(db, call.official)
    return call.page(
        "archive.html",
        status,
        seasons=known,
        closed=found is not None and found[0].closed_at is not None,
        archives=made,
        under_way=[one for one in made if one.state in UNDER_WAY],
        orders=call.official.role is Role.COUNTY,
        days=KEPT.days,
        shortest=SHORTEST,
        keys=[fingerprint(key.public_key()) for key in call.context.keyring.archive_keys()],
    )


@allow(Role.COUNTY)
async def do_order(call: Call) -> web.Response:
    """Order the archive of a season, if its registers and batches hold."""
    async with call.reading() as db:
        season = call.form.choice("season", await seasons(db, call.official))
        faults = await check_season(db, await scheme_id_of(db, call.official, season)) if season else []
    if faults:
        return call.page("unproven.html", 409, faults=faults, back="/admin/archive")
    if not season:
        call.form.wrong("season", "admin.archive.wrong.season")
        return await _show(call, 422)
    try:
        await order_archive(call.context.units, call.official, season)
    except UnderWayError:
        call.form.wrong("season", "admin.archive.wrong.under_way")
        return await _show(call, 409)
    return call.on("/admin/archive", "archive_ordered", 1)


@allow(*READERS)
async def do_fetch(call: Call) -> web.StreamResponse:
    """Fetch an archive, under a password where one was typed."""
    word = call.form.text("password")
    async with call.reading() as db:
        row = await ready(db, call.official, call.id)
    if row is None:
        raise OutOfAreaError
    if word and len(word) < SHORTEST:
        call.form.wrong("password", "admin.archive.wrong.password", n=SHORTEST)
    elif not word and not call.form.text("plain"):
        call.form.wrong("password", "admin.archive.wrong.plain")
    elif word and word != call.form.text("again"):
        call.form.wrong("password", "admin.archive.wrong.again")
    if call.form.errors:
        return await _show(call, 422)
    async with call.changing() as unit:
        data = {"season": row.season, "sealed": bool(word)}
        unit.journal.add(Event(unit.now, call.official.actor, "archive.fetched", f"archive:{row.id}", data))
    return await _send(call, row, word)


async def _send(call: Call, row: Archive, word: str) -> web.StreamResponse:
    name = f"nuandong-{row.county}-{row.season}.zip"
    response = web.StreamResponse(
        headers={
            **HEADERS,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Type": "application/zip",
            "Cache-Control": "no-store",
        }
    )
    response.content_length = locked_size(row.size) if word else row.size
    pieces = parts(call.context.units.database, row.id)
    await response.prepare(call.request)
    with suppress(ClientConnectionResetError):  # they closed the page; they can fetch it again
        async for piece in lock(pieces, row.size, word, row.made_at or call.now, os.urandom(16)) if word else pieces:
            await response.write(piece)
        await response.write_eof()
    return response
