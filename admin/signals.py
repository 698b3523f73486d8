"""What stands out in my area (G4, L12): every signal with its households, by kind and village."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, village_of
from intake.procedure import Role
from intake.reads.place_names import place_names
from intake.reads.seasons import current_scheme
from intake.reads.signals import shown, signals_in
from intake.signals.find import Kind, counted

PER_PAGE = 20
"""Signals of a page."""


@allow(Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR)
async def show_signals(call: Call) -> web.Response:
    """One page of the signals."""
    kind, village, page = call.request.query.get("kind", ""), village_of(call), page_of(call)
    kind = kind if kind in set(Kind) else ""
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        found = await signals_in(db, call.official, scheme[0].id) if scheme else []
        places = await place_names(db, {code for one in found for code in one.villages} | ({village} - {""}))
        meant = [one for one in found if (not kind or one.kind == kind) and (not village or village in one.villages)]
        rows = await shown(db, call.official, meant[(page - 1) * PER_PAGE : page * PER_PAGE])
    return call.page(
        "signals.html",
        scheme=scheme,
        counts=counted(found, village),
        total=len(meant),
        rows=rows,
        page=page,
        pages=max(1, -(-len(meant) // PER_PAGE)),
        kinds=[(one.value, call.t(f"admin.signal.{one.value}")) for one in Kind],
        places=sorted(places.items()),
        asked={"kind": kind, "village": village},
    )
