"""People found in need who did not ask (G1): the counts by village, the list, one of them, and who it is on demand."""

from datetime import timedelta

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of, village_of
from intake.access import access_one
from intake.discovery_codes import LOOK_WITHIN, WORKERS, DiscoveryState
from intake.events import Event
from intake.models import Discovery
from intake.reads.discoveries import Someone, discovery_page, find_discoveries, someone
from intake.reads.found_by_village import found_by_village
from intake.reads.place_names import villages_in
from intake.referral_codes import SERVICES, URGENT_WITHIN

COUNTED = timedelta(days=365)
"""How far back the counts on top of the list go."""


@allow(*WORKERS)
async def show_discoveries(call: Call) -> web.Response:
    """The counts by village, then one page of the list: the new ones first, what is due first on top."""
    query = call.request.query
    typed, village, page = query.get("state", ""), village_of(call), page_of(call)
    state = DiscoveryState(typed) if typed in set(DiscoveryState) else None
    async with call.reading() as db:
        found, total = await find_discoveries(db, call.official, call.now, village=village, state=state, page=page)
        counted = await found_by_village(db, call.official, call.now - COUNTED, call.now)
        places = await villages_in(db, call.official, Discovery.village)
    return call.page(
        "discoveries.html",
        found=found,
        total=total,
        counted=counted,
        urgent=URGENT_WITHIN,
        within=LOOK_WITHIN,
        states=tuple(DiscoveryState),
        state=state.value if state else "",
        village=village,
        places=places,
        page=page,
        pages=pages_of(total),
    )


@allow(*WORKERS)
async def show_discovery(call: Call) -> web.Response:
    """One of them, masked."""
    return await show(call)


@allow(*WORKERS)
async def show_someone(call: Call) -> web.Response:
    """With what is personal open, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        opened = await someone(unit.db, call.official, call.id)
        data = {"fields": ["who", "phone", "seen", "teller", "teller_phone"]}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"discovery:{call.id}", data))
    return await show(call, opened=opened)


@allow(*WORKERS)
async def show_file(call: Call) -> web.Response:
    """A photo or a voice."""
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Discovery, call.id)
        return await hand_over(call, unit, f"discovery:{call.id}")


async def show(call: Call, status: int = 0, opened: Someone | None = None) -> web.Response:
    """The page; after a refusal with what was wrong."""
    async with call.reading() as db:
        found = await discovery_page(db, call.official, call.id, call.now)
    return call.page(
        "discovery.html",
        status or call.form.status,
        found=found,
        opened=opened,
        shown=SHOWN,
        services=SERVICES,
    )
