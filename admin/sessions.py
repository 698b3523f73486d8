"""Who is signed in: a random token in a cookie, its hash in the database, role and activity read anew each time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admin.models import StaffSession
from intake.access import Official
from intake.models import Division, Scheme, Staff

COOKIE = "nuandong_staff"
LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed-in official, the name of their division, and the token that their forms must carry; ``season_closed`` is
    when the season that they work in was closed, None while it is open (L10)."""

    official: Official
    place: str
    csrf: str
    season_closed: datetime | None = None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def begin(db: AsyncSession, staff_id: int, now: datetime) -> str:
    """Sign an official in; the token for the cookie. Sessions that ran out are swept away."""
    await db.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    token = secrets.token_urlsafe(32)
    db.add(
        StaffSession(
            token_hash=_hash(token),
            staff_id=staff_id,
            csrf=secrets.token_urlsafe(32),
            created_at=now,
            expires_at=now + LASTS,
        )
    )
    await db.flush()
    return token


async def find(db: AsyncSession, token: str, now: datetime) -> Signed | None:
    """The official behind a token, or None: unknown, run out, signed out, or no longer active."""
    newest = (
        select(Scheme.closed_at)
        .where(Scheme.county == func.substr(Staff.division, 1, 6))
        .order_by(Scheme.season.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = (
        await db.execute(
            select(Staff, Division.name, StaffSession.csrf, newest)
            .join(StaffSession, StaffSession.staff_id == Staff.id)
            .outerjoin(Division, Division.code == Staff.division)
            .where(StaffSession.token_hash == _hash(token), StaffSession.expires_at > now, Staff.active)
        )
    ).one_or_none()
    return None if found is None else Signed(Official.of(found[0]), found[1] or "", *found[2:])


async def end(db: AsyncSession, token: str) -> None:
    """Sign out."""
    await db.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token)))


async def carry(db: AsyncSession, before: datetime, now: datetime) -> None:
    """Begin the twelve hours anew for all who were signed in ``before`` a demo's clock jumped to ``now``."""
    await db.execute(update(StaffSession).where(StaffSession.expires_at > before).values(expires_at=now + LASTS))
