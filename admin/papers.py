"""The official papers of my area: what there is to print, and the printing. Who printed names, numbers or cards stays
in the event chain."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.call import Call, checked_id
from admin.gate import CASE_READERS, allow
from admin.paper import file, missing
from admin.printable import BLANK, NOTICES, PAPERS, REPORTS, Asked, Printable, blank_paper, read_paper, unproven
from admin.qr import modules
from admin.words import day, label, options
from intake.access import OutOfAreaError
from intake.events import Event
from intake.models import Division, Notice
from intake.papers.evaluation import evaluation
from intake.papers.glyphs import MissingGlyphsError
from intake.papers.model import Paper
from intake.papers.pdf import pdf
from intake.papers.poster import poster
from intake.papers.qr import Code
from intake.papers.statistics import SHEETS
from intake.papers.word import word
from intake.papers.xlsx import xlsx
from intake.procedure import Pass
from intake.reads.papers.area import LEVELS, Area, open_area
from intake.reads.papers.below import below
from intake.reads.papers.evaluation import evaluation_facts
from intake.reads.papers.form2 import numbers_of
from intake.reads.papers.poster import Codes, poster_facts
from intake.reads.running_notices import running_notices
from intake.reads.seasons import current_scheme
from intake.reads.village_meetings import Meeting, village_meetings

MOST_ROWS = 1000
"""Households on one paper for Word or print: more is printed village by village (and takes seconds and memory)."""
_WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": word, "xlsx": xlsx, "pdf": pdf}


@allow(*CASE_READERS)
async def show_papers(call: Call) -> web.Response:
    """What there is to print for one place of my area, and the places beneath it."""
    official = call.official
    code = call.request.query.get("place") or official.division or ""
    async with call.reading() as db:
        if await current_scheme(db, official) is None:
            return call.page("papers.html", area=None)
        area = await open_area(db, call.t, official, code)
        village = area.level == "village"
        posted = [one for one in await running_notices(db, official) if one.village.startswith(code)]
        return call.page(
            "papers.html",
            area=area,
            above=await _above(db, area),
            below=await below(db, official, code),
            papers=[one for one in PAPERS.values() if one.fits(official.role, area.level)],
            blanks=[one for one in PAPERS.values() if official.role in one.roles and one.name in BLANK],
            batches=[(n, call.t("admin.batches.number", n=n)) for n in range(1, await numbers_of(db, area) + 1)],
            meetings=[(one.id, _met(call, one)) for one in await village_meetings(db, official, area.scheme_id, code)]
            if village
            else [],
            notices=posted if official.role in NOTICES else [],
            evaluates=official.role in REPORTS and not village,
            passes=options(call.t, "pass", [one.value for one in reversed(Pass)]),
            sheets=SHEETS,
        )


def _met(call: Call, met: Meeting) -> str:
    return f"{day(call.t, met.held_on)} {label(call.t, 'pass', met.pass_.value)}"


@allow(*CASE_READERS)
async def show_blank(call: Call) -> web.Response:
    """A paper to be filled in by hand."""
    printable, kind = _named(call)
    if call.official.role not in printable.roles:
        return call.page("error.html", 403, what="admin.error.role")
    drawn = await asyncio.to_thread(_WRITERS[kind], blank_paper(call.t, printable.name))
    return file(drawn, kind, printable.name)


@allow(*CASE_READERS)
async def do_paper(call: Call) -> web.Response:
    """A paper of one place, with everything open; who printed it stays in the event chain. What cannot be printed
    leaves no event."""
    printable, kind = _named(call)
    code = call.word("place")
    if call.official.role not in printable.roles:
        return call.page("error.html", 403, what="admin.error.role")
    if not printable.fits(call.official.role, LEVELS[len(code)]):
        raise OutOfAreaError
    back, here = f"/admin/papers?place={code}", f"/admin/papers/{code}/{printable.name}"
    async with call.reading() as db:
        area = await open_area(db, call.t, call.official, code)
        asked = _asked(call, printable)
        if faults := await unproven(db, area, printable.name, asked):
            return call.page("unproven.html", 409, faults=faults, back=back)
        facts = await read_paper(db, call.t, area, printable.name, asked)
    if kind != "xlsx" and facts.households > MOST_ROWS:
        return call.page("papers_many.html", 422, n=facts.households, most=MOST_ROWS, back=back, book=f"{here}.xlsx")
    try:
        drawn = await asyncio.to_thread(_WRITERS[kind], facts.paper)
    except MissingGlyphsError as error:
        return missing(call, error.characters, f"{here}.docx", back, post=True)
    async with call.changing() as unit:
        data = {"form": printable.name, "as": kind, "households": facts.households, **facts.asked}
        unit.journal.add(Event(unit.now, call.official.actor, "papers.printed", f"division:{code}", data))
    return file(drawn, kind, f"{printable.name}-{code}")


@allow(*REPORTS)
async def show_evaluation(call: Call) -> web.Response:
    """The evaluation report: counts and sums, nobody's data."""
    code, kind = call.word("place"), call.word("kind")
    async with call.reading() as db:
        area = await open_area(db, call.t, call.official, code)
        if area.level == "village":
            raise OutOfAreaError
        facts = await evaluation_facts(db, area)
    try:
        drawn = await asyncio.to_thread(_WRITERS[kind], evaluation(call.t, facts))
    except MissingGlyphsError as error:
        return missing(call, error.characters, "", f"/admin/papers?place={code}")
    return file(drawn, kind, f"evaluation-{code}")


