"""The official papers of a season for its archive: whatever the registry of papers has, for every place that has
households, each as a workbook where it can be one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from admin.printable import PAPERS, Asked, Printable, read_paper
from intake.access import Official
from intake.archive.making import Papers
from intake.archive.steady import steady
from intake.papers.evaluation import evaluation
from intake.papers.model import Paper
from intake.papers.statistics import SHEETS
from intake.papers.word import word
from intake.papers.xlsx import xlsx
from intake.procedure import Pass, Role
from intake.reads.papers.area import Area, open_area
from intake.reads.papers.evaluation import evaluation_facts
from intake.reads.village_meetings import village_meetings
from locales import Texts

_WORD_ROWS = 30
"""Households of a meeting up to which its minutes are a Word file: a long table there takes a hundred times as long."""
_WHOLE = frozenset({"sheet", "disaster"})
"""What is asked for papers whose rows of a township stand, in the same order, on the county's: drawn once."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One paper of a place: its file, and what is asked for it; ``printable`` None is the evaluation report."""

    file: str
    printable: Printable | None
    asked: Asked


def season_papers(t: Texts, now: datetime) -> Papers:
    """What draws the papers of a season, as of ``now``."""

    async def papers(
        db: AsyncSession, official: Official, season: str, places: Sequence[str]
    ) -> AsyncIterator[tuple[str, bytes]]:
        for code in places:
            area = await open_area(db, t, official, code, season)
            meetings = (
                [one.id for one in await village_meetings(db, area.official, area.scheme_id, code)]
                if area.level == "village"
                else []
            )
            for one in sorted(_wanted(t, area, meetings, now), key=lambda one: one.file):
                paper, households = await _read(db, t, area, one)
                file = one.file.replace(".docx", ".xlsx") if households > _WORD_ROWS else one.file
                yield f"data/papers/{code}/{file}", await asyncio.to_thread(_writer(file, now), paper)
                db.expunge_all()

    return papers


async def _read(db: AsyncSession, t: Texts, area: Area, one: _Drawn) -> tuple[Paper, int]:
    if one.printable is None:
        return evaluation(t, await evaluation_facts(db, area)), 0
    facts = await read_paper(db, t, area, one.printable.name, one.asked)
    return facts.paper, facts.households


def _writer(file: str, now: datetime) -> Callable[[Paper], bytes]:
    if file.endswith(".xlsx"):
        return lambda paper: xlsx(paper, now.replace(tzinfo=None))
    return lambda paper: steady(word(paper))


def _wanted(t: Texts, area: Area, meetings: Sequence[int], now: datetime) -> Iterator[_Drawn]:
    for printable in PAPERS.values():
        if not printable.fits(Role.COUNTY, area.level):
            continue
        if area.level != "county" and "county" in printable.levels and _WHOLE & set(printable.asks):
            continue
        kind = "xlsx" if "xlsx" in printable.kinds else "docx"
        for suffix, asked in _variants(t, area, printable, meetings, now):
            yield _Drawn(f"{printable.name}{suffix}.{kind}", printable, asked)
    if area.level != "village":
        yield _Drawn("evaluation.docx", None, _asked(t, area, now))


def _asked(
    t: Texts, area: Area, now: datetime, pass_: Pass = Pass.GRANT, sheet: str = SHEETS[0], review: int = 0
) -> Asked:
    disasters = t("admin.archive.and").join(t(f"disaster.{code}") for code in area.scheme.all_disasters())
    return Asked(pass_, disasters, sheet, area.scheme.statistics_columns, review, now)


def _variants(
    t: Texts, area: Area, printable: Printable, meetings: Sequence[int], now: datetime
) -> Iterator[tuple[str, Asked]]:
    """Every way in which a paper is asked for: each pass, each sheet, each meeting."""
    if "review" in printable.asks:
        yield from ((f"-{one}", _asked(t, area, now, review=one)) for one in meetings)
    elif "pass_" in printable.asks:
        yield from ((f"-{one.value}", _asked(t, area, now, pass_=one)) for one in Pass)
    elif "sheet" in printable.asks:
        yield from ((f"-{one}", _asked(t, area, now, sheet=one)) for one in SHEETS)
    else:
        yield "", _asked(t, area, now)
