"""The tables of the talks: a session for each contact and flow, and a claim for each message that came in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson


class SessionRow(Base):
    """One contact's draft of one flow: at most one each. ``rev`` counts its changes."""

    __tablename__ = "session"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    flow: Mapped[str] = mapped_column(String(32), primary_key=True)
    rev: Mapped[int] = mapped_column(Id)
    document: Mapped[dict[str, Any]] = mapped_column(SealedJson("session.document"))
    updated_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Claim(Base):
    """A message that was taken, and what was answered: a retry gets the same replies again."""

    __tablename__ = "claim"
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(160), primary_key=True)
    replies: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson("claim.replies"))
    taken_at: Mapped[datetime] = mapped_column(Instant, index=True)
