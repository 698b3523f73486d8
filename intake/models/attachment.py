"""Photos and voices that people sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedBytes, SealedText


class Attachment(Base):
    """A photo or a voice. What a channel sends is only a ``reference`` to a file of its own; a clock's job fetches the
    file and keeps it sealed. ``subject`` is what it belongs to (``report:5``), empty until that is sent in.

    ``state``: ``waiting`` to be fetched, ``kept``, ``lost`` (the channel has it no more, or it is not what we take).
    ``digest`` is a keyed hash of the bytes, so that the same photo counts once.
    """

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    """``photo`` or ``voice``."""
    channel: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(SealedText("attachment.reference"))
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    media_type: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    content: Mapped[bytes | None] = mapped_column(SealedBytes("attachment.content"), deferred=True)
    subject: Mapped[str] = mapped_column(String(48), default="", index=True)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (Index("ix_attachment_state", "state", "sent_at"),)
