"""Fetching the files of photos and voices from the channels: by the clock, a few at a time, with no transaction open
meanwhile."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.attachments import LOST, WAITING, keep, lose
from intake.media import MediaError, looked_at
from intake.models import Attachment
from store.database import Database
from store.faults import where

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 30, 120, 360, 1440, 3600))
"""How long after it was sent a file is tried for the first time, the second … the eighth. WeChat forgets its files
after three days."""

GIVEN_UP = timedelta(days=3)
"""What is still waiting after so long, with no try left or on a channel that is switched off, is lost."""

AT_ONCE = 4
MOST = 60
RUN_SECONDS = 25.0
"""No file is begun later in one run of the job, so that the other jobs of the minute come to their turn."""

log = logging.getLogger(__name__)


class GoneError(Exception):
    """The channel has the file no more, or never had it, or it is too large: do not try again. ``code`` is short, fixed
    and names nobody (``wechat:40007``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LaterError(Exception):
    """Not now: away, busy, or refusing our settings. ``code`` as in :class:`GoneError`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MediaSource(Protocol):
    """Where a channel keeps what people send by it."""

    async def fetch(self, reference: str) -> bytes:
        """The file that a message referred to, at most :data:`intake.media.MAX_BYTES`.

        Raises:
            GoneError: it cannot be had any more.
            LaterError: try again later.
        """
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file still to be fetched, and how often that was tried."""

    id: int
    kind: str
    channel: str
    reference: str
    tries: int


async def fetch_waiting(database: Database, sources: Mapping[str, MediaSource], now: datetime) -> int:
    """Fetch what waits and is due, the oldest first; how many files were kept. Any number of processes may do this at
    once: a try is counted before it begins, and whoever counts it is the one who tries."""
    async with database.connect() as connection:
        await _give_up(connection, sources, now)
        found = await waiting(connection, sources, now, MOST)
    slots, time = asyncio.Semaphore(AT_ONCE), asyncio.get_running_loop().time
    last = time() + RUN_SECONDS

    async def one(row: Waiting) -> bool:
        async with slots:
            if time() > last:
                return False
            try:
                return await _fetch(database, sources[row.channel], row)
            except Exception as error:
                log.error("a file could not be kept: %s", where(error))
                return False

    return sum(await asyncio.gather(*map(one, found)))


async def waiting(
    connection: AsyncConnection, channels: Collection[str], now: datetime, limit: int
) -> Sequence[Waiting]:
    """What is to be fetched from ``channels`` now, the oldest first."""
    due = [and_(Attachment.tries == tries, Attachment.sent_at <= now - delay) for tries, delay in enumerate(DELAYS)]
    rows = await connection.execute(
        select(Attachment.id, Attachment.kind, Attachment.channel, Attachment.reference, Attachment.tries)
        .where(Attachment.state == WAITING, Attachment.channel.in_(list(channels)), or_(*due))
        .order_by(Attachment.sent_at)
        .limit(limit)
    )
    return [Waiting(*row) for row in rows]


async def _fetch(database: Database, source: MediaSource, row: Waiting) -> bool:
    async with database.connect() as connection:
        if not await _begin(connection, row):
            return False
    try:
        media = await looked_at(row.kind, await source.fetch(row.reference))
    except LaterError as error:
        log.warning("a file of %s is not to be had yet: %s", row.channel, error.code)
        if row.tries + 1 >= len(DELAYS):
            await _lose(database, row)
        return False
    except (GoneError, MediaError) as error:
        log.warning("a file of %s is lost: %s", row.channel, error)
        await _lose(database, row)
        return False
    async with database.connect() as connection:
        return await keep(connection, row.id, media)


async def _begin(connection: AsyncConnection, row: Waiting) -> bool:
    """Count the try; False when another process has counted it."""
    result = await connection.execute(
        update(Attachment)
        .where(Attachment.id == row.id, Attachment.state == WAITING, Attachment.tries == row.tries)
        .values(tries=row.tries + 1)
    )
    return result.rowcount == 1


async def _lose(database: Database, row: Waiting) -> None:
    async with database.connect() as connection:
        await lose(connection, row.id)


async def _give_up(connection: AsyncConnection, channels: Collection[str], now: datetime) -> None:
    """A process that died in the last try leaves a file waiting for ever; so does a channel that was switched off."""
    await connection.execute(
        update(Attachment)
        .where(
            Attachment.state == WAITING,
            Attachment.sent_at <= now - GIVEN_UP,
            or_(Attachment.tries >= len(DELAYS), Attachment.channel.not_in(list(channels))),
        )
        .values(state=LOST)
    )
