"""A notice that hangs: days left, objections taken down by the village and settled by the township (L8)."""

from collections import Counter

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import CASE_READERS, allow
from admin.printable import NOTICES
from intake.access import OutOfAreaError, access_one
from intake.models import Division, Notice
from intake.moves import RefusedError
from intake.notices import object_to, settle
from intake.procedure import Action, Pass, Role, State, actions
from intake.reads.notice_households import on_notice
from intake.reads.objectors import READERS, Objector
from store.clock import china_date


async def show(call: Call, opened: Objector | None = None) -> web.Response:
    """The page of a notice; ``opened`` is who made one of its objections, where that was asked for."""
    async with call.reading() as db:
        notice = await access_one(db, call.official, Notice, call.id)
        posted, disputes = await on_notice(db, call.official, notice)
        village = await db.get_one(Division, notice.village)
    pass_, role = Pass(notice.pass_), call.official.role
    running = call.now < notice.closes_at
    can_object = [row for row in posted if running and _may(pass_, row.state, role, Action.OBJECT)]
    return call.page(
        "notice.html",
        call.form.status,
        notice=notice,
        village=village,
        pass_=pass_,
        running=running,
        days_left=(china_date(notice.closes_at) - china_date(call.now)).days,
        posted=posted,
        disputes=sorted(disputes, key=lambda one: one.settled_at is not None),
        still_open=Counter(one.case_id for one in disputes if one.settled_at is None),
        can_object=can_object,
        can_settle=_may(pass_, State.HELD, role, Action.DISMISS),
        may_know=role in READERS,
        may_print=role in NOTICES,
        opened=opened,
    )


async def _refused(call: Call, error: RefusedError) -> web.Response:
    async with call.reading() as db:
        notice = await access_one(db, call.official, Notice, call.id)
    await call.refuse(error, Pass(notice.pass_))
    return await show(call)


def _may(pass_: Pass, state: State, role: Role, action: Action) -> bool:
    return any(row.action is action for row in actions(pass_, state, role))


@allow(*CASE_READERS)
async def show_notice(call: Call) -> web.Response:
    """The notice with its households and objections."""
    return await show(call)


@allow(Role.VILLAGE)
async def do_object(call: Call) -> web.Response:
    """Take down an objection to one household."""
    form = call.form
    if not form.text("household"):
        form.wrong("household", "admin.wrong.household")
        return await show(call)
    case_id = checked_id(form.text("household"))
    try:
        async with call.changing() as unit:
            await object_to(unit.db, unit.journal, call.official, unit.now, call.id, case_id, form.text("text"))
    except RefusedError as error:
        return await _refused(call, error)
    return call.on(f"/admin/notice/{call.id}", "objection", 1)


@allow(Role.TOWNSHIP)
async def do_settle(call: Call) -> web.Response:
    """Uphold or dismiss an objection, with the answer."""
    form, objection_id = call.form, checked_id(call.form.text("objection"))
    async with call.reading() as db:
        notice = await access_one(db, call.official, Notice, call.id)
        _posted, disputes = await on_notice(db, call.official, notice)
    if objection_id not in {dispute.id for dispute in disputes}:
        raise OutOfAreaError
    chosen = form.choice(f"upheld-{objection_id}", ("yes", "no"))
    if not chosen:
        form.wrong(f"upheld-{objection_id}", "admin.wrong.upheld")
        return await show(call)
    answer = form.text(f"answer-{objection_id}")
    try:
        async with call.changing() as unit:
            await settle(
                unit.db,
                unit.journal,
                call.official,
                unit.now,
                objection_id,
                upheld=chosen == "yes",
                answer=answer,
                read=form.number("read"),
            )
    except RefusedError as error:
        return await _refused(call, error)
    return call.on(f"/admin/notice/{call.id}", "settled", 1)
