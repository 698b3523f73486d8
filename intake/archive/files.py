"""The photos and voices of a season, opened: those of applications and of meetings. What came with a report of an
irregularity or with an objection stays where it is: whoever spoke up has a door of their own."""

from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from intake.attachments import KEPT
from intake.models import Attachment, Case, Review

_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/amr": ".amr",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}


async def season_files(db: AsyncSession, scheme_id: int) -> AsyncIterator[tuple[str, bytes]]:
    """Name and content of every file, in the order of the names; one at a time in memory."""
    owners = {f"case:{key}": number for key, number in await _cases(db, scheme_id)}
    owners |= {f"review:{key}": f"{village}-{key}" for key, village in await _reviews(db, scheme_id)}
    query = select(Attachment.id, Attachment.subject, Attachment.media_type).where(
        Attachment.state == KEPT,
        Attachment.subject.startswith("case:") | Attachment.subject.startswith("review:"),
    )
    found: list[tuple[str, int]] = []
    for key, subject, media_type in await db.execute(query):
        if subject in owners:
            kind, ending = subject.partition(":")[0], _ENDINGS.get(media_type, ".bin")
            found.append((f"data/files/{kind}/{owners[subject].lower()}-{key}{ending}", key))
    for name, key in sorted(found):
        wanted = select(Attachment).where(Attachment.id == key).options(undefer(Attachment.content))
        one = await db.scalar(wanted)
        if one is not None and one.content is not None:
            yield name, one.content
            db.expunge(one)


async def _cases(db: AsyncSession, scheme_id: int) -> list[tuple[int, str]]:
    rows = await db.execute(select(Case.id, Case.number).where(Case.scheme_id == scheme_id))
    return [(key, number) for key, number in rows]


async def _reviews(db: AsyncSession, scheme_id: int) -> list[tuple[int, str]]:
    rows = await db.execute(select(Review.id, Review.village).where(Review.scheme_id == scheme_id))
    return [(key, village) for key, village in rows]
