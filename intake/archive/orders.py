"""Archives that were ordered from the console: made by whichever process comes first, kept sealed in pieces, served by
any process, gone after some days. A process that dies leaves one that another makes again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.archive.making import Order
from intake.events import Event
from intake.models import Archive, ArchivePart, Scheme
from intake.procedure import Role
from intake.unit import Unit, Units
from store.database import Database
from store.ids import new_id

ORDERED, MAKING, READY, FAILED, GONE = "ordered", "making", "ready", "failed", "gone"
UNDER_WAY = (ORDERED, MAKING)
KEPT = timedelta(days=7)
"""How long it can be fetched."""
SILENT = timedelta(minutes=5)
"""After so long without a word a process is taken for dead."""
MOST_TRIES = 3


class UnderWayError(Exception):
    """The county has one under way."""


class LostError(Exception):
    """Another process makes this archive now."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An archive that this process makes."""

    id: int
    claim: str
    order: Order


async def order_archive(units: Units, official: Official, season: str) -> int:
    """Order a season's archive of the official's county; its id.

    Raises:
        UnderWayError: one is under way.
        LookupError: no such season, or it is not theirs to order.
    """
    try:
        async with units.begin() as unit:
            scheme = select(Scheme.id).where(Scheme.county == (official.division or ""), Scheme.season == season)
            scheme_id = await unit.db.scalar(scheme)
            if scheme_id is None or official.role is not Role.COUNTY:
                raise LookupError(season)
            row = Archive(
                id=new_id(unit.now),
                county=official.division or "",
                season=season,
                ordered_by=official.id,
                ordered_at=unit.now,
                state=ORDERED,
            )
            unit.db.add(row)
            await unit.db.flush()
            data = {"archive": row.id, "season": season}
            unit.journal.add(Event(unit.now, official.actor, "archive.ordered", f"scheme:{scheme_id}", data))
            return row.id
    except IntegrityError as error:
        raise UnderWayError from error


async def archives(db: AsyncSession, official: Official, most: int = 10) -> list[Archive]:
    """The archives of an official's county, the newest first; of a part of it nobody has any."""
    query = select(Archive).where(Archive.county == official.division)
    return list(await db.scalars(query.order_by(Archive.ordered_at.desc(), Archive.id.desc()).limit(most)))


async def take(units: Units, claim: str) -> Claimed | None:
    """Take the next archive that nobody makes, or whose maker is silent; None where there is none. One that failed too
    often is given up."""
    async with units.begin() as unit:
        silent = (Archive.state == MAKING) & (Archive.beat_at < unit.now - SILENT)
        query = select(Archive).where((Archive.state == ORDERED) | silent).order_by(Archive.ordered_at, Archive.id)
        row = await unit.db.scalar(query.limit(1).with_for_update(skip_locked=True))
        if row is None:
            return None
        await unit.db.execute(delete(ArchivePart).where(ArchivePart.archive_id == row.id))
        if row.tries >= MOST_TRIES:
            row.state = FAILED
            return None
        row.state, row.claim, row.beat_at, row.tries, row.done = MAKING, claim, unit.now, row.tries + 1, 0
        return Claimed(row.id, claim, Order(row.county, row.season, f"staff:{row.ordered_by}", unit.now))


async def beat(units: Units, taken: Claimed, done: int, steps: int) -> None:
    """Say how far it is.

    Raises:
        LostError: another process makes it.
    """
    async with units.begin() as unit:
        await _still(unit, taken, done=done, steps=steps)


async def keep(units: Units, taken: Claimed, number: int, content: bytes) -> None:
    """Keep the next piece.

    Raises:
        LostError: another process makes it.
    """
    async with units.begin() as unit:
        await _still(unit, taken)
        unit.db.add(ArchivePart(archive_id=taken.id, number=number, content=content))


async def finish(units: Units, taken: Claimed, size: int, digest: bytes, key: str) -> None:
    """It is whole.

    Raises:
        LostError: another process makes it.
    """
    async with units.begin() as unit:
        await _still(unit, taken, state=READY, made_at=unit.now, size=size, sha256=digest, key=key)
        data = {"season": taken.order.season, "size": size, "sha256": digest.hex()}
        unit.journal.add(Event(unit.now, taken.order.by, "archive.made", f"archive:{taken.id}", data))


async def give_back(units: Units, taken: Claimed) -> None:
    """It could not be made; it is tried again, at most :data:`MOST_TRIES` times in all."""
    async with units.begin() as unit:
        row = await unit.db.get(Archive, taken.id, with_for_update=True)
        if row is not None and row.claim == taken.claim and row.state == MAKING:
            row.state = ORDERED if row.tries < MOST_TRIES else FAILED
            await unit.db.execute(delete(ArchivePart).where(ArchivePart.archive_id == row.id))


async def forget_archives(database: Database, now: datetime) -> None:
    """Delete what was kept long enough; that there was one stays."""
    async with database.write() as db:
        old = list(await db.scalars(select(Archive.id).where(Archive.state == READY, Archive.made_at < now - KEPT)))
        if old:
            await db.execute(delete(ArchivePart).where(ArchivePart.archive_id.in_(old)))
            await db.execute(update(Archive).where(Archive.id.in_(old)).values(state=GONE))


async def ready(db: AsyncSession, official: Official, archive_id: int) -> Archive | None:
    """An archive of the official's county that can be fetched."""
    row = await db.get(Archive, archive_id)
    if row is None or row.county != official.division or row.state != READY:
        return None
    return row


async def parts(database: Database, archive_id: int) -> AsyncIterator[bytes]:
    """The pieces of an archive in their order, one in memory at a time; each in a transaction of its own, for whoever
    fetches it may be slow."""
    async with database.read() as db:
        last = await db.scalar(select(func.max(ArchivePart.number)).where(ArchivePart.archive_id == archive_id))
    for number in range(0 if last is None else last + 1):
        async with database.read() as db:
            query = select(ArchivePart.content)
            piece = await db.scalar(query.where(ArchivePart.archive_id == archive_id, ArchivePart.number == number))
        if piece is None:
            raise LostError
        yield piece


async def _still(unit: Unit, taken: Claimed, **values: object) -> None:
    wanted = update(Archive).where(Archive.id == taken.id, Archive.claim == taken.claim, Archive.state == MAKING)
    done = await unit.db.execute(wanted.values(beat_at=unit.now, **values).returning(Archive.id))
    if done.one_or_none() is None:
        raise LostError
