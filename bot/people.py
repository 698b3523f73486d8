"""The contacts of one batch with their drafts: loaded and locked together, saved together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coming_back import AFTER
from bot.flows import FLOWS
from bot.inbound import Inbound
from bot.models import SessionRow
from bot.session import Session
from intake.access import Official
from intake.models import Contact, Staff
from intake.procedure import Role
from locales import HOME
from store.ids import new_id

Who = tuple[str, str]
"""Channel and address."""


@dataclass(slots=True)
class Person:
    """One contact in a batch. ``flow`` is the talk they are in, or the menu shown last; ``drafts`` are all they have
    begun, oldest first, ``revs`` the revisions in which those are stored; ``official`` is who they are, where
    their account is bound."""

    id: int
    channel: str
    language: str
    flow: str | None = None
    waiting: bool = False
    official: Official | None = None
    drafts: dict[str, Session] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    """The flows whose draft has lain for hours."""
    revs: dict[str, int] = field(default_factory=dict)
    stored_flow: str | None = None
    stored_language: str = HOME
    stored: dict[str, Session] = field(default_factory=dict)


# Locked first, drafts read in a statement of their own: PostgreSQL reads a joined row as it was before the wait.
_CONTACTS = (
    select(
        Contact.id,
        Contact.channel,
        Contact.address,
        Contact.language,
        Contact.flow,
        Contact.waiting,
        Contact.staff_id,
    )
    .where(tuple_(Contact.channel, Contact.address).in_(bindparam("who", expanding=True)))
    .order_by(Contact.id)
    .with_for_update(key_share=True)
)
_DRAFTS = (
    select(SessionRow.contact_id, SessionRow.flow, SessionRow.rev, SessionRow.document, SessionRow.updated_at)
    .where(SessionRow.contact_id.in_(bindparam("people", expanding=True)))
    .order_by(SessionRow.updated_at)
)
_STAFF = select(Staff.id, Staff.name, Staff.role, Staff.division).where(
    Staff.id.in_(bindparam("staff", expanding=True)), Staff.active
)
_NEW_CONTACT = insert(Contact)
_SET_FLOW = (
    update(Contact)
    .where(Contact.id == bindparam("person"))
    .values(flow=bindparam("into"), language=bindparam("speaks"))
)
_DROP = delete(SessionRow).where(SessionRow.contact_id == bindparam("person"), SessionRow.flow == bindparam("draft"))


def _save_statement(dialect: Any) -> Any:
    statement = dialect.insert(SessionRow)
    new = statement.excluded
    changed = {"rev": new.rev, "document": new.document, "updated_at": new.updated_at, "reminded": 0}
    return statement.on_conflict_do_update(index_elements=["contact_id", "flow"], set_=changed)


_SAVE = {"sqlite": _save_statement(sqlite), "postgresql": _save_statement(postgresql)}


async def load(connection: AsyncConnection, inbounds: Iterable[Inbound], now: datetime) -> dict[Who, Person]:
    """The people who wrote, their rows locked in the order of their ids; strangers become contacts."""
    wanted = list(dict.fromkeys((inbound.channel, inbound.address) for inbound in inbounds))
    found: dict[Who, Person] = {}
    bound: dict[int, list[Person]] = {}
    for row in await connection.execute(_CONTACTS, {"who": wanted}):
        person = Person(row.id, row.channel, row.language, row.flow, row.waiting)
        person.stored_flow, person.stored_language = row.flow, row.language
        found[(row.channel, row.address)] = person
        if row.staff_id is not None:
            bound.setdefault(row.staff_id, []).append(person)
    if bound:
        for staff in await connection.execute(_STAFF, {"staff": list(bound)}):
            for person in bound[staff.id]:
                person.official = Official(staff.id, staff.name, Role(staff.role), staff.division)
    known = {person.id: person for person in found.values()}
    if known:
        for row in await connection.execute(_DRAFTS, {"people": list(known)}):
            _add_draft(known[row.contact_id], row, now)
    strangers = []
    for who in wanted:
        if who not in found:
            person = found[who] = Person(new_id(now), who[0], HOME)
            strangers.append(
                {
                    "id": person.id,
                    "channel": person.channel,
                    "address": who[1],
                    "language": HOME,
                    "flow": None,
                    "waiting": False,
                    "muted": False,
                    "big_text": False,
                    "created_at": now,
                }
            )
    if strangers:
        await connection.execute(_NEW_CONTACT, strangers)
    return found


def _add_draft(person: Person, row: Any, now: datetime) -> None:
    flow = FLOWS.get(row.flow)
    if flow is None:  # a flow of another release: leave its draft alone
        return
    person.revs[row.flow] = row.rev
    session = person.stored[row.flow] = Session.from_json(row.flow, row.document)
    if now - row.updated_at <= timedelta(days=flow.keep_days):
        person.drafts[row.flow] = session
    if now - row.updated_at >= AFTER:
        person.old.add(row.flow)


async def save(connection: AsyncConnection, people: Iterable[Person], now: datetime) -> None:
    """Write what changed: sessions, ended drafts, and which flow each person is in."""
    saved, dropped, moved = [], [], []
    for person in people:
        for name, session in person.drafts.items():
            if person.stored.get(name) is not session:
                saved.append(
                    {
                        "contact_id": person.id,
                        "flow": name,
                        "rev": person.revs.get(name, 0) + 1,
                        "document": session.to_json(),
                        "updated_at": now,
                        "reminded": 0,
                    }
                )
        dropped += [{"person": person.id, "draft": name} for name in person.stored if name not in person.drafts]
        if (person.flow, person.language) != (person.stored_flow, person.stored_language):
            moved.append({"person": person.id, "into": person.flow, "speaks": person.language})
    if saved:
        await connection.execute(_SAVE[connection.dialect.name], saved)
    if dropped:
        await connection.execute(_DROP, dropped)
    if moved:
        await connection.execute(_SET_FLOW, moved)
