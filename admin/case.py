"""One case: everything of it, its history, its personal fields on demand, and sending it back."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.paths import work_path
from intake.access import access_one
from intake.bank_cards import GIVERS, OVER
from intake.events import Event
from intake.models import Case
from intake.moves import RefusedError, overtaken
from intake.procedure import Action, Pass, Role, State, actions
from intake.reads.attached import attached
from intake.reads.dossier import dossier
from intake.reads.personal import Personal, personal
from intake.reads.signals import signals_around
from intake.relatives import KINSHIP, Kin, declare, kin_fault
from intake.steps import SINGLE, step

DECIDERS = (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY)
"""Roles that decide, and so declare relatives (L12)."""
PERSONAL_FIELDS = ("id_number", "phone", "bank_card", "nominator")


async def case_page(call: Call, opened: Personal | None = None) -> web.Response:
    """The page of the case, with what was typed into one of its forms."""
    async with call.reading() as db:
        found = await dossier(db, call.official, call.id)
        files = await attached(db, f"case:{call.id}")
        signals = await signals_around(db, call.official, found.case)
    role, village = call.official.role, found.case.village
    # An accepted need goes on in its grant: only the last stage moves.
    now = found.stages[-1]
    offered = {row.action for row in actions(now.pass_, now.state, role)}
    steps = [action for action in SINGLE if action in offered]
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
        now_in=now,
        steps=steps,
        declares=role in DECIDERS,
        kinship=KINSHIP,
        gives_card=role in GIVERS and now.state not in OVER,
        work=work,
        files=files,
        signals=signals,
        shown=SHOWN,
    )


@allow(*CASE_READERS)
async def show_case(call: Call) -> web.Response:
    """The case, masked."""
    return await case_page(call)


@allow(*CASE_READERS)
async def show_personal(call: Call) -> web.Response:
    """The case with its personal fields open, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        opened = await personal(unit.db, call.official, call.id)
        data = {"fields": list(PERSONAL_FIELDS)}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"case:{call.id}", data))
    return await case_page(call, opened)


@allow(*CASE_READERS)
async def show_file(call: Call) -> web.Response:
    """A voice of the application, or a photo."""
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Case, call.id)
        return await hand_over(call, unit, f"case:{call.id}")


@allow(Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY)
async def do_step(call: Call) -> web.Response:
    """One step with this case alone: ask for what is missing, send back, settle an appeal, reopen."""
    async with call.reading() as db:
        await access_one(db, call.official, Case, call.id)
    pass_ = Pass(call.form.choice("pass", [one.value for one in Pass]) or Pass.NEED)
    chosen = call.form.choice("action", [one.value for one in SINGLE])
    if not chosen:
        call.form.wrong("action", "admin.wrong.step")
        return await case_page(call)
    stood = call.form.choice("state", [one.value for one in State])
    shown = {call.id: call.form.shown(State(stood), call.id)} if stood else {}
    try:
        async with call.changing() as unit:
            if refused := await overtaken(unit.db, call.official, pass_, shown):
                raise RefusedError(refused)
            await step(unit, call.official, pass_, call.id, Action(chosen), call.form.text("reason"))
    except RefusedError as error:
        await call.refuse(error, pass_)
        return await case_page(call)
    return call.on(f"/admin/case/{call.id}", f"step_{chosen}", 1)


@allow(*DECIDERS)
async def do_relative(call: Call) -> web.Response:
    """An official declares that somebody who decides, by default they themselves, is a relative (L12)."""
    kin = Kin(call.form.choice("kin-relation", KINSHIP), call.form.text("kin-name"))
    fault = kin_fault(kin)
    if fault is not None:
        async with call.reading() as db:
            await access_one(db, call.official, Case, call.id)
        call.form.against("kin-name" if kin.relation else "kin-relation", fault)
        return await case_page(call)
    try:
        async with call.changing() as unit:
            await declare(unit.db, unit.journal, call.official, unit.now, call.id, kin)
    except RefusedError as error:
        call.form.refuse(error, {})
        return await case_page(call)
    return call.on(f"/admin/case/{call.id}", "relative", 1)
