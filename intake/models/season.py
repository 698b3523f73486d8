"""What became of a season: closed, begun again, handed in, archived."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedBytes, SealedText

_LONG = BigInteger().with_variant(Integer, "sqlite")


class SeasonAct(Base):
    """A county closed a season or took it up again (L10), why, and what was still open then by kind; append only."""

    __tablename__ = "season_act"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), index=True)
    act: Mapped[str] = mapped_column(String(8))
    """``close`` or ``reopen``."""
    reason: Mapped[str] = mapped_column(SealedText("season_act.reason"))
    open: Mapped[dict[str, Any]] = mapped_column(JSON)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class HandedIn(Base):
    """A county or township says that it handed something of the calendar in (L10, L11): once for each step."""

    __tablename__ = "handed_in"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    division: Mapped[str] = mapped_column(ForeignKey("division.code"))
    step: Mapped[str] = mapped_column(String(16))
    """A :class:`intake.season_calendar.Step`."""
    on: Mapped[date]
    note: Mapped[str] = mapped_column(SealedText("handed_in.note"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("scheme_id", "division", "step"),)


class Archive(Base):
    """An archive that was ordered from the console. ``state``: ``ordered``, ``making``, ``ready``, ``failed``,
    ``gone`` (its days are over). One county has one under way at a time. ``claim`` is the process that makes it,
    ``beat_at`` when it last said so."""

    __tablename__ = "archive"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    county: Mapped[str] = mapped_column(ForeignKey("division.code"))
    season: Mapped[str] = mapped_column(String(16))
    ordered_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(8), index=True)
    claim: Mapped[str] = mapped_column(String(40), default="")
    beat_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None] = mapped_column(Instant)
    size: Mapped[int] = mapped_column(_LONG, default=0)
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    key: Mapped[str] = mapped_column(String(40), default="")
    """The fingerprint of the key that signed it."""
    __table_args__ = (
        Index(
            "uq_archive_under_way",
            "county",
            unique=True,
            sqlite_where=text("state IN ('ordered', 'making')"),
            postgresql_where=text("state IN ('ordered', 'making')"),
        ),
    )


class ArchivePart(Base):
    """About a megabyte of an archive."""

    __tablename__ = "archive_part"
    archive_id: Mapped[int] = mapped_column(ForeignKey("archive.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(SealedBytes("archive_part.content"))
