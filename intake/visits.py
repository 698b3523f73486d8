"""Welfare visits (X6): who was seen, how they live, and what is done about it at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.attachments import attach
from intake.events import Event
from intake.models import Case, Household, Scheme, Visit
from intake.referrals import open_referrals
from intake.unit import Unit
from intake.visit_codes import FINDINGS, is_urgent, problems
from store.ids import new_id


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit that was taken down: the services that it was referred to, and whether they have to come at once."""

    id: int
    services: tuple[str, ...]
    urgent: bool


async def record_visit(
    unit: Unit, contact_id: int, official: Official | None, answers: Mapping[str, Any], media: Collection[int] = ()
) -> Recorded:
    """Take a visit down, with the referrals that it asks for. ``answers`` are those of the flow ``visit``; ``official``
    is None where no account is bound; ``media`` are the contact's attachments."""
    actor = official.actor if official else f"contact:{contact_id}"
    village, name = answers["village"], answers["name"]
    case_id = await _only_case(unit.db, village, name)
    visit = Visit(
        id=new_id(unit.now),
        village=village,
        contact_id=contact_id,
        staff_id=official.id if official else None,
        case_id=case_id,
        visited_on=date.fromisoformat(answers["day"]),
        person={
            "name": name,
            "phone": answers.get("phone") or "",
            "groups": [code for code in answers.get("groups") or () if code != "none"],
        },
        findings={field: answers[field] for field in FINDINGS},
        note=answers.get("note") or "",
        made_at=unit.now,
    )
    unit.db.add(visit)
    await unit.db.flush()
    subject, urgent = f"visit:{visit.id}", is_urgent(answers)
    data = {"village": village, "case": case_id, "problems": list(problems(answers))}
    unit.journal.add(Event(unit.now, actor, "visit.recorded", subject, data))
    wanted = answers.get("help") or ()
    services = await open_referrals(unit, actor, subject, village, wanted, urgent=urgent)
    if media:
        await attach(await unit.db.connection(), contact_id, media, subject)
    return Recorded(visit.id, services, urgent)


async def _only_case(db: AsyncSession, village: str, head: str) -> int | None:
    """The case of this season with that head in that village, where there is exactly one."""
    newest = (
        select(Scheme.id).where(Scheme.county == village[:6]).order_by(Scheme.season.desc()).limit(1).scalar_subquery()
    )
    query = (
        select(Case.id)
        .join(Household, Household.id == Case.household_id)
        .where(Case.scheme_id == newest, Case.village == village, Household.head == head)
        .limit(2)
    )
    found = list(await db.scalars(query))
    return found[0] if len(found) == 1 else None
