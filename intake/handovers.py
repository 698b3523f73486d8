"""Talks handed over to a human (M1: nobody without a door to knock on; G5: not left overnight)."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.access import Official, OutOfAreaError
from intake.attachments import attach
from intake.events import Event, Journal, Letter
from intake.models import Case, Contact, Handover, HandoverLine
from intake.procedure import Role
from store.ids import new_id
from store.types import Instant

ANSWER_WITHIN = timedelta(hours=24)
"""By when a human has to have answered (G5)."""
WITH_HUMAN = "human"
"""What a contact's ``flow`` says while a human has the talk."""
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST = 2000
"""Characters of one line that are kept."""
ANSWERERS = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL})
"""Who answers: officials of the person's county."""

_OPEN = select(Handover.id).where(Handover.ended_at.is_(None))


class UnreadError(Exception):
    """The person wrote more than the official has read."""


class EndedError(Exception):
    """The handover was ended meanwhile."""


async def begin(
    connection: AsyncConnection,
    journal: Journal,
    contact_id: int,
    text: str,
    now: datetime,
    media: Collection[int] = (),
) -> None:
    """Hand a person over, to the county of their last case if they have one. A handover that is open already takes the
    text as its next line. ``media`` are the attachments that came with it."""
    if await write(connection, contact_id, text, now, media):
        return
    query = select(Case.village).where(Case.contact_id == contact_id).order_by(Case.id.desc()).limit(1)
    county = (await connection.scalar(query) or "")[:6]
    handover_id = new_id(now)
    row = {"id": handover_id, "contact_id": contact_id, "division": county, "opened_at": now}
    await connection.execute(insert(Handover), row)
    journal.add(Event(now, f"contact:{contact_id}", "handover.begun", f"handover:{handover_id}"))
    await _line(connection, handover_id, text, now)
    await attach(connection, contact_id, media, f"handover:{handover_id}")


async def write(
    connection: AsyncConnection, contact_id: int, text: str, now: datetime, media: Collection[int] = ()
) -> bool:
    """Add what the person writes to their open handover; False when none is open."""
    handover_id = await connection.scalar(_OPEN.where(Handover.contact_id == contact_id))
    if handover_id is None:
        return False
    await _line(connection, handover_id, text, now)
    await attach(connection, contact_id, media, f"handover:{handover_id}")
    return True


async def is_late(connection: AsyncConnection, contact_id: int, now: datetime) -> bool:
    """Whether the person has waited longer than they should for a word of a human: since they were handed over, or
    since they wrote after the human's last word."""
    handover = (
        await connection.execute(_OPEN.add_columns(Handover.opened_at).where(Handover.contact_id == contact_id))
    ).first()
    if handover is None:
        return False
    spoken = select(func.max(HandoverLine.at)).where(
        HandoverLine.handover_id == handover.id, HandoverLine.staff_id.is_not(None)
    )
    since = select(func.min(HandoverLine.at)).where(
        HandoverLine.handover_id == handover.id,
        HandoverLine.staff_id.is_(None),
        HandoverLine.at > func.coalesce(spoken.scalar_subquery(), literal(_NEVER, Instant)),
    )
    first = await connection.scalar(since)
    return first is not None and now - first > ANSWER_WITHIN


async def leave(connection: AsyncConnection, journal: Journal, contact_id: int, now: datetime) -> None:
    """The person goes back to the bot by themselves."""
    handover_id = await connection.scalar(_OPEN.where(Handover.contact_id == contact_id).with_for_update())
    if handover_id is not None:
        await connection.execute(update(Handover).where(Handover.id == handover_id).values(ended_at=now))
        journal.add(Event(now, f"contact:{contact_id}", "handover.left", f"handover:{handover_id}"))


async def answer(
    db: AsyncSession, journal: Journal, official: Official, handover_id: int, text: str, now: datetime
) -> None:
    """Write to the person; it is delivered on their channel.

    Raises:
        OutOfAreaError: not a handover of the official's county.
        EndedError: it was ended meanwhile.
    """
    found = await _access(db, official, handover_id)
    last = await _last(await db.connection(), handover_id)
    if last and (last.staff_id, last.text) == (official.id, text[:LONGEST]):
        return  # sent twice
    line_id = _next(last, now)
    db.add(HandoverLine(id=line_id, handover_id=handover_id, staff_id=official.id, text=text[:LONGEST], at=now))
    if found.answered_at is None:
        found.answered_at = now
    letter = Letter(found.contact_id, f"handover.line:{line_id}", "message.handover", {"text": text[:LONGEST]})
    journal.add(Event(now, official.actor, "handover.answered", f"handover:{handover_id}", letters=(letter,)))


async def end(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    handover_id: int,
    now: datetime,
    lines_read: int | None = None,
) -> None:
    """End it: from their next message on the person talks with the bot again, and is told so. ``lines_read`` is how
    many lines the official's page had, None where nobody says.

    Raises:
        OutOfAreaError: not a handover of the official's county.
        EndedError: it was ended meanwhile.
        UnreadError: there are lines that the official has not seen.
    """
    found = await _access(db, official, handover_id)
    lines = select(func.count()).where(HandoverLine.handover_id == handover_id)
    if lines_read is not None and await db.scalar(lines) != lines_read:
        raise UnreadError
    found.ended_at, found.ended_by = now, official.id
    back = (Contact.id == found.contact_id) & (Contact.flow == WITH_HUMAN)
    await db.execute(update(Contact).where(back).values(flow=None))
    letter = Letter(found.contact_id, f"handover.ended:{handover_id}", "message.handover_ended")
    journal.add(Event(now, official.actor, "handover.ended", f"handover:{handover_id}", letters=(letter,)))


async def access_handover(db: AsyncSession, official: Official, handover_id: int) -> Handover:
    """One handover of the official's county, open or ended.

    Raises:
        OutOfAreaError: no such handover there.
    """
    found = await db.get(Handover, handover_id)
    if found is None or not _reaches(official, found.division):
        raise OutOfAreaError
    return found


def _reaches(official: Official, county: str) -> bool:
    """A county's officials see its people, and those whose county nobody knows."""
    mine = (official.division or "")[:6]
    return official.role in ANSWERERS and len(mine) == 6 and county in ("", mine)


async def _access(db: AsyncSession, official: Official, handover_id: int) -> Handover:
    found = await access_handover(db, official, handover_id)
    # The contact first, as everywhere: their next message waits until this is done.
    await db.execute(select(Contact.id).where(Contact.id == found.contact_id).with_for_update(key_share=True))
    await db.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        raise EndedError
    return found


async def _line(connection: AsyncConnection, handover_id: int, text: str, now: datetime) -> None:
    line_id = _next(await _last(connection, handover_id), now)
    row = {"id": line_id, "handover_id": handover_id, "staff_id": None, "text": text[:LONGEST], "at": now}
    await connection.execute(insert(HandoverLine), row)


async def _last(connection: AsyncConnection, handover_id: int) -> Any:
    lines = select(HandoverLine.id, HandoverLine.staff_id, HandoverLine.text)
    query = lines.where(HandoverLine.handover_id == handover_id).order_by(HandoverLine.id.desc()).limit(1)
    return (await connection.execute(query)).first()


def _next(last: Any, now: datetime) -> int:
    """An id after the last one's: ids of one instant are random among themselves."""
    return max(new_id(now), last.id + 1) if last else new_id(now)
