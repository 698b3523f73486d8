"""Photos of a review meeting (L7): added by its village, drawn anew, sealed, and seen by the officials of its area."""

from sqlalchemy import func, select

from intake.access import Official, access_meeting
from intake.attachments import digest_of, keep_of_office
from intake.events import Event
from intake.media import PHOTO, Media
from intake.models import Attachment
from intake.moves import RefusedError
from intake.open_season import open_season
from intake.rules import Refusal
from intake.unit import Unit

MOST = 20
"""Photos of one meeting."""


def subject_of(review_id: int) -> str:
    """What the photos of a meeting belong to."""
    return f"review:{review_id}"


async def add_photo(unit: Unit, official: Official, review_id: int, media: Media) -> int:
    """Keep a photo of a meeting; its id. The same photo sent again is the one that there is.

    Raises:
        OutOfAreaError: no such meeting in the official's area.
        RefusedError: it has :data:`MOST` photos, or the season is closed.
    """
    review = await access_meeting(unit.db, official, review_id, lock=True)
    await open_season(unit.db, review.scheme_id, together=True)
    subject = subject_of(review_id)
    same = (Attachment.subject == subject, Attachment.digest == digest_of(media.content))
    known = await unit.db.scalar(select(Attachment.id).where(*same))
    if known is not None:
        return known
    there = await unit.db.scalar(select(func.count()).select_from(Attachment).where(Attachment.subject == subject))
    if (there or 0) >= MOST:
        raise RefusedError({0: Refusal("L7", "refusal.L7.enough_photos", {"most": MOST})})
    kept = await keep_of_office(await unit.db.connection(), subject, PHOTO, media, unit.now)
    unit.journal.add(Event(unit.now, official.actor, "review.photo", subject, {"attachment": kept}))
    return kept
