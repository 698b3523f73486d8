"""Welfare visits (X6): those of my area, one of them, and who was visited on demand."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of, village_of
from intake.access import access_one
from intake.discovery_codes import WORKERS
from intake.events import Event
from intake.models import Visit
from intake.reads.place_names import villages_in
from intake.reads.visits import Visited, find_visits, visit_page, visited


@allow(*WORKERS)
async def show_visits(call: Call) -> web.Response:
    """One page of the list, the latest on top."""
    village, page = village_of(call), page_of(call)
    async with call.reading() as db:
        found, total = await find_visits(db, call.official, village=village, page=page)
        places = await villages_in(db, call.official, Visit.village)
    return call.page(
        "visits.html",
        found=found,
        total=total,
        village=village,
        places=places,
        page=page,
        pages=pages_of(total),
    )


@allow(*WORKERS)
async def show_visit(call: Call) -> web.Response:
    """One visit, masked."""
    return await _show(call)


@allow(*WORKERS)
async def show_visited(call: Call) -> web.Response:
    """The visit with what is personal open, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        opened = await visited(unit.db, call.official, call.id)
        data = {"fields": ["name", "phone", "note"]}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"visit:{call.id}", data))
    return await _show(call, opened)


@allow(*WORKERS)
async def show_file(call: Call) -> web.Response:
    """A photo of a visit."""
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Visit, call.id)
        return await hand_over(call, unit, f"visit:{call.id}")


async def _show(call: Call, opened: Visited | None = None) -> web.Response:
    async with call.reading() as db:
        found = await visit_page(db, call.official, call.id)
    return call.page("visit.html", found=found, opened=opened, shown=SHOWN)
