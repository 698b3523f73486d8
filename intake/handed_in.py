"""What the calendar asks for and no case tells: a county or township says that it handed it in (L10, L11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.events import Event
from intake.models import Division, HandedIn, Scheme, Staff
from intake.procedure import Role
from intake.season_calendar import Step
from intake.unit import Unit
from store.clock import china_date
from store.ids import new_id

STEPS = (Step.SUPERVISION, Step.ARCHIVE, Step.STATISTICS)
MARKERS = (Role.TOWNSHIP, Role.COUNTY)
LONGEST = 200
"""Signs of a note."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A division handed something in on a day; ``who`` said so."""

    step: Step
    division: str
    name: str
    on: date
    note: str
    who: str


class MarkError(Exception):
    """It cannot be marked. ``code``: ``unknown``, ``later`` (the day is still to come), ``before`` (before the season
    began), ``there`` (marked already), ``gone`` (not marked), ``reason``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def mark(unit: Unit, official: Official, scheme: Scheme, step: Step, on: date, note: str, first: date) -> None:
    """The official's own division handed a step in. ``first`` is the first day that can be right.

    Raises:
        MarkError: why not.
    """
    if step not in STEPS or official.role not in MARKERS:
        raise MarkError("unknown")
    if on > china_date(unit.now):
        raise MarkError("later")
    if on < first:
        raise MarkError("before")
    if await _own(unit, official, scheme, step) is not None:
        raise MarkError("there")
    row = HandedIn(
        id=new_id(unit.now),
        scheme_id=scheme.id,
        division=official.division or "",
        step=step.value,
        on=on,
        note=note.strip()[:LONGEST],
        staff_id=official.id,
        at=unit.now,
    )
    unit.db.add(row)
    _note(unit, official, scheme, step, "handed_in.marked", {"on": on.isoformat()})


async def take_back(unit: Unit, official: Official, scheme: Scheme, step: Step) -> None:
    """It was marked by mistake.

    Raises:
        MarkError: nothing was marked.
    """
    row = await _own(unit, official, scheme, step)
    if row is None:
        raise MarkError("gone")
    await unit.db.delete(row)
    _note(unit, official, scheme, step, "handed_in.taken_back", {"on": row.on.isoformat()})


async def marks(db: AsyncSession, official: Official, scheme_id: int) -> Sequence[Mark]:
    """What was handed in by the official's division, those beneath it, and the county above, by step and place."""
    county = (official.division or "")[:6]
    query = (
        select(HandedIn, Division.name, Staff.name)
        .join(Division, Division.code == HandedIn.division)
        .join(Staff, Staff.id == HandedIn.staff_id)
        .where(
            HandedIn.scheme_id == scheme_id,
            (HandedIn.division == official.division)
            | (HandedIn.division == county)
            | within(official, HandedIn.division),
        )
        .order_by(HandedIn.step, HandedIn.division)
    )
    rows = await db.execute(query)
    return [Mark(Step(one.step), one.division, name, one.on, one.note, who) for one, name, who in rows]


def done_by(found: Sequence[Mark], division: str) -> frozenset[Step]:
    """The steps that a division handed in."""
    return frozenset(one.step for one in found if one.division == division)


async def _own(unit: Unit, official: Official, scheme: Scheme, step: Step) -> HandedIn | None:
    """The division's own mark; two who press at once take turns at the division's row."""
    await unit.db.execute(select(Division.code).where(Division.code == official.division).with_for_update())
    query = select(HandedIn).where(
        HandedIn.scheme_id == scheme.id, HandedIn.division == official.division, HandedIn.step == step.value
    )
    found: HandedIn | None = await unit.db.scalar(query)
    return found


def _note(unit: Unit, official: Official, scheme: Scheme, step: Step, kind: str, more: Mapping[str, str]) -> None:
    data = {"division": official.division, "step": step.value, **more}
    unit.journal.add(Event(unit.now, official.actor, kind, f"scheme:{scheme.id}", data))
