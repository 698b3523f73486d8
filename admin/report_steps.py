"""What officials do with a report: take it up, write to the reporter, end it."""

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from admin.reports import READERS, show
from admin.said import said
from intake.report_steps import OvertakenError, end_report, take_up, write_to_reporter

LONG = "admin.report.wrong.long"


@allow(*READERS)
async def do_take(call: Call) -> web.Response:
    """Take the report up."""
    try:
        async with call.changing() as unit:
            await take_up(unit, call.official, call.id)
    except OvertakenError:
        return await _overtaken(call, "take")
    return call.on(f"/admin/report/{call.id}", "report_taken", 1)


@allow(*READERS)
async def do_write(call: Call) -> web.Response:
    """Write to the reporter."""
    text = said(call, "text", "admin.report.wrong.text", LONG)
    if call.form.errors:
        return await show(call)
    try:
        async with call.changing() as unit:
            await write_to_reporter(unit, call.official, call.id, text, _lines_read(call))
    except OvertakenError:
        return await _overtaken(call, "text")
    return call.on(f"/admin/report/{call.id}", "report_answered", 1)


@allow(*READERS)
async def do_end(call: Call) -> web.Response:
    """End the report as proven, with what follows from it, or as unproven, with the reason."""
    form = call.form
    result = form.choice("result", ("proven", "unproven"))
    if not result:
        form.wrong("result", "admin.report.wrong.result")
    text = said(call, "why", "admin.report.wrong.why", LONG)
    if result == "proven":
        consequences = said(call, "consequences", "admin.report.wrong.consequences", LONG)
        text = call.t("admin.report.end.text", why=text, consequences=consequences)
    elif result and form.text("consequences"):
        form.wrong("consequences", "admin.report.wrong.consequences_only")
    if form.errors:
        return await show(call)
    try:
        async with call.changing() as unit:
            await end_report(unit, call.official, call.id, text, _lines_read(call), proven=result == "proven")
    except OvertakenError:
        return await _overtaken(call, "why")
    return call.on(f"/admin/report/{call.id}", "report_ended", 1)


async def _overtaken(call: Call, field: str) -> web.Response:
    """The page as it is now; what was typed is kept, and nothing was done."""
    call.form.wrong(field, "admin.report.overtaken")
    return await show(call, 409)


def _lines_read(call: Call) -> int:
    """How many lines the page had from which the form came."""
    return checked_id(call.form.text("lines"))
