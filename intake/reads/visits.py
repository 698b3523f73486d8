"""Welfare visits as officials of the area see them: the list, and one with its name and telephone masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one, within
from intake.models import Case, Staff, Visit
from intake.reads.attached import Attached, attached
from intake.reads.lists import paged
from intake.reads.masked import mask_name, mask_phone, open_phone
from intake.reads.place_names import place_names
from intake.reads.referrals import referred
from intake.visit_codes import is_urgent, problems


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list. ``visitor`` is the official's name, empty where no account was bound; ``problems`` are the
    fields in which something was wrong."""

    id: int
    place: str
    visited_on: date
    visitor: str
    problems: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit. ``noted`` says that the visitor wrote something, which stands behind the door with name and telephone;
    ``case`` is (id, number) of the household's, ``referrals`` are (id, service, state)."""

    id: int
    place: str
    visited_on: date
    made_at: datetime
    visitor: str
    name_masked: str
    phone_masked: str
    groups: tuple[str, ...]
    findings: Mapping[str, str]
    problems: tuple[str, ...]
    noted: bool
    case: tuple[int, str] | None
    referrals: tuple[tuple[int, str, str], ...]
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Visited:
    """Who was visited, open. Whoever gets this must leave an event."""

    name: str
    phone: str
    note: str


async def find_visits(
    db: AsyncSession, official: Official, *, village: str = "", page: int = 1
) -> tuple[list[VisitRow], int]:
    """One page of the visits of the official's area, newest first; and how many there are in all."""
    kept = [within(official, Visit.village), *([Visit.village == village] if village else [])]
    query = (
        select(Visit.id, Visit.village, Visit.visited_on, Visit.findings, Staff.name)
        .outerjoin(Staff, Staff.id == Visit.staff_id)
        .where(*kept)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
    )
    rows, total = await paged(db, query, page)
    names = await place_names(db, [row.village for row in rows])
    return [
        VisitRow(
            row.id,
            names[row.village],
            row.visited_on,
            row.name or "",
            problems(row.findings),
            is_urgent(row.findings),
        )
        for row in rows
    ], total


async def visit_page(db: AsyncSession, official: Official, visit_id: int) -> VisitPage:
    """One visit, masked.

    Raises:
        OutOfAreaError: no such visit in the official's area.
    """
    found = await access_one(db, official, Visit, visit_id)
    subject = f"visit:{found.id}"
    case = (await db.execute(select(Case.id, Case.number).where(Case.id == found.case_id))).one_or_none()
    return VisitPage(
        id=found.id,
        place=(await place_names(db, [found.village]))[found.village],
        visited_on=found.visited_on,
        made_at=found.made_at,
        visitor=await db.scalar(select(Staff.name).where(Staff.id == found.staff_id)) or "",
        name_masked=mask_name(found.person["name"]),
        phone_masked=mask_phone(found.person["phone"]),
        groups=tuple(found.person["groups"]),
        findings=found.findings,
        problems=problems(found.findings),
        noted=bool(found.note),
        case=(case.id, case.number) if case else None,
        referrals=await referred(db, subject),
        files=tuple(await attached(db, subject)),
    )


async def visited(db: AsyncSession, official: Official, visit_id: int) -> Visited:
    """Who was visited, open.

    Raises:
        OutOfAreaError: no such visit in the official's area.
    """
    found = await access_one(db, official, Visit, visit_id)
    return Visited(found.person["name"], open_phone(found.person["phone"]), found.note)
