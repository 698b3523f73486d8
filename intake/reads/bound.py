"""The chat accounts that are bound to an official."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.models import Contact, EventRow


@dataclass(frozen=True, slots=True)
class Account:
    """A bound chat account; ``since`` is when it was bound last."""

    contact_id: int
    channel: str
    since: datetime


async def bound_accounts(db: AsyncSession, official: Official) -> list[Account]:
    """The official's chat accounts, the newest first."""
    contacts = await db.execute(
        select(Contact.id, Contact.channel, Contact.created_at).where(Contact.staff_id == official.id)
    )
    events = await db.execute(
        select(EventRow.at, EventRow.data)
        .where(EventRow.subject == f"staff:{official.id}", EventRow.kind == "staff.bound")
        .order_by(EventRow.seq)
    )
    since = {row.data["contact"]: row.at for row in events}
    found = [Account(row.id, row.channel, since.get(row.id, row.created_at)) for row in contacts]
    return sorted(found, key=lambda account: account.since, reverse=True)
