"""Reports of irregularities (L12): those this official may see, one of them, and its reporter on demand."""

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from intake.access import OutOfAreaError
from intake.events import Event
from intake.procedure import Role
from intake.reads.attached import opened
from intake.reads.reports import PER_PAGE, Reporter, find_reports, report_page, reporter_of
from intake.report_access import access_report
from intake.report_codes import HANDLERS, ReportState

READERS: frozenset[Role] = frozenset[Role]().union(*HANDLERS.values())
"""Roles that see reports of some level."""

_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
_FURTHEST = 10_000


@allow(*READERS)
async def show_reports(call: Call) -> web.Response:
    """One page of the list: the open ones first, the oldest on top."""
    typed, page = call.request.query.get("state", ""), call.request.query.get("page", "1")
    state = ReportState(typed) if typed in set(ReportState) else None
    number = min(max(int(page), 1), _FURTHEST) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    async with call.reading() as db:
        found, total = await find_reports(db, call.official, call.now, state, number)
    pages = max(1, -(-total // PER_PAGE))
    return call.page(
        "reports.html",
        found=found,
        total=total,
        states=tuple(ReportState),
        state=state.value if state else "",
        page=number,
        pages=pages,
    )


async def show(call: Call, status: int = 0, reporter: Reporter | None = None) -> web.Response:
    """The page of a report; who opened it stays in the event chain, as whoever made it may ask."""
    async with call.changing() as unit:
        found = await report_page(unit.db, call.official, call.id, unit.now)
        unit.journal.add(Event(unit.now, call.official.actor, "report.opened", f"report:{call.id}"))
    return call.page("report.html", status or call.form.status, found=found, reporter=reporter, shown=_SHOWN)


@allow(*READERS)
async def show_report(call: Call) -> web.Response:
    """One report, without the name and telephone of whoever made it."""
    return await show(call)


@allow(*READERS)
async def show_reporter(call: Call) -> web.Response:
    """The report with what its reporter left of themselves, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        reporter = await reporter_of(unit.db, call.official, call.id)
        data = {"fields": ["name", "phone"]}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"report:{call.id}", data))
    return await show(call, reporter=reporter)


@allow(*READERS)
async def show_file(call: Call) -> web.Response:
    """A photo or a voice of a report. What browsers cannot show is handed over as a file."""
    file_id = checked_id(call.word("file"))
    async with call.reading() as db:
        await access_report(db, call.official, call.id)
        found = await opened(db, f"report:{call.id}", file_id)
    if found is None:
        raise OutOfAreaError
    media_type, content = found
    way = "inline" if media_type in _SHOWN or media_type.startswith("audio/") else "attachment"
    return web.Response(
        body=content,
        content_type=media_type,
        headers={"Content-Disposition": f'{way}; filename="{call.id}-{file_id}.{media_type.partition("/")[2]}"'},
    )
