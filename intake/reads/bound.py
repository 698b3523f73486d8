"""The chat accounts that are bound to an official."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.binding import MARK
from intake.models import Binding, Contact, EventRow


@dataclass(frozen=True, slots=True)
class Account:
    """A bound chat account; ``since`` is when it was bound last."""

    contact_id: int
    channel: str
    since: datetime


class CodeState(StrEnum):
    """What has become of a binding code."""

    WAITING = "waiting"
    USED = "used"
    OVER = "over"
    """Its minutes are over, or a newer one took its place."""


async def code_state(db: AsyncSession, official: Official, mark: str, now: datetime) -> CodeState:
    """What has become of the official's code with this mark."""
    codes = select(Binding.token_hash, Binding.used_at, Binding.expires_at).where(Binding.staff_id == official.id)
    for code in await db.execute(codes):
        if code.token_hash.hex()[:MARK] == mark:
            if code.used_at is not None:
                return CodeState.USED
            return CodeState.WAITING if code.expires_at > now else CodeState.OVER
    return CodeState.OVER


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
