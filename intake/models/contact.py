"""People's addresses, and what they sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson


class Contact(Base):
    """A person's address on one channel. ``flow`` is the talk they are in; ``waiting`` says that a message could not
    be delivered because the channel's window was closed; ``muted`` that only decisions are told, no reminders.
    ``staff_id`` is the official whose account this is, bound by a code from the console."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    flow: Mapped[str | None] = mapped_column(String(32))
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    muted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    big_text: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("channel", "address"),)


class Binding(Base):
    """A single-use code by which an official binds a chat account to their own; only its hash is kept."""

    __tablename__ = "binding"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


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
