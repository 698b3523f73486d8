"""Talks handed over to a human."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedText


class Handover(Base):
    """A person asked for a human: the bot is silent until the human ends it. At most one is open for a contact.

    ``division`` is the county that answers, or empty where nobody knows the person's county.
    """

    __tablename__ = "handover"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    division: Mapped[str] = mapped_column(String(12), default="", index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    __table_args__ = (
        Index(
            "uq_handover_open",
            "contact_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class HandoverLine(Base):
    """One message of a handed-over talk; ``staff_id`` is empty where the person wrote."""

    __tablename__ = "handover_line"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(SealedText("handover_line.text"))
    at: Mapped[datetime] = mapped_column(Instant)
