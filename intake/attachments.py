"""Photos and voices: expected, kept, bound to what they belong to, forgotten. All statements are short; bytes are
fetched and looked at (:mod:`intake.media`) before a transaction begins."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.media import PHOTO, Media
from intake.models import Attachment
from store.cipher import keyring
from store.database import Database
from store.ids import new_id

WAITING, KEPT, LOST = "waiting", "kept", "lost"

PER_DAY = 60
"""Photos and voices of one contact in 24 hours; what comes after is not taken."""

LOOSE_KEPT = timedelta(days=30)
"""How long an attachment that belongs to nothing is kept: as long as the draft that it was sent for."""

WEB = "web"
"""The channel whose reference is the id of an attachment that we have already."""


class TooManyError(Exception):
    """A contact has sent :data:`PER_DAY` already."""


class Expected(NamedTuple):
    """A photo or a voice that a channel told of. ``kind`` is ``photo`` or ``voice``; ``reference`` names the file on
    the channel. On the web the file came before its message: there ``reference`` is the attachment's id as text,
    and ``id`` the same as a number."""

    id: int
    contact_id: int
    kind: str
    channel: str
    reference: str
    sent_at: datetime


_COUNT = (
    select(Attachment.contact_id, func.count())
    .where(Attachment.contact_id.in_(bindparam("people", expanding=True)), Attachment.sent_at > bindparam("since"))
    .group_by(Attachment.contact_id)
)
_OWN = select(Attachment.id, Attachment.contact_id, Attachment.kind).where(
    Attachment.id.in_(bindparam("ids", expanding=True)), Attachment.channel == WEB, Attachment.state == KEPT
)


async def expect(connection: AsyncConnection, rows: Sequence[Expected]) -> frozenset[int]:
    """Note what is to be fetched, in the transaction of the messages, whose contacts are locked; the ids of what is
    taken. Not taken: more than :data:`PER_DAY`, an empty reference, on the web what another contact uploaded or what
    is of another kind. Two statements, however many rows."""
    fetched = [row for row in rows if row.channel != WEB and row.reference]
    uploaded = [row for row in rows if row.channel == WEB and row.reference == str(row.id)]
    taken: set[int] = set()
    if uploaded:
        found = await connection.execute(_OWN, {"ids": [row.id for row in uploaded]})
        owned = {(row.id, row.contact_id, row.kind) for row in found}
        taken |= {row.id for row in uploaded if (row.id, row.contact_id, row.kind) in owned}
    if fetched:
        counts = await _counts(connection, {row.contact_id for row in fetched}, max(row.sent_at for row in fetched))
        new = []
        for row in fetched:
            counts[row.contact_id] = counts.get(row.contact_id, 0) + 1
            if counts[row.contact_id] <= PER_DAY:
                new.append(row._asdict() | {"state": WAITING})
                taken.add(row.id)
        if new:
            await connection.execute(insert(Attachment), new)
    return frozenset(taken)


async def _counts(connection: AsyncConnection, people: Collection[int], now: datetime) -> dict[int, int]:
    since = now - timedelta(hours=24)
    rows = await connection.execute(_COUNT, {"people": list(people), "since": since})
    return {contact: number for contact, number in rows if contact is not None}


async def upload(connection: AsyncConnection, contact_id: int, kind: str, media: Media, now: datetime) -> int:
    """Keep what a person uploaded by the web chat; its id. The same bytes again, while they belong to nothing, are the
    same attachment. The caller has locked the contact.

    Raises:
        TooManyError: more than :data:`PER_DAY`.
    """
    digest = digest_of(media.content)
    again = await connection.scalar(
        select(Attachment.id).where(
            Attachment.contact_id == contact_id,
            Attachment.digest == digest,
            Attachment.kind == kind,
            Attachment.channel == WEB,
            Attachment.subject == "",
        )
    )
    if again is not None:
        return again
    if (await _counts(connection, {contact_id}, now)).get(contact_id, 0) >= PER_DAY:
        raise TooManyError
    row = Expected(new_id(now), contact_id, kind, WEB, "", now)
    await connection.execute(insert(Attachment), [row._asdict() | _kept(media)])
    return row.id


async def keep_of_office(connection: AsyncConnection, subject: str, channel: str, media: Media, now: datetime) -> int:
    """Keep a photo that an official gave with something they wrote down; it belongs to ``subject`` at once. Its id.
    ``channel`` says what it is: a ``photo``, or a ``signature`` drawn on the screen."""
    attachment_id = new_id(now)
    about = {"id": attachment_id, "kind": PHOTO, "channel": channel, "subject": subject, "sent_at": now}
    await connection.execute(insert(Attachment), [about | _kept(media)])
    return attachment_id


async def keep(connection: AsyncConnection, attachment_id: int, media: Media) -> bool:
    """Keep the fetched bytes, sealed; False when the attachment is gone or another process has kept it."""
    result = await connection.execute(
        update(Attachment).where(Attachment.id == attachment_id, Attachment.state != KEPT).values(_kept(media))
    )
    return result.rowcount > 0


async def lose(connection: AsyncConnection, attachment_id: int) -> None:
    """Say that an attachment cannot be had any more."""
    await connection.execute(
        update(Attachment).where(Attachment.id == attachment_id, Attachment.state == WAITING).values(state=LOST)
    )


async def attach(connection: AsyncConnection, contact_id: int, ids: Collection[int], subject: str) -> frozenset[int]:
    """Bind a contact's attachments to ``subject`` (``report:5``): those that are bound to it now. What belongs to
    another contact, or to something else already, is left alone; what is still to be fetched is bound too."""
    wanted = list(ids)
    mine = (Attachment.id.in_(wanted), Attachment.contact_id == contact_id)
    await connection.execute(update(Attachment).where(*mine, Attachment.subject == "").values(subject=subject))
    bound = await connection.scalars(select(Attachment.id).where(*mine, Attachment.subject == subject))
    return frozenset(bound)


async def discard(connection: AsyncConnection, contact_id: int, ids: Collection[int]) -> None:
    """Delete a contact's attachments of a draft that was erased; what belongs to something stays."""
    await connection.execute(
        delete(Attachment).where(
            Attachment.id.in_(list(ids)), Attachment.contact_id == contact_id, Attachment.subject == ""
        )
    )


async def forget_loose(database: Database, now: datetime) -> None:
    """Delete what belongs to nothing after :data:`LOOSE_KEPT`; called by the clock."""
    async with database.connect() as connection:
        await connection.execute(
            delete(Attachment).where(Attachment.subject == "", Attachment.sent_at < now - LOOSE_KEPT)
        )


def digest_of(content: bytes) -> bytes:
    """The keyed fingerprint by which the same photo is known again."""
    return keyring().blind_index("attachment.digest", hashlib.sha256(content).hexdigest())


def _kept(media: Media) -> dict[str, object]:
    return {
        "state": KEPT,
        "media_type": media.media_type,
        "size": len(media.content),
        "digest": digest_of(media.content),
        "content": media.content,
        "reference": "",
    }
