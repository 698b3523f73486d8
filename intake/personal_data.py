"""What a person may ask of their data by law: see it, have it put right, have deleted what no procedure needs."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.citizens import Citizen
from intake.events import Event
from intake.finding import phone_index, phone_tail_index
from intake.giving_way import giving_way
from intake.models import Attachment, Contact, Discovery, Grant, Handover, Household, Need, Objection, Report, Visit
from intake.moves import RefusedError
from intake.own_cases import access_own, lock_pass
from intake.procedure import State
from intake.rules import Refusal
from intake.unit import Unit

REACHED = "household.phone"
"""The event of a corrected telephone number."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a contact is stored beside its applications; ``loose`` are photos and voices of nothing sent in."""

    reports: int
    objections: int
    visits: int
    discoveries: int
    handovers: int
    loose: int


async def held(db: AsyncSession | AsyncConnection, contact_id: int) -> Held:
    """What is stored of a contact, counted."""
    of_them = [table.contact_id == contact_id for table in (Report, Objection, Visit, Discovery, Handover)]
    counts = [select(func.count()).where(which).scalar_subquery() for which in of_them]
    loose = select(func.count()).where(*_loose(contact_id)).scalar_subquery()
    counted: Any = await db.execute(select(*counts, loose))
    return Held(*counted.one())


async def set_phone(unit: Unit, contact_id: int, number: str, phone: str) -> None:
    """Put right where a household is reached (E.164), until it is paid.

    Raises:
        RefusedError: not this contact's case, or paid already.
        BusyError: an official is at work on it.
    """
    case = await access_own(unit.db, contact_id, number)
    async with giving_way(unit.db):
        await lock_pass(unit.db, case.id)
        need, grant = await unit.db.get_one(Need, case.id), await unit.db.get(Grant, case.id)
        state = State(grant.state if grant else need.state)
        if state is State.PAID:
            raise RefusedError({case.id: Refusal("L8", "refusal.data.paid")})
        own = update(Household).where(Household.id == case.household_id)
        found_by = {"phone_tail_index": phone_tail_index(phone), "phone_index": phone_index(phone)}
        await unit.db.execute(own.values(phone=phone, **found_by))
    unit.journal.add(Event(unit.now, Citizen(contact_id).actor, REACHED, f"case:{case.id}"))


async def forget(connection: AsyncConnection, contact_id: int) -> None:
    """Delete what nothing needs: photos and voices that were never sent in, and what was set for the chat."""
    await connection.execute(delete(Attachment).where(*_loose(contact_id)))
    await connection.execute(update(Contact).where(Contact.id == contact_id).values(muted=False, big_text=False))


def _loose(contact_id: int) -> tuple[ColumnElement[bool], ...]:
    return Attachment.contact_id == contact_id, Attachment.subject == ""
