"""Reports of irregularities (L12): those this official may see, one of them, and its reporter on demand."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of
from intake.events import Event
from intake.procedure import Role
from intake.reads.reports import Reporter, find_reports, report_page, reporter_of
from intake.report_access import access_report
from intake.report_codes import HANDLERS, ReportState

READERS: frozenset[Role] = frozenset[Role]().union(*HANDLERS.values())
"""Roles that see reports of some level."""


@allow(*READERS)
async def show_reports(call: Call) -> web.Response:
    """One page of the list: the open ones first, the oldest on top."""
    typed, page = call.request.query.get("state", ""), page_of(call)
    state = ReportState(typed) if typed in set(ReportState) else None
    async with call.reading() as db:
        found, total = await find_reports(db, call.official, call.now, state, page)
    return call.page(
        "reports.html",
        found=found,
        total=total,
        states=tuple(ReportState),
        state=state.value if state else "",
        page=page,
        pages=pages_of(total),
    )


async def show(call: Call, status: int = 0, reporter: Reporter | None = None) -> web.Response:
    """The page of a report; who opened it stays in the event chain, as whoever made it may ask."""
    async with call.changing() as unit:
        found = await report_page(unit.db, call.official, call.id, unit.now)
        unit.journal.add(Event(unit.now, call.official.actor, "report.opened", f"report:{call.id}"))
    return call.page("report.html", status or call.form.status, found=found, reporter=reporter, shown=SHOWN)


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
    """A photo or a voice of a report."""
    async with call.changing() as unit:
        await access_report(unit.db, call.official, call.id)
        return await hand_over(call, unit, f"report:{call.id}")
