"""People's addresses, and what they sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson


class Contact(Base):
    """A person's address on one channel. ``flow`` is the talk they are in; ``waiting`` says that a message could not
    be delivered because the channel's window was closed."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    flow: Mapped[str | None] = mapped_column(String(32))
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("channel", "address"),)


class Submission(Base):
    """What was sent, as it was sent: written once, never changed. ``key`` makes a second sending harmless."""

    __tablename__ = "submission"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(96), unique=True)
    flow: Mapped[str] = mapped_column(String(32))
    flow_version: Mapped[int]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("submission.content"))
    sent_at: Mapped[datetime] = mapped_column(Instant)
