"""Officials' passwords: Argon2id in a thread, as long for an unknown user as for a known one, slower after failures."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.models import Staff

LONGEST = 200
"""Longer passwords are refused unread, so that nobody makes us hash megabytes."""
FAILURES = 5
LOCKED = timedelta(seconds=60)

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's least: 19 MiB, about 20 ms
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
_NOBODY = _hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """The hash to keep in :attr:`intake.models.Staff.password_hash`.

    Raises:
        ValueError: longer than :data:`LONGEST` characters.
    """
    if len(password) > LONGEST:
        raise ValueError(f"a password has at most {LONGEST} characters")
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


async def sign_in(db: AsyncSession, username: str, password: str) -> Official | None:
    """The active official with this name and password, else None; an unknown name takes as long as a wrong password.

    ``db`` is a session that only reads: its connection is let go before the slow part.
    """
    if len(password) > LONGEST:
        return None
    staff = await db.scalar(select(Staff).where(Staff.username == username))
    if staff is not None:
        db.expunge(staff)
    await db.rollback()
    hashed = staff.password_hash if staff is not None else _NOBODY
    fits = await asyncio.get_running_loop().run_in_executor(_threads, _fits, hashed, password)
    return Official.of(staff) if fits and staff is not None and staff.active else None


@dataclass(slots=True)
class _Tries:
    count: int
    last: datetime


class Attempts:
    """Counts tries to sign in by username, in this process: after :data:`FAILURES` in a row the name waits a minute.

    A try counts as failed until :meth:`succeeded`, so many at once do not slip past the limit.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._tries: dict[str, _Tries] = {}

    def wait(self, username: str, now: datetime) -> int:
        """How many seconds this name has to wait before it may try again; 0 is now, and counts the try."""
        tries = self._tries.pop(username, None)
        if tries is not None and tries.count >= FAILURES:
            left = tries.last + LOCKED - now
            if left > timedelta():
                self._tries[username] = tries
                return int(left.total_seconds()) + 1
            tries = None
        if len(self._tries) >= self._most:
            del self._tries[next(iter(self._tries))]
        self._tries[username] = _Tries(tries.count + 1 if tries else 1, now)
        return 0

    def succeeded(self, username: str) -> None:
        """The last try was right: forget the ones before."""
        self._tries.pop(username, None)
