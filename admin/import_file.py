"""One imported file: its preview, confirming or dropping it, how far it is, and the rows to be mended."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.imports import lists
from admin.listing import page_of, pages_of
from admin.paper import file
from admin.words import moment
from intake.events import Event
from intake.imports.deciding import DecidedError, EmptyError, NotOpenError, confirm, drop
from intake.imports.kinds import IMPORTERS, FileState, Kind, RowState
from intake.reads.imports import REFUSED, Listed, contents, import_file, import_lines, not_yet, not_yet_contents
from intake.reads.place_names import place_names

SECONDS = 10
"""After so many seconds a page of a file that is being filed looks again."""
_ORDER = (
    RowState.REFUSED,
    RowState.FAULT,
    RowState.CLOSED,
    RowState.GOOD,
    RowState.KNOWN,
    RowState.FILED,
    RowState.REOPENED,
    RowState.SKIPPED,
)


@allow(*IMPORTERS)
async def show_import(call: Call) -> web.Response:
    """The preview, the progress or the outcome, with the rows in one state."""
    return await _show(call)


async def _show(call: Call, status: int = 200, said: str = "") -> web.Response:
    page = page_of(call)
    async with call.reading() as db:
        found = await import_file(db, call.official, call.id)
        states = [state for state in _ORDER if found.count(state)]
        state = _state(call, states)
        lines = await import_lines(db, call.official, call.id, state, page) if state else []
        asks = found.kind is Kind.LAST and found.state is FileState.DONE
        left, left_count = await not_yet(db, call.official, call.id, page) if asks else ([], 0)
        lines = left if asks and state is RowState.GOOD else lines
        places = await place_names(db, {line.village for line in lines})
    if call.request.query.get("same") and not said:
        said = call.t("admin.import.same", name=found.by, when=moment(call.t, found.at))
    response = call.page(
        "import_file.html",
        status,
        found=found,
        said=said,
        states=states,
        state=state,
        lines=lines,
        places=places,
        asks=asks,
        left=left_count,
        page=page,
        pages=pages_of(left_count if asks and state is RowState.GOOD else found.count(state) if state else 0),
    )
    if found.state is FileState.CONFIRMED and status == 200:
        response.headers["Refresh"] = str(SECONDS)
    return response


def _state(call: Call, states: list[RowState]) -> RowState | None:
    typed = call.request.query.get("state", "")
    return next((state for state in states if state.value == typed), states[0] if states else None)


@allow(*IMPORTERS)
async def do_confirm(call: Call) -> web.Response:
    """The preview counts; a second press changes nothing."""
    async with call.reading() as db:
        found = await import_file(db, call.official, call.id)
    if found.state is FileState.PREVIEW and found.kind.files and not call.form.text("signed"):
        call.form.wrong("signed", "admin.import.unsigned")
        return await _show(call, 422)
    try:
        async with call.changing() as unit:
            await confirm(unit, call.official, call.id)
    except DecidedError:
        return await _decided(call)
    except NotOpenError:
        return await _show(call, 422, call.t("import.wrong.closed"))
    except EmptyError:
        return await _show(call, 422, call.t("admin.import.confirm.none"))
    return call.on(f"/admin/import/{call.id}")


@allow(*IMPORTERS)
async def do_drop(call: Call) -> web.Response:
    """The preview does not count."""
    try:
        async with call.changing() as unit:
            await drop(unit, call.official, call.id)
    except DecidedError:
        return await _decided(call)
    return call.on("/admin/import", "import_dropped")


async def _decided(call: Call) -> web.Response:
    async with call.reading() as db:
        found = await import_file(db, call.official, call.id)
    what = "dropped" if found.state is FileState.DROPPED else "confirmed"
    when = moment(call.t, found.decided_at or found.at)
    return await _show(call, 409, call.t(f"admin.import.stale.{what}", name=found.decided_by, when=when))


@allow(*IMPORTERS)
async def do_refused(call: Call) -> web.Response:
    """The rows that are not in, as they were typed, each with its reason; who took them stays in the event chain."""
    async with call.reading() as db:
        found = await import_file(db, call.official, call.id)
        rows = [row async for row in contents(db, call.official, call.id, REFUSED)]
    body = await lists(call).refused(call.official, found.kind, rows)
    await _note(call, found, "import.refused_taken", len(rows))
    return file(body, "xlsx", f"refused-{call.id}")


@allow(*IMPORTERS)
async def do_asked(call: Call) -> web.Response:
    """The households of last year's list that have not applied, as applications that are filled in in part."""
    async with call.reading() as db:
        found = await import_file(db, call.official, call.id)
        rows = await not_yet_contents(db, call.official, call.id) if found.kind is Kind.LAST else []
    body = await lists(call).filled(call.official, rows)
    await _note(call, found, "import.asked_taken", len(rows))
    return file(body, "xlsx", f"to-ask-{call.id}")


async def _note(call: Call, found: Listed, what: str, rows: int) -> None:
    async with call.changing() as unit:
        data = {"kind": found.kind.value, "rows": rows}
        unit.journal.add(Event(unit.now, call.official.actor, what, f"import:{found.id}", data))
