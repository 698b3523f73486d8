"""Binding a chat account to an official's: a code from the console, used once, within ten minutes. Only the code's hash
is kept."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.access import Official
from intake.events import Event, Journal
from intake.models import Binding, Contact, Staff
from intake.procedure import Role
from intake.unit import Unit

LETTER = "b"
"""What the scene of a binding code begins with."""
LASTS = timedelta(minutes=10)
RANDOM_BYTES = 16
"""How much of a scene nobody can guess."""


MARK = 16
"""Characters of a mark."""


class Unbound(StrEnum):
    """Why a code bound nothing."""

    USED = "used"
    EXPIRED = "expired"
    """Too old, replaced by a newer one, or never given."""


_TAKE = (
    update(Binding)
    .where(Binding.token_hash == bindparam("hash"), Binding.used_at.is_(None), Binding.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
    .returning(Binding.staff_id)
)
_GIVEN = select(Binding.staff_id, Binding.used_at).where(Binding.token_hash == bindparam("hash"))
_STAFF = select(Staff.id, Staff.name, Staff.role, Staff.division).where(Staff.id == bindparam("staff"), Staff.active)
_BOUND_TO = select(Contact.channel, Contact.staff_id).where(Contact.id == bindparam("contact"))


def is_binding(scene: str) -> bool:
    """Whether a scene is a binding code, right or wrong."""
    return scene.startswith(LETTER)


async def make_code(unit: Unit, official: Official, random: Callable[[int], str] = secrets.token_urlsafe) -> str:
    """A new code for the official, as the scene of a QR code or a deep link. Their earlier ones stop working."""
    await unit.db.execute(delete(Binding).where(Binding.staff_id == official.id))
    scene = LETTER + random(RANDOM_BYTES)
    unit.db.add(Binding(token_hash=_hash(scene), staff_id=official.id, expires_at=unit.now + LASTS))
    return scene


def mark_of(scene: str) -> str:
    """What a code's page asks after it by: it tells nothing of the code, but changes with it."""
    return _hash(scene).hex()[:MARK]


async def redeem(
    connection: AsyncConnection, journal: Journal, now: datetime, contact_id: int, scene: str
) -> Official | Unbound:
    """Bind the contact to the official whose code was scanned. Whoever comes second finds the code used, but who scans
    their own again is told the same again. A contact that was another official's is theirs no more.

    The caller has locked the contact.
    """
    staff_id = await connection.scalar(_TAKE, {"hash": _hash(scene), "now": now})
    contact = (await connection.execute(_BOUND_TO, {"contact": contact_id})).one()
    if staff_id is None:
        given = (await connection.execute(_GIVEN, {"hash": _hash(scene)})).one_or_none()
        if given is None or given.used_at is None:
            return Unbound.EXPIRED
        if given.staff_id != contact.staff_id:
            return Unbound.USED
        staff_id = given.staff_id
    staff = (await connection.execute(_STAFF, {"staff": staff_id})).one_or_none()
    if staff is None:
        return Unbound.EXPIRED
    official = Official(staff.id, staff.name, Role(staff.role), staff.division)
    if contact.staff_id == official.id:
        return official
    data = {"contact": contact_id, "channel": contact.channel}
    if contact.staff_id is not None:
        journal.add(Event(now, official.actor, "staff.unbound", f"staff:{contact.staff_id}", data))
    await connection.execute(update(Contact).where(Contact.id == contact_id).values(staff_id=official.id))
    journal.add(Event(now, official.actor, "staff.bound", f"staff:{official.id}", data))
    return official


async def unbind(unit: Unit, official: Official, contact_id: int) -> bool:
    """Part a contact from the official; whether it was theirs. What they did from it stays theirs."""
    parted = (
        update(Contact)
        .where(Contact.id == contact_id, Contact.staff_id == official.id)
        .values(staff_id=None)
        .returning(Contact.channel)
    )
    channel = await unit.db.scalar(parted)
    if channel is None:
        return False
    data = {"contact": contact_id, "channel": channel}
    unit.journal.add(Event(unit.now, official.actor, "staff.unbound", f"staff:{official.id}", data))
    return True


def _hash(scene: str) -> bytes:
    return hashlib.sha256(scene.encode()).digest()
