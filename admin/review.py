"""Writing down a village review meeting (L7, L8 step 2): the meeting, and what it said of each household."""

from collections.abc import Collection

from aiohttp import web

from admin.call import Call
from admin.forms import Form
from admin.gate import allow
from admin.verdicts import Sitting, read_kin, read_verdict
from intake.access import access_village
from intake.moves import RefusedError, overtaken
from intake.procedure import Pass, Role, State
from intake.reads.heads import heads
from intake.reads.hints import hints
from intake.reads.households import lines
from intake.reads.seasons import current_scheme
from intake.relatives import KINSHIP, declare_all
from intake.reviews import FORMS, Meeting, attendance_fault, hours_fault, record_review
from intake.rules import Refusal, enough_present, tier_amount_fen
from intake.scheme import SchemeContent
from intake.unit import Unit
from store.clock import china_date

LONGEST = 100
"""Characters of a place or a name."""
ROWS = 50
"""Households on one form; the next ones follow when these are done."""


@allow(Role.VILLAGE)
async def show_review(call: Call) -> web.Response:
    """The form of the meeting, with the households that wait for it."""
    return await _show(call)


async def _show(call: Call) -> web.Response:
    code, pass_ = call.word("code"), call.pass_
    async with call.reading() as db:
        village = await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        rows = (
            await lines(db, call.official, scheme[0].id, pass_, [State.APPLIED], village=code, most=ROWS + 1)
            if scheme
            else []
        )
        gone = set(call.form.refusals) - {row.id for row in rows} - {0}
        names = await heads(db, call.official, gone)
        proposed = await hints(db, call.official, {row.id for row in rows}) if pass_ is Pass.GRANT else {}
    content = scheme[1] if scheme else None
    usual = {row.id: _usual(content, row.persons) for row in rows} if content and pass_ is Pass.GRANT else {}
    return call.page(
        "review.html",
        call.form.status,
        village=village,
        pass_=pass_,
        rows=rows[:ROWS],
        more=len(rows) > ROWS,
        usual=usual,
        names=names,
        proposed=proposed,
        today=china_date(call.now).isoformat(),
        content=content,
        kinship=KINSHIP,
    )


def _usual(content: SchemeContent, persons: int) -> dict[str, int]:
    return {tier: tier_amount_fen(content, tier, persons) for tier in content.tiers}


@allow(Role.VILLAGE)
async def do_review(call: Call) -> web.Response:
    """Record the meeting and move its households, all or none."""
    form, code, pass_ = call.form, call.word("code"), call.pass_
    async with call.reading() as db:
        await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        named = await heads(db, call.official, call.cases)
    if scheme is None:
        return await _show(call)
    meeting = _meeting(call, scheme[1])
    present = meeting.present if meeting and "present" not in form.errors else None
    sitting = Sitting(call.now, pass_, scheme[1], code, present)
    read = {case_id: read_verdict(form, case_id, sitting, named.get(case_id)) for case_id in call.cases}
    verdicts = {case_id: verdict for case_id, verdict in read.items() if verdict is not None}
    kin = {case_id: one for case_id in named if (one := read_kin(form, case_id)) is not None}
    if not verdicts and not any(name.startswith("verdict-") for name in form.errors):
        form.against("households", Refusal("L7", "refusal.L7.no_households"))
    if meeting is None or form.errors:
        return await _show(call)
    try:
        async with call.changing() as unit:
            await _there(call, unit, verdicts)
            await declare_all(unit.db, unit.journal, call.official, unit.now, kin)
            await record_review(unit.db, unit.journal, call.official, unit.now, code, pass_, meeting, verdicts)
    except RefusedError as error:
        await call.refuse(error, pass_)
        return await _show(call)
    return call.on("/admin/", "review", len(verdicts))


async def _there(call: Call, unit: Unit, case_ids: Collection[int]) -> None:
    """A meeting speaks of households as its page showed them; one that was sent back since is reviewed anew.

    Raises:
        RefusedError: which of them stand elsewhere now.
    """
    shown = {case_id: call.form.shown(State.APPLIED, case_id) for case_id in case_ids}
    if refused := await overtaken(unit.db, call.official, call.pass_, shown):
        raise RefusedError(refused)


def _meeting(call: Call, content: SchemeContent) -> Meeting | None:
    """The meeting as typed, each fault noted at its field; None where not even its day can be read."""
    form = call.form
    held_on, present = form.day("held_on"), form.count("present")
    held_as, minutes = form.choice("form", FORMS), form.text("minutes")
    if held_on is not None and held_on > china_date(call.now):
        form.against("held_on", Refusal("L7", "refusal.L7.meeting_in_future"))
    if present < 1:
        form.against("present", Refusal("L7", "refusal.L7.nobody_present"))
    if not held_as:
        form.against("form", Refusal("L7", "refusal.L7.no_form"))
    if not minutes:
        form.against("minutes", Refusal("L7", "refusal.L7.no_minutes"))
    called = form.count("called") if content.quorum.share_percent else None
    if not form.errors.keys() & {"present", "called"} and (few := enough_present(content, present, called)):
        form.against("called" if "called" in few.params or few.key.endswith("nobody_called") else "present", few)
    begins, ends = form.hour("begins_at", "admin.meeting.no_begin"), form.hour("ends_at")
    place, chair, clerk = (_needed(form, name) for name in ("place", "chair", "clerk"))
    names = tuple(line.strip() for line in form.text("attendance").splitlines() if line.strip())
    if any(len(name) > LONGEST for name in names):
        form.wrong("attendance", "admin.meeting.too_long", most=LONGEST)
    if held_on is None:
        return None
    meeting = Meeting(held_on, held_as, present, minutes, called, place, begins, ends, chair, clerk, names)
    if fault := hours_fault(meeting):
        form.against("ends_at", fault)
    if "present" not in form.errors and (fault := attendance_fault(meeting)):
        form.against("attendance", fault)
    return meeting


def _needed(form: Form, name: str) -> str:
    text = form.text(name)
    if not text:
        form.wrong(name, f"admin.meeting.no_{name}")
    elif len(text) > LONGEST:
        form.wrong(name, "admin.meeting.too_long", most=LONGEST)
    return text
