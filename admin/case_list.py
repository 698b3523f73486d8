"""Finding cases of my area by name, number, village and state."""

from urllib.parse import urlencode

from aiohttp import web

from admin.call import Call
from admin.gate import CASE_READERS, allow
from intake.procedure import Pass, State
from intake.reads.cases import PER_PAGE, find_cases
from intake.reads.villages import villages_with_cases

STATES = tuple(
    (pass_, state)
    for pass_ in Pass
    for state in State
    if (pass_, state) not in {(Pass.NEED, State.ACCEPTED), (Pass.NEED, State.PAID)}
)
"""Where a case can stand now: an accepted need stands in its grant."""
_FURTHEST = 10_000


@allow(*CASE_READERS)
async def show_cases(call: Call) -> web.Response:
    """One page of the list."""
    query = call.request.query
    words = query.get("q", "").replace("\0", "").strip()[:60]
    state, village = query.get("state", ""), query.get("village", "").replace("\0", "")
    at = next((one for one in STATES if f"{one[0].value}-{one[1].value}" == state), None)
    nominated = query.get("nominated") == "1"
    typed = query.get("page", "1")
    page = min(max(int(typed), 1), _FURTHEST) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    async with call.reading() as db:
        found, total = await find_cases(
            db, call.official, words=words, at=at, village=village, nominated=nominated, page=page
        )
        places = await villages_with_cases(db, call.official)
    asked = urlencode(
        {"q": words, "state": state if at else "", "village": village} | ({"nominated": "1"} if nominated else {})
    )
    return call.page(
        "cases.html",
        found=found,
        total=total,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        words=words,
        state=state,
        states=STATES,
        village=village,
        nominated=nominated,
        places=places,
        asked=asked,
    )
