"""Which papers there are, who prints them, for which places, and how each is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.batches.check import Fault, check
from intake.batches.freeze import TOWNSHIP, VILLAGE
from intake.papers.annex1 import Annex1, annex1
from intake.papers.form2 import Form2, form2
from intake.papers.form3 import Form3, form3
from intake.papers.form4 import Form4, form4
from intake.papers.minutes import Minutes, minutes
from intake.papers.model import Paper
from intake.papers.statistics import statistics
from intake.procedure import Pass, Role
from intake.reads.papers.annex1 import annex1_facts
from intake.reads.papers.area import Area
from intake.reads.papers.form2 import batches_of, form2_facts
from intake.reads.papers.form3 import form3_facts
from intake.reads.papers.form4 import form4_facts
from intake.reads.papers.minutes import minutes_facts
from intake.reads.papers.statistics import statistics_facts
from locales import Texts
from store.clock import china_date

ALL = ("docx", "xlsx", "pdf")
REPORTS = (Role.COUNTY, Role.INSPECTOR)
"""Who has the statistics and the evaluation report."""
_OFFICES = (Role.TOWNSHIP, *REPORTS)
NOTICES = (Role.VILLAGE, *_OFFICES)
"""Who has what a village makes: its register, its minutes, its notices."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper: who prints it, for divisions of which level, in which formats; ``asks`` are the fields of its form."""

    name: str
    roles: tuple[Role, ...]
    levels: tuple[str, ...]
    kinds: tuple[str, ...] = ALL
    asks: tuple[str, ...] = ()

    def fits(self, role: Role, level: str) -> bool:
        """Whether someone of ``role`` prints it for a division of ``level``."""
        return role in self.roles and level in self.levels


PAPERS: Mapping[str, Printable] = {
    one.name: one
    for one in (
        Printable("form2", _OFFICES, ("township",), asks=("pass_", "batch")),
        Printable("form3", NOTICES, ("village",), asks=("pass_",)),
        Printable("form4", _OFFICES, ("village", "township", "county")),
        Printable("annex1", (*_OFFICES, Role.CIVIL), ("township", "county"), asks=("disaster",)),
        Printable("minutes", NOTICES, ("village",), ("docx", "pdf"), asks=("review",)),
        Printable("statistics", REPORTS, ("township", "county"), asks=("sheet", "more")),
    )
}

BLANK: Mapping[str, Callable[[Texts], Paper]] = {
    "form2": lambda t: form2(t, Form2()),
    "form3": lambda t: form3(t, Form3()),
    "form4": lambda t: form4(t, Form4()),
    "annex1": lambda t: annex1(t, Annex1()),
    "minutes": lambda t: minutes(t, Minutes()),
}
"""Papers that are of use when they are empty."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the official chose on the page; ``more`` are the headings of the county's own columns."""

    pass_: Pass
    disaster: str
    sheet: str
    more: tuple[str, ...]
    review: int
    now: datetime
    batch: int | None = None
    """The number of the township's batch; None is all of them together."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A paper, how many households stand on it, and what the event says of the choice: codes and ids alone."""

    paper: Paper
    households: int
    asked: Mapping[str, object] = field(default_factory=dict)


def blank_paper(t: Texts, name: str) -> Paper:
    """A paper to be filled in by hand."""
    return BLANK[name](t)


_LISTS: Mapping[str, str] = {"form2": TOWNSHIP, "form3": VILLAGE, "form4": TOWNSHIP}
"""The frozen lists that a paper is printed from, by their level."""


async def unproven(db: AsyncSession, area: Area, name: str, asked: Asked) -> list[Fault]:
    """What does not hold of the registers or batches behind a paper; it is not printed then (L10, L12)."""
    level = _LISTS.get(name)
    if level is None:
        return []
    pass_ = Pass.GRANT if name == "form4" else asked.pass_
    return await check(db, await batches_of(db, area, pass_, level))


async def read_paper(db: AsyncSession, t: Texts, area: Area, name: str, asked: Asked) -> Facts:
    """The paper of an area.

    Raises:
        OutOfAreaError: a meeting that is not the village's.
    """
    match name:
        case "form2":
            batch = await form2_facts(db, area, asked.pass_, asked.batch)
            households = batch.audited.households if batch.audited else 0
            return Facts(form2(t, batch), households, {"pass": asked.pass_.value, "batch": asked.batch})
        case "form3":
            register = await form3_facts(db, area, asked.pass_)
            return Facts(form3(t, register), len(register.rows), {"pass": asked.pass_.value})
        case "form4":
            payments = await form4_facts(db, area)
            return Facts(form4(t, payments), len(payments.rows))
        case "annex1":
            affected = await annex1_facts(db, area, asked.disaster, china_date(asked.now))
            return Facts(annex1(t, affected), len(affected.rows))
        case "minutes":
            meeting = await minutes_facts(db, area.official, area.code, asked.review)
            return Facts(minutes(t, meeting), len(meeting.rows), {"review": asked.review})
        case _:
            counted = await statistics_facts(db, area, asked.sheet, asked.more)
            return Facts(statistics(t, counted), len(counted.rows), {"sheet": asked.sheet})
