"""Makes the archives that were ordered, beside everything else: a clock's job looks once a minute and never waits."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from uuid import uuid4

from admin.archive_papers import season_papers
from intake.archive.making import Order, Progress, archive_pieces
from intake.archive.orders import Claimed, LostError, beat, finish, forget_archives, give_back, keep, take
from intake.archive.signature import fingerprint
from intake.unit import Units
from locales import texts
from store.cipher import keyring
from store.database import Database
from store.faults import where

log = logging.getLogger(__name__)


async def pieces(database: Database, order: Order, progress: Progress) -> AsyncIterator[bytes]:
    """An archive from a database as it is at one moment."""
    t, key = texts(), keyring().archive_keys()[0]
    async with database.read() as db:
        async for piece in archive_pieces(db, t, order, season_papers(t, order.now), key, progress):
            yield piece


class Archiver:
    """The one who makes archives in this process, one at a time."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._task: asyncio.Task[None] | None = None

    async def make_archives(self) -> None:
        """Begin with what was ordered, if nothing is under way here; forget what is too old."""
        await forget_archives(self._units.database, self._units.clock.now())
        idle = self._task is None or self._task.done()
        if idle and (taken := await take(self._units, uuid4().hex)):
            self._task = asyncio.create_task(self._make(taken))

    async def wait(self) -> None:
        """Until what is under way is made."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """Leave what is under way; it is made again by whoever comes next."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _make(self, taken: Claimed) -> None:
        try:
            await self._write(taken)
        except LostError:
            log.warning("archive %s is made by another process", taken.id)
        except Exception as error:
            log.error("archive %s could not be made: %s", taken.id, where(error))
            await give_back(self._units, taken)
        except asyncio.CancelledError:
            await asyncio.shield(give_back(self._units, taken))
            raise

    async def _write(self, taken: Claimed) -> None:
        async def progress(done: int, steps: int) -> None:
            await beat(self._units, taken, done, steps)

        digest, size, number = hashlib.sha256(), 0, 0
        async for piece in pieces(self._units.database, taken.order, progress):
            if piece:
                digest.update(piece)
                size += len(piece)
                await keep(self._units, taken, number, piece)
                number += 1
        key = fingerprint(keyring().archive_keys()[0].public_key())
        await finish(self._units, taken, size, digest.digest(), key)
