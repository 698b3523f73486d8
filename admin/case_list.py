"""Finding cases of my area by what is typed into the find box, by village and by state."""

from aiohttp import web

from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.listing import page_of, pages_of, village_of
from admin.words import label
from intake.events import Event
from intake.models import Case
from intake.procedure import Pass, State
from intake.reads.cases import find_cases
from intake.reads.place_names import villages_in
from intake.reads.sought import ANYONE, LONGEST, Sought, sought

STATES = {
    f"{pass_.value}-{state.value}": (pass_, state)
    for pass_ in Pass
    for state in State
    if (pass_, state) not in {(Pass.NEED, State.ACCEPTED), (Pass.NEED, State.PAID)}
}
"""Where a case can stand now: an accepted need stands in its grant."""


@allow(*CASE_READERS)
async def show_cases(call: Call) -> web.Response:
    """One page of the list."""
    query, page = call.request.query, page_of(call)
    words = query.get("q", "").strip()[:LONGEST]
    state, village, nominated = query.get("state", ""), village_of(call), query.get("nominated") == "1"
    at = STATES.get(state)
    async with call.reading() as db:
        asked_for = await sought(db, call.official, words) if words else ANYONE
        found, total = await find_cases(
            db,
            call.official,
            matching=asked_for.condition,
            at=at,
            village=village,
            nominated=nominated,
            page=page,
        )
        places = await villages_in(db, call.official, Case.village)
    if asked_for.beyond:
        await _note(call, asked_for)
    asked = {"q": words, "state": state if at else "", "village": village}
    return call.page(
        "cases.html",
        found=found,
        total=total,
        page=page,
        pages=pages_of(total),
        states=[
            (code, f"{label(call.t, 'pass', one)} · {label(call.t, 'state', two)}")
            for code, (one, two) in STATES.items()
        ],
        nominated=nominated,
        places=places,
        asked=asked | ({"nominated": "1"} if nominated else {}),
    )


async def _note(call: Call, found: Sought) -> None:
    """Rows of the list are masked, so finding them is no sight of open data. But a number that was compared beyond what
    its mask shows is known now to whoever typed it: that stays in the event chain, without the number."""
    async with call.changing() as unit:
        data = {"fields": list(found.beyond)}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.sought", f"staff:{call.official.id}", data))
