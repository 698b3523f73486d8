"""People found in need as officials of the area see them: the list, and one with what is personal masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one, within
from intake.discovery_codes import OUTCOMES, DiscoveryState
from intake.models import Case, Discovery, EventRow, Staff
from intake.reads.attached import Attached, attached
from intake.reads.lists import count_late, paged
from intake.reads.masked import mask_phone, open_phone
from intake.reads.place_names import place_names
from intake.reads.referrals import referred


@dataclass(frozen=True, slots=True)
class DiscoveryRow:
    """One line of the list; ``overdue``: nobody has looked, and somebody should have."""

    id: int
    place: str
    situations: tuple[str, ...]
    urgent: bool
    state: DiscoveryState
    found_at: datetime
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class DiscoveryPage:
    """One discovery. ``teller`` is the name of the official who told of it, empty where no account was bound;
    ``handler`` who wrote down last what came of it; ``case`` is (id, number), ``referrals`` are (id, service, state);
    ``outcomes`` are what may be written down next."""

    id: int
    place: str
    situations: tuple[str, ...]
    urgent: bool
    state: DiscoveryState
    found_at: datetime
    due_at: datetime
    overdue: bool
    teller: str
    phone_masked: str
    handler: str
    handled_at: datetime | None
    outcome: str
    case: tuple[int, str] | None
    referrals: tuple[tuple[int, str, str], ...]
    outcomes: tuple[DiscoveryState, ...]
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Someone:
    """Who was found and by whom, open. Whoever gets this must leave an event."""

    who: str
    phone: str
    seen: str
    teller: str
    teller_phone: str


async def find_discoveries(
    db: AsyncSession,
    official: Official,
    now: datetime,
    *,
    village: str = "",
    state: DiscoveryState | None = None,
    page: int = 1,
) -> tuple[list[DiscoveryRow], int]:
    """One page of the discoveries of the official's area: the new ones first, of those what is due first, then the
    latest; and how many there are in all."""
    kept = [within(official, Discovery.village)]
    kept += [Discovery.village == village] if village else []
    kept += [Discovery.state == state.value] if state else []
    waits = Discovery.state == DiscoveryState.NEW.value
    query = (
        select(
            Discovery.id,
            Discovery.village,
            Discovery.situations,
            Discovery.urgent,
            Discovery.state,
            Discovery.found_at,
            Discovery.due_at,
        )
        .where(*kept)
        .order_by(case((waits, 0), else_=1), case((waits, Discovery.due_at)), Discovery.found_at.desc(), Discovery.id)
    )
    rows, total = await paged(db, query, page)
    names = await place_names(db, [row.village for row in rows])
    return [
        DiscoveryRow(
            row.id,
            names[row.village],
            tuple(row.situations),
            row.urgent,
            DiscoveryState(row.state),
            row.found_at,
            row.due_at,
            _overdue(row.state, row.due_at, now),
        )
        for row in rows
    ], total


async def count_new(db: AsyncSession, official: Official, now: datetime) -> tuple[int, int]:
    """How many in the official's area nobody has looked at, and how many of them are overdue."""
    new = Discovery.state == DiscoveryState.NEW.value
    return await count_late(db, Discovery.due_at, now, within(official, Discovery.village), new)


async def discovery_page(db: AsyncSession, official: Official, discovery_id: int, now: datetime) -> DiscoveryPage:
    """One discovery, masked.

    Raises:
        OutOfAreaError: no such discovery in the official's area.
    """
    found = await access_one(db, official, Discovery, discovery_id)
    subject, state = f"discovery:{found.id}", DiscoveryState(found.state)
    people = await db.execute(select(Staff.id, Staff.name).where(Staff.id.in_([found.staff_id, found.handled_by])))
    names: dict[int | None, str] = {row.id: row.name for row in people}
    return DiscoveryPage(
        id=found.id,
        place=(await place_names(db, [found.village]))[found.village],
        situations=tuple(found.situations),
        urgent=found.urgent,
        state=state,
        found_at=found.found_at,
        due_at=found.due_at,
        overdue=_overdue(found.state, found.due_at, now),
        teller=names.get(found.staff_id, ""),
        phone_masked=mask_phone(found.person["phone"]),
        handler=names.get(found.handled_by, ""),
        handled_at=found.handled_at,
        outcome=found.outcome,
        case=await _case(db, subject),
        referrals=await referred(db, subject),
        outcomes=OUTCOMES.get(state, ()),
        files=tuple(await attached(db, subject)),
    )


async def someone(db: AsyncSession, official: Official, discovery_id: int) -> Someone:
    """Who was found and by whom, open.

    Raises:
        OutOfAreaError: no such discovery in the official's area.
    """
    found = await access_one(db, official, Discovery, discovery_id)
    person = found.person
    return Someone(
        person["who"], open_phone(person["phone"]), found.note, person["teller"], open_phone(person["teller_phone"])
    )


def _overdue(state: str, due_at: datetime, now: datetime) -> bool:
    return state == DiscoveryState.NEW.value and due_at < now


async def _case(db: AsyncSession, subject: str) -> tuple[int, str] | None:
    """The case that they applied with, as the event chain has it."""
    handled = select(EventRow.data).where(EventRow.subject == subject, EventRow.kind == "discovery.handled")
    data: list[Mapping[str, Any]] = list(await db.scalars(handled.order_by(EventRow.seq)))
    ids = [one["case"] for one in data if one.get("case")]
    found = (await db.execute(select(Case.id, Case.number).where(Case.id.in_(ids[-1:])))).one_or_none()
    return (found.id, found.number) if found else None
