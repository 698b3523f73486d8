"""What officials do with a report: take it up, write to the reporter, end it."""

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from admin.reports import READERS, show
from intake.report_steps import OvertakenError, end_report, take_up, write_to_reporter

LONGEST = 1000
"""Characters of one text to a reporter."""


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
    text = _text(call, "text", "admin.report.wrong.text")
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
    text = _text(call, "why", "admin.report.wrong.why")
    if result == "proven":
        consequences = _text(call, "consequences", "admin.report.wrong.consequences")
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


def _text(call: Call, field: str, missing: str) -> str:
    text = call.form.text(field).replace("\r\n", "\n").replace("\0", "")
    if not text:
        call.form.wrong(field, missing)
    elif len(text) > LONGEST:
        call.form.wrong(field, "admin.report.wrong.long", high=LONGEST, length=len(text))
    return text


def _lines_read(call: Call) -> int:
    """How many lines the page had from which the form came."""
    return checked_id(call.form.text("lines"))
