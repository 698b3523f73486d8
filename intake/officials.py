"""Officials who come back, leave, or forget their password. Every change leaves an event."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.county import CountyError
from intake.events import Event, Journal
from intake.models import Staff


async def set_active(db: AsyncSession, journal: Journal, now: datetime, username: str, *, active: bool) -> Staff:
    """Let an official in again, or shut the door: from their next request on they are nobody. What they decided stays.

    Raises:
        CountyError: no such official.
    """
    staff = await _found(db, username)
    if staff.active is not active:
        staff.active = active
        kind = "staff.enabled" if active else "staff.disabled"
        journal.add(Event(now, "operator", kind, f"staff:{staff.id}"))
    return staff


async def set_password(db: AsyncSession, journal: Journal, now: datetime, username: str, password_hash: str) -> Staff:
    """Give an official a new password.

    Raises:
        CountyError: no such official.
    """
    staff = await _found(db, username)
    staff.password_hash = password_hash
    journal.add(Event(now, "operator", "staff.password", f"staff:{staff.id}"))
    return staff


async def _found(db: AsyncSession, username: str) -> Staff:
    staff = await db.scalar(select(Staff).where(Staff.username == username).with_for_update())
    if staff is None:
        raise CountyError(f"there is no {username}; see: nuandong staff list")
    return staff
