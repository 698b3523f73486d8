"""What villages said and posted, and what was objected."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class Review(Base):
    """A village's democratic review meeting over some cases in one pass (L7, L8)."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    village: Mapped[str] = mapped_column(ForeignKey("division.code"))
    pass_: Mapped[str] = mapped_column("pass", String(8))
    held_on: Mapped[date]
    form: Mapped[str] = mapped_column(String(24))
    """``villagers`` (村民会议) or ``representatives`` (村民代表会议)."""
    present: Mapped[int]
    minutes: Mapped[str] = mapped_column(SealedText("review.minutes"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    called: Mapped[int | None]
    """How many were called, where the scheme asks for a share of them."""
    scheme_version: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(120))
    begins_at: Mapped[time | None]
    """In China, as is ``ends_at``."""
    ends_at: Mapped[time | None]
    chair: Mapped[str | None] = mapped_column(SealedText("review.chair"))
    clerk: Mapped[str | None] = mapped_column(SealedText("review.clerk"))
    """Who wrote the minutes."""
    attendance: Mapped[list[str] | None] = mapped_column(SealedJson("review.attendance"))
    """The names of those present, where they were written down."""


class Vote(Base):
    """What a review meeting said of one case."""

    __tablename__ = "vote"
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    votes_for: Mapped[int]
    votes_against: Mapped[int]


class Notice(Base):
    """A posted list of one village in one pass (L8). ``lines`` hold the public facts alone, as they were posted."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    village: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    pass_: Mapped[str] = mapped_column("pass", String(8))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    complaint_phone: Mapped[str] = mapped_column(String(32))
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    scheme_version: Mapped[int | None]


class NoticeCase(Base):
    """Which cases a notice is about, in the order of their numbers those of its lines; never shown beside the public
    lines. ``withdrawn_at`` is when the household withdrew: from then on its line is public no more."""

    __tablename__ = "notice_case"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class Objection(Base):
    """An objection to one line of a notice; while it is open it holds the case. An official took it down
    (``taken_by``), or a citizen made it by chat (``contact_id``)."""

    __tablename__ = "objection"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(SealedText("objection.text"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    upheld: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(SealedText("objection.answer"))
