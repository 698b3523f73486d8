"""Reports of irregularities: behind a door of their own."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class Report(Base):
    """A citizen's report of an irregularity (L12), found again by its receipt code alone.

    ``contact_id`` is empty when it was made anonymously. ``accused`` is the highest level accused (``village``,
    ``township``, ``county``): whoever handles the report stands above it. ``content`` holds the answers as sent.
    """

    __tablename__ = "report"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    receipt_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    anonymous: Mapped[bool] = mapped_column(Boolean)
    kind: Mapped[str] = mapped_column(String(24))
    division: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    accused: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("report.content"))
    state: Mapped[str] = mapped_column(String(16), index=True)
    """``received``, ``looking``, ``proven``, ``unproven``."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ReportLine(Base):
    """What the reporter or the official wrote about a report later, in order. ``staff_id`` is empty where the
    reporter wrote."""

    __tablename__ = "report_line"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(SealedText("report_line.text"))
    at: Mapped[datetime] = mapped_column(Instant)
