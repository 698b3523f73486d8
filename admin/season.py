"""The calendar of the season: what is due when, what is overdue, and which villages and townships hold it up (L11)."""

from dataclasses import dataclass

from aiohttp import web

from admin.call import Call
from admin.gate import CASE_READERS, allow
from intake.handed_in import MARKERS, STEPS, done_by, marks
from intake.reads.fund_requests import asks_for, stands
from intake.reads.progress import Waiting
from intake.reads.season_counts import VillageCounts, by_village, season_counts
from intake.reads.seasons import current_scheme
from intake.scheme import SchemeContent
from intake.season_calendar import WAITS, Counts, Due, Standing, Step, added, agenda, urgent
from intake.season_done import told
from store.clock import china_date

COUNTED = (Step.SURVEY, Step.REQUEST, Step.PAY)
"""Steps that the cases tell of, village by village."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A village or township and how it stands."""

    name: str
    above: str
    dues: dict[Step, Due]


@allow(*CASE_READERS)
async def show_calendar(call: Call) -> web.Response:
    """The steps of the season for the official's area, then township by township and village by village."""
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        villages = await season_counts(db, call.official, scheme[0].id) if scheme else []
        requested = await stands(db, call.official, scheme[0].id) if scheme else None
        handed = await marks(db, call.official, scheme[0].id) if scheme else []
    if scheme is None:
        return call.page("calendar.html", season="", agenda=[], tables=[], steps=COUNTED, marks={}, may=())
    today = china_date(call.now)

    own = done_by(handed, call.official.division or "")
    done = told(own, requested)

    def dues(counts: Counts, done: frozenset[Step] = frozenset()) -> dict[Step, Due]:
        return {due.step: due for due in agenda(scheme[0].season, scheme[1], today, counts, done)}

    whole = added([one.counts for one in villages])
    by_township: dict[str, list[VillageCounts]] = {}
    for one in villages:
        by_township.setdefault(one.township, []).append(one)
    townships = [PlaceRow(name, "", dues(added([one.counts for one in rows]))) for name, rows in by_township.items()]
    rows = [PlaceRow(one.name, one.township, dues(one.counts)) for one in villages]
    return call.page(
        "calendar.html",
        call.form.status,
        season=scheme[0].season,
        agenda=sorted(dues(whole, done).values(), key=lambda due: due.last_day),
        tables=[
            (call.t("admin.calendar.townships"), townships if len(townships) > 1 else []),
            (call.t("admin.calendar.villages"), rows if len(rows) > 1 else []),
        ],
        steps=COUNTED,
        requested=requested,
        may_ask=bool(asks_for(call.official)),
        marks={step: [one for one in handed if one.step is step] for step in STEPS},
        may=STEPS if call.official.role in MARKERS else (),
        own=own,
        today=today.isoformat(),
    )


def next_due(
    call: Call, season: str, content: SchemeContent, counted: list[Waiting], done: frozenset[Step]
) -> tuple[Due | None, int]:
    """What the home page says of the calendar: the step to look at first, overdue ones before, and how many are
    overdue; from the households of the area by state."""
    counts = added([one.counts for one in by_village(counted)])
    found = agenda(season, content, china_date(call.now), counts, done)
    overdue = [due for due in found if due.standing is Standing.OVERDUE]
    ahead = [due for due in found if due.days_left >= 0 and due.standing is not Standing.DONE]
    first = overdue or [due for due in urgent(ahead) if due.step in WAITS] or ahead
    return (first[0] if first else None), len(overdue)
