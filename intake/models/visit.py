"""Welfare visits, people found in need who did not ask, and referrals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class Visit(Base):
    """A welfare visit to a household (X6): what was found of life, housing, water, electricity and heating.

    ``person`` is who was visited (name, telephone, what they need), sealed; ``findings`` are codes by field.
    """

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    village: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    visited_on: Mapped[date]
    person: Mapped[dict[str, Any]] = mapped_column(SealedJson("visit.person"))
    findings: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(SealedText("visit.note"))
    made_at: Mapped[datetime] = mapped_column(Instant)


class Discovery(Base):
    """Someone in need who did not ask, as told by a cadre, a volunteer or a neighbour (G1).

    ``state``: ``new``, ``visited``, ``applied``, ``no_need``. ``due_at`` is by when somebody has to have looked.
    """

    __tablename__ = "discovery"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    village: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    person: Mapped[dict[str, Any]] = mapped_column(SealedJson("discovery.person"))
    situations: Mapped[list[str]] = mapped_column(JSON)
    urgent: Mapped[bool]
    note: Mapped[str] = mapped_column(SealedText("discovery.note"))
    state: Mapped[str] = mapped_column(String(16), index=True)
    found_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    handled_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(SealedText("discovery.outcome"), default="")


class Referral(Base):
    """A need that another service has to meet (转介): where it came from (``visit:5``, ``discovery:7``), which service,
    and what came of it. ``state``: ``open``, ``done``, ``refused``."""

    __tablename__ = "referral"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(48), index=True)
    village: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    service: Mapped[str] = mapped_column(String(24))
    """``temporary``, ``subsistence``, ``destitute``, ``housing``, ``water``, ``power``, ``heating``, ``medical``."""
    state: Mapped[str] = mapped_column(String(8), index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answer: Mapped[str] = mapped_column(SealedText("referral.answer"), default="")
