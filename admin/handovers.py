"""Talks that were handed over: who waits, what they wrote, and answering them."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import allow
from intake import handovers
from intake.events import Event
from intake.handovers import ANSWERERS, EndedError, UnreadError
from intake.reads.attached import attached
from intake.reads.handovers import talk, waiting


@allow(*ANSWERERS)
async def show_handovers(call: Call) -> web.Response:
    """Who waits for a human, longest first."""
    async with call.reading() as db:
        found = await waiting(db, call.official, call.now)
    return call.page("handovers.html", found=found)


async def _show(call: Call, status: int = 0) -> web.Response:
    """What people wrote is theirs: who looked stays in the event chain."""
    async with call.changing() as unit:
        found = await talk(unit.db, call.official, call.id)
        files = await attached(unit.db, f"handover:{call.id}")
        unit.journal.add(Event(unit.now, call.official.actor, "handover.seen", f"handover:{call.id}"))
    return call.page("handover.html", status or call.form.status, found=found, files=files, shown=SHOWN)


@allow(*ANSWERERS)
async def show_handover(call: Call) -> web.Response:
    """One talk."""
    return await _show(call)


@allow(*ANSWERERS)
async def show_file(call: Call) -> web.Response:
    """A photo or voice that the person sent."""
    async with call.changing() as unit:
        await handovers.access_handover(unit.db, call.official, call.id)
        return await hand_over(call, unit, f"handover:{call.id}")


@allow(*ANSWERERS)
async def do_answer(call: Call) -> web.Response:
    """Write to the person."""
    text = call.form.text("text")
    if not text or len(text) > handovers.LONGEST:
        call.form.wrong("text", "admin.handover.wrong", most=handovers.LONGEST)
        return await _show(call)
    try:
        async with call.changing() as unit:
            await handovers.answer(unit.db, unit.journal, call.official, call.id, text, unit.now)
    except EndedError:
        call.form.wrong("text", "admin.handover.overtaken")
        return await _show(call)
    return call.on(f"/admin/handover/{call.id}", "handover")


@allow(*ANSWERERS)
async def do_end(call: Call) -> web.Response:
    """End the talk; what somebody else has ended is ended."""
    lines = call.form.number("lines")
    try:
        async with call.changing() as unit:
            await handovers.end(unit.db, unit.journal, call.official, call.id, unit.now, lines)
    except UnreadError:
        call.form.wrong("end", "admin.handover.unread")
        return await _show(call, 409)
    except EndedError:
        pass
    return call.on("/admin/handovers", "handover_ended")
