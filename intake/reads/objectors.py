"""Who made an objection by chat: behind a door of its own, above the village."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import phone
from intake.access import Official, OutOfAreaError, access_one
from intake.models import Attachment, Notice, Objection
from intake.objections import FLOW, left_by
from intake.procedure import Role

READERS = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR})
"""Who may know: whoever settles it, and those above (L12). The village may not."""


@dataclass(frozen=True, slots=True)
class Objector:
    """What somebody left of themselves; empty where they left nothing. Whoever gets this must leave an event."""

    objection_id: int
    name: str
    phone: str


async def access_objection(db: AsyncSession, official: Official, notice_id: int, objection_id: int) -> Objection:
    """An objection that was made by chat to a notice of the official's area.

    Raises:
        OutOfAreaError: no such objection there, or not for this role.
    """
    notice = await access_one(db, official, Notice, notice_id)
    found = await db.get(Objection, objection_id)
    if official.role not in READERS or found is None or found.notice_id != notice.id or found.contact_id is None:
        raise OutOfAreaError
    return found


async def objector(db: AsyncSession, official: Official, notice_id: int, objection_id: int) -> Objector:
    """Who made it.

    Raises:
        OutOfAreaError: as :func:`access_objection`.
    """
    name, number = await left_by(db, await access_objection(db, official, notice_id, objection_id))
    return Objector(objection_id, name, phone.national(number) if number else "")


async def voice_of(db: AsyncSession, official: Official, notice_id: int, attachment_id: int) -> str:
    """The objection (``objection:5``) that a voice came with.

    Raises:
        OutOfAreaError: none that this official may hear.
    """
    subject = await db.scalar(select(Attachment.subject).where(Attachment.id == attachment_id))
    kind, _, number = (subject or "").partition(":")
    if kind != FLOW:
        raise OutOfAreaError
    await access_objection(db, official, notice_id, int(number))
    return f"{kind}:{number}"
