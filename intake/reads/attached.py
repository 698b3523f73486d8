"""The photos and voices of a report, a visit or a case: what there is, and one of them open."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.attachments import KEPT
from intake.models import Attachment


@dataclass(frozen=True, slots=True)
class Attached:
    """One photo or voice. ``state``: still ``waiting`` for its channel, ``kept``, or ``lost``."""

    id: int
    kind: str
    state: str
    media_type: str
    size: int


async def attached(db: AsyncSession, subject: str) -> list[Attached]:
    """What belongs to ``subject``, in the order in which it was sent; a photo that was sent twice counts once. Whoever
    calls this has seen to it that the reader may read ``subject``."""
    rows = await db.execute(
        select(
            Attachment.id, Attachment.kind, Attachment.state, Attachment.media_type, Attachment.size, Attachment.digest
        )
        .where(Attachment.subject == subject)
        .order_by(Attachment.sent_at, Attachment.id)
    )
    once: dict[bytes | int, Attached] = {}
    for row in rows:
        once.setdefault(row.digest or row.id, Attached(row.id, row.kind, row.state, row.media_type, row.size))
    return list(once.values())


async def opened(db: AsyncSession, subject: str, attachment_id: int) -> tuple[str, bytes] | None:
    """Media type and bytes of one of them; nothing while it is not kept, or when it belongs to something else."""
    found = (
        await db.execute(
            select(Attachment.media_type, Attachment.content).where(
                Attachment.id == attachment_id, Attachment.subject == subject, Attachment.state == KEPT
            )
        )
    ).one_or_none()
    return None if found is None or found.content is None else (found.media_type, found.content)