@allow(*NOTICES)
async def show_poster(call: Call) -> web.Response:
    """A notice for the village's wall: what anybody may read."""
    async with call.reading() as db:
        notice = await db.get(Notice, call.id)
        village = notice.village if notice else ""
        codes = Codes(
            Code(modules(f"{call.context.public_url}/notices/{village}"), ()),
            Code(modules(call.context.scene_link(f"r{village}")), ()),
        )
        facts = await poster_facts(db, call.t, call.official, call.id, codes)
    try:
        drawn = await asyncio.to_thread(poster, call.t, facts)
    except MissingGlyphsError as error:
        return missing(call, error.characters, "", f"/admin/notice/{call.id}")
    return file(drawn, "pdf", f"poster-{village}")


def _named(call: Call) -> tuple[Printable, str]:
    """The paper and the format of the path.

    Raises:
        OutOfAreaError: there is no such paper, or not in that format.
    """
    printable, kind = PAPERS.get(call.word("paper")), call.word("kind")
    if printable is None or kind not in printable.kinds:
        raise OutOfAreaError
    return printable, kind


def _asked(call: Call, printable: Printable) -> Asked:
    """What the official chose on the page."""
    form = call.form
    review = form.text("review")
    if printable.name == "minutes" and not review:
        raise OutOfAreaError
    more = [" ".join(line.split()) for line in form.text("more").splitlines()]
    return Asked(
        pass_=Pass(form.choice("pass_", [one.value for one in Pass]) or Pass.GRANT.value),
        disaster=form.text("disaster")[:_LONGEST],
        sheet=form.choice("sheet", SHEETS) or SHEETS[0],
        more=tuple(line[:_LONGEST] for line in more if line)[:_COLUMNS],
        review=checked_id(review) if review else 0,
        now=call.now,
        batch=int(batch) if (batch := form.text("batch")).isascii() and batch.isdigit() and len(batch) < 6 else None,
    )


async def _above(db: AsyncSession, area: Area) -> list[Division]:
    """The divisions above this one, as far as they are the official's."""
    codes = [area.code[:digits] for digits in LEVELS if digits < len(area.code)]
    return [await db.get_one(Division, code) for code in codes if area.official.covers(code)]


_LONGEST, _COLUMNS = 30, 12
