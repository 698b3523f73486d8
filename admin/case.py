"""One case: everything of it, its history, its personal fields on demand, and sending it back."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.paths import work_path
from intake.access import access_one
from intake.decisions import send_back
from intake.events import Event
from intake.models import Case
from intake.moves import RefusedError
from intake.procedure import Action, Pass, Role, actions
from intake.reads.attached import attached
from intake.reads.dossier import dossier
from intake.reads.personal import Personal, personal

PERSONAL_FIELDS = ("id_number", "phone", "bank_card", "nominator")


async def _show(call: Call, opened: Personal | None = None) -> web.Response:
    async with call.reading() as db:
        found = await dossier(db, call.official, call.id)
        files = await attached(db, f"case:{call.id}")
    role, village = call.official.role, found.case.village
    returnable = [
        stage.pass_
        for stage in found.stages
        if any(row.action is Action.RETURN for row in actions(stage.pass_, stage.state, role))
    ]
    work = [
        (stage, path)
        for stage in found.stages
        if (path := work_path(stage.pass_, stage.state, role, village)) is not None
    ]
    return call.page(
        "case.html",
        call.form.status,
        found=found,
        opened=opened,
        returnable=returnable,
        work=work,
        files=files,
        shown=SHOWN,
    )


@allow(*CASE_READERS)
async def show_case(call: Call) -> web.Response:
    """The case, masked."""
    return await _show(call)


@allow(*CASE_READERS)
async def show_personal(call: Call) -> web.Response:
    """The case with its personal fields open, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        opened = await personal(unit.db, call.official, call.id)
        data = {"fields": list(PERSONAL_FIELDS)}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"case:{call.id}", data))
    return await _show(call, opened)


@allow(*CASE_READERS)
async def show_file(call: Call) -> web.Response:
    """A voice of the application, or a photo."""
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Case, call.id)
        return await hand_over(call, unit, f"case:{call.id}")


@allow(Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY)
async def do_return(call: Call) -> web.Response:
    """Send the case back to the village review, with the reason."""
    async with call.reading() as db:
        await dossier(db, call.official, call.id)
    pass_ = Pass(call.form.choice("pass", [one.value for one in Pass]) or Pass.NEED)
    try:
        async with call.changing() as unit:
            await send_back(unit.db, unit.journal, call.official, unit.now, pass_, call.id, call.form.text("reason"))
    except RefusedError as error:
        await call.refuse(error, pass_)
        return await _show(call)
    return call.on(f"/admin/case/{call.id}", "returned", 1)
