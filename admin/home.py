"""The first page: what waits for me, and how far each village is."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.call import Call
from admin.gate import PEOPLE, allow, everybody
from admin.listing import township_of
from admin.paths import WAITS, list_path, work_path
from admin.payments import PAYERS
from admin.poster import POSTERS
from admin.season import next_due
from intake.discovery_codes import WORKERS
from intake.models import FundRequest
from intake.procedure import Pass, Role, State
from intake.reads.discoveries import count_new
from intake.reads.fund_requests import asks_for, newest
from intake.reads.handovers import waiting as talks_waiting
from intake.reads.payment_lists import count_to_release
from intake.reads.progress import Waiting, waiting
from intake.reads.referrals import count_open
from intake.reads.reports import count_untaken
from intake.reads.running_notices import running_notices
from intake.reads.seasons import current_scheme
from intake.reads.village_meetings import Meeting, village_meetings
from intake.season_done import done_steps

MOST_VILLAGES = 40
"""Villages that the table shows one by one."""
MOST_MEETINGS = 6
"""A village's meetings that the page shows, the newest."""
_TOWNSHIP = 9
"""Digits of a township's code."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work of mine: households in one state of one pass, and the page to do it on."""

    pass_: Pass
    state: State
    path: str
    households: int
    villages: int


@dataclass(frozen=True, slots=True)
class Matter:
    """Work of mine beside the procedure: what it is (the end of its key), how much of it, and how much is late."""

    kind: str
    path: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in the table of villages, with the page behind it."""

    households: int
    path: str
    mine: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One village in one pass, by state; or one township with all of its villages, at ``path``."""

    code: str
    name: str
    above: str
    cells: dict[State, Cell]
    path: str = ""


@allow(*PEOPLE)
async def show_home(call: Call) -> web.Response:
    """Tasks of my area, running notices, and the table of villages; where they are too many to look through, of
    townships, each of which opens on its villages."""
    under = township_of(call)
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        everything = await waiting(db, call.official, scheme[0].id, tuple(State)) if scheme else []
        notices = await running_notices(db, call.official)
        meetings = await _meetings(call, db, scheme[0].id) if scheme else []
        untaken = await count_untaken(db, call.official)
        matters = await _matters(call, db)
        if scheme and scheme[0].closed_at is None and call.official.role in PAYERS:
            lists = await count_to_release(db, call.official, scheme[0].id)
            matters += [Matter("releases", "/admin/payments?state=made", lists, 0)] if lists else []
        asked = await newest(db, asks_for(call.official), scheme[0].id) if scheme and asks_for(call.official) else None
        stands = _asked_for(everything, asked)
        done = await done_steps(db, call.official, scheme[0].id, stands) if scheme else frozenset()
    due, overdue = next_due(call, scheme[0].season, scheme[1], everything, done) if scheme else (None, 0)
    counted = [row for row in everything if row.state in WAITS]
    # A need that is accepted waits for nobody: its grant does.
    counted = [row for row in counted if (row.pass_, row.state) != (Pass.NEED, State.ACCEPTED)]
    inside = [row for row in counted if row.village.startswith(under)]
    whole = not under and len({row.village for row in inside}) > MOST_VILLAGES
    tables = {pass_: _table(call, [row for row in inside if row.pass_ is pass_], whole=whole) for pass_ in Pass}
    return call.page(
        "home.html",
        scheme=scheme[1] if scheme else None,
        tasks=_tasks(call, counted),
        tables=tables,
        under=inside[0].township_name if under and inside else "",
        notices=notices,
        meetings=meetings,
        untaken=untaken,
        matters=matters,
        due=due,
        overdue=overdue,
        request_stands=stands,
        posters=_posters(call),
    )


def _asked_for(counted: list[Waiting], asked: FundRequest | None) -> bool | None:
    """L11: whether the request for funds still equals the reported need; None where there is none."""
    if asked is None:
        return None
    needy = [row for row in counted if (row.pass_, row.state) == (Pass.NEED, State.ACCEPTED)]
    need = sum(row.households for row in needy), sum(row.persons for row in needy)
    return (asked.households, asked.persons) == need


@everybody
async def to_home(call: Call) -> web.Response:
    """The address without its last stroke, as people type it."""
    return call.on("/admin/")


async def _meetings(call: Call, db: AsyncSession, scheme_id: int) -> list[Meeting]:
    """A village's own meetings, to look up, to print and to add photos to."""
    official = call.official
    if official.role is not Role.VILLAGE or not official.division:
        return []
    return await village_meetings(db, official, scheme_id, official.division, MOST_MEETINGS)


async def _matters(call: Call, db: AsyncSession) -> list[Matter]:
    """Who waits for a human, who was found in need and not looked at yet, and referrals that I answer."""
    asking = [one for one in await talks_waiting(db, call.official, call.now) if not one.answered]
    matters = [Matter("handovers", "/admin/handovers", len(asking), sum(one.late for one in asking))]
    if call.official.role not in WORKERS:
        return [matter for matter in matters if matter.count]
    found = await count_new(db, call.official, call.now)
    referred = await count_open(db, call.official, call.now)
    matters += [
        Matter("discoveries", "/admin/discoveries?state=new", *found),
        Matter("referrals", "/admin/referrals?standing=open", *referred),
    ]
    return [matter for matter in matters if matter.count]


def _tasks(call: Call, counted: list[Waiting]) -> list[Task]:
    mine: dict[tuple[str, Pass, State], list[Waiting]] = {}
    for row in counted:
        path = work_path(row.pass_, row.state, call.official.role, row.village)
        if path is not None:
            mine.setdefault((path, row.pass_, row.state), []).append(row)
    return [
        Task(pass_, state, path, sum(row.households for row in rows), len(rows))
        for (path, pass_, state), rows in mine.items()
    ]


def _posters(call: Call) -> str:
    """Where the posters are: the village's own, or the list of the area's; empty where they are not this role's."""
    role, division = call.official.role, call.official.division
    if role not in POSTERS or not division:
        return ""
    return f"/admin/village/{division}/qr" if role is Role.VILLAGE else "/admin/posters"


def _table(call: Call, counted: list[Waiting], *, whole: bool) -> list[PlaceRow]:
    """The rows of a pass, by village; ``whole``: by township."""
    rows: dict[str, PlaceRow] = {}
    for one in counted:
        code = one.village[:_TOWNSHIP] if whole else one.village
        if whole:
            row = rows.setdefault(code, PlaceRow(code, one.township_name, "", {}, f"/admin/?township={code}#villages"))
        else:
            row = rows.setdefault(code, PlaceRow(code, one.village_name, one.township_name, {}))
        work = work_path(one.pass_, one.state, call.official.role, one.village)
        if work is not None and work.startswith(("/admin/audit/", "/admin/decide/")):
            work = f"{work}?village={one.village}"
        path = row.path or work or list_path(one.pass_, one.state, one.village)
        before = row.cells[one.state].households if one.state in row.cells else 0
        row.cells[one.state] = Cell(before + one.households, path, work is not None)
    return sorted(rows.values(), key=lambda row: row.code)
