"""Township audit and county decision (L8 steps 3 and 4): one page, yes or no to each household, all saved together."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from intake.batches.freeze import hold_lists
from intake.decisions import Ruling, rule_on
from intake.moves import RefusedError, overtaken
from intake.procedure import Action, Role, State, actions
from intake.reads.batches import batches_of
from intake.reads.heads import heads
from intake.reads.households import lines
from intake.reads.progress import waiting
from intake.reads.seasons import current_scheme
from intake.reads.signals import signals_of
from intake.signals.find import by_case
from intake.steps import step

ROWS = 50
YES = frozenset({Action.PASS_AUDIT, Action.ACCEPT})
NO = frozenset({Action.CUT, Action.REFUSE})
"""What else the page offers, sending back and asking for papers, decides nothing."""
SURE, BACK = "sure", "back"
"""What was answered when it was asked whether all the rest should pass."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an authority rules: the state its households wait in, and its page."""

    name: str
    state: State


AUDIT = Desk("audit", State.PROPOSED)
DECIDE = Desk("decide", State.BATCHED)


async def _show(call: Call, desk: Desk) -> web.Response:
    pass_, village, batch = call.pass_, call.request.query.get("village", ""), call.request.query.get("batch", "")
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        counted = await waiting(db, call.official, scheme[0].id, [desk.state], [pass_]) if scheme else []
        rows = (
            await lines(
                db,
                call.official,
                scheme[0].id,
                pass_,
                [desk.state],
                village=village or None,
                batch=checked_id(batch) if batch else None,
                most=ROWS + 1,
            )
            if scheme
            else []
        )
        gone = set(call.form.refusals) - {row.id for row in rows} - {0}
        names = await heads(db, call.official, gone)
        on = await batches_of(db, pass_, [row.id for row in rows[:ROWS]]) if desk is DECIDE else {}
        signals = by_case(await signals_of(db, call.official, [row.id for row in rows[:ROWS]]))
    return call.page(
        "rulings.html",
        call.form.status,
        desk=desk,
        pass_=pass_,
        counted=counted,
        village=village,
        batch=batch,
        rows=rows[:ROWS],
        more=len(rows) > ROWS,
        signals=signals,
        on=on,
        named=next((one for one in on.values() if batch == str(one.id)), None),
        choices=[row.action.value for row in actions(pass_, desk.state, call.official.role)],
        names=names,
    )


async def _save(call: Call, desk: Desk) -> web.Response:
    """Save what was chosen. Passing all the rest is asked once more: one press would decide whole villages."""
    form = call.form
    if form.text("rest") == BACK:
        return await _show(call, desk)
    offered = {row.action.value: row.action for row in actions(call.pass_, desk.state, call.official.role)}
    rest = next((action for action in offered.values() if action in YES), None) if form.text("rest") else None
    chosen: dict[int, Action] = {}
    left: list[int] = []
    for case_id in call.cases:
        action = offered.get(form.text(f"ruling-{case_id}"))
        if action is not None:
            chosen[case_id] = action
        elif form.text(f"reason-{case_id}"):
            form.wrong(f"ruling-{case_id}", "admin.wrong.ruling")
        elif rest is not None:
            left.append(case_id)
            chosen[case_id] = rest
    if not chosen and not form.errors:
        form.wrong("rulings", "admin.wrong.nothing_chosen")
    if form.errors:
        return await _show(call, desk)
    if left and form.text("rest") != SURE:
        return await _ask(call, desk, left, len(chosen) - len(left))
    try:
        await _rule(call, desk, chosen)
    except RefusedError as error:
        await call.refuse(error, call.pass_)
        return await _show(call, desk)
    return call.on(f"/admin/{desk.name}/{call.pass_.value}", "rulings", len(chosen))


async def _ask(call: Call, desk: Desk, left: list[int], others: int) -> web.Response:
    """Whether really all of ``left`` pass, by village; with everything that was typed, to send or to go back with."""
    async with call.reading() as db:
        named = await heads(db, call.official, left)
    villages: dict[str, list[str]] = {}
    for one in named.values():
        villages.setdefault(one.village_name, []).append(one.head)
    asked = [f"{part}-{case_id}" for case_id in call.cases for part in ("ruling", "reason", "revision")]
    kept = {name: call.form.text(name) for name in asked}
    return call.page(
        "rest.html",
        desk=desk,
        pass_=call.pass_,
        village=call.request.query.get("village", ""),
        batch=call.request.query.get("batch", ""),
        villages=villages,
        left=left,
        others=others,
        typed={name: value for name, value in kept.items() if value},
    )


async def _rule(call: Call, desk: Desk, chosen: Mapping[int, Action]) -> None:
    """Everything of one page in one unit; what is refused is gathered from all of it."""
    reasons = {case_id: call.form.text(f"reason-{case_id}") for case_id in chosen}
    shown = {case_id: call.form.shown(desk.state, case_id) for case_id in chosen}
    async with call.changing() as unit:
        refused = await overtaken(unit.db, call.official, call.pass_, shown)
        there = {case_id: action for case_id, action in chosen.items() if case_id not in refused}
        await hold_lists(unit.db, call.pass_, there)
        rulings = {
            case_id: Ruling(action in YES, reasons[case_id])
            for case_id, action in there.items()
            if action in YES or action in NO
        }
        if rulings:
            try:
                await rule_on(unit.db, unit.journal, call.official, unit.now, call.pass_, rulings)
            except RefusedError as error:
                refused |= error.refusals
        for case_id in sorted(there.keys() - rulings.keys()):
            try:
                await step(unit, call.official, call.pass_, case_id, there[case_id], reasons[case_id])
            except RefusedError as error:
                refused |= error.refusals
        if refused:
            raise RefusedError(refused)


@allow(Role.TOWNSHIP)
async def show_audit(call: Call) -> web.Response:
    """The households that wait for the township's audit."""
    return await _show(call, AUDIT)


@allow(Role.TOWNSHIP)
async def do_audit(call: Call) -> web.Response:
    """Pass, cut, send back or ask for papers."""
    return await _save(call, AUDIT)


@allow(Role.COUNTY)
async def show_decide(call: Call) -> web.Response:
    """The households that wait for the county's decision."""
    return await _show(call, DECIDE)


@allow(Role.COUNTY)
async def do_decide(call: Call) -> web.Response:
    """Accept, refuse, send back or ask for papers."""
    return await _save(call, DECIDE)
