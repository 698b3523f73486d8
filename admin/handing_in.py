"""Marking on the calendar that something was handed in (L10, L11)."""

from datetime import timedelta

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.season import show_calendar
from intake.access import OutOfAreaError
from intake.handed_in import MARKERS, STEPS, MarkError, mark, take_back
from intake.reads.seasons import current_scheme
from intake.season_calendar import Step


def _step(call: Call) -> Step:
    chosen = call.form.choice("step", [one.value for one in STEPS])
    if not chosen:
        raise OutOfAreaError
    return Step(chosen)


@allow(*MARKERS)
async def do_mark(call: Call) -> web.StreamResponse:
    """The township or county handed a step in."""
    step, on = _step(call), call.form.day("on")
    if on is None:
        return await show_calendar.handler(call)
    try:
        async with call.changing() as unit:
            found = await current_scheme(unit.db, call.official)
            if found is None:
                raise OutOfAreaError
            first = found[1].opens_on - timedelta(days=60)
            await mark(unit, call.official, found[0], step, on, call.form.text("note"), first)
    except MarkError as error:
        call.form.wrong("on", f"admin.handed_in.wrong.{error.code}")
        return await show_calendar.handler(call)
    return call.on("/admin/calendar", "handed_in", 1)


@allow(*MARKERS)
async def do_take_back(call: Call) -> web.StreamResponse:
    """It was marked by mistake."""
    step = _step(call)
    try:
        async with call.changing() as unit:
            found = await current_scheme(unit.db, call.official)
            if found is None:
                raise OutOfAreaError
            await take_back(unit, call.official, found[0], step)
    except MarkError as error:
        call.form.wrong("on", f"admin.handed_in.wrong.{error.code}")
        return await show_calendar.handler(call)
    return call.on("/admin/calendar", "taken_back", 1)
