"""Frozen lists: a village's register (form 3) and a township's batch (form 2)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant


class Batch(Base):
    """A list as it was sent up in one pass: a village's **register** (``division`` has 12 digits, made by the clock
    when the notice ends), or a township's **batch** (9 digits). ``hash`` covers the lines that are on it at
    ``revision``; a line that leaves begins a new revision."""

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    pass_: Mapped[str] = mapped_column("pass", String(8))
    division: Mapped[str] = mapped_column(ForeignKey("division.code"))
    number: Mapped[int]
    """Counted from 1 in each division and pass."""
    revision: Mapped[int] = mapped_column(default=1)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    scheme_version: Mapped[int]
    __table_args__ = (UniqueConstraint("scheme_id", "pass", "division", "number"),)


class BatchLine(Base):
    """One household on a frozen list, as it stood then (:mod:`intake.batches.line`): nothing that is sealed elsewhere.
    ``left_in`` is the revision from which it is no longer on the list, ``why`` the action that took it off. A household
    is on one register and on one batch of a pass at most."""

    __tablename__ = "batch_line"
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    pass_: Mapped[str] = mapped_column("pass", String(8))
    level: Mapped[str] = mapped_column(String(8))
    """``village`` or ``township``."""
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    left_in: Mapped[int | None]
    why: Mapped[str | None] = mapped_column(String(24))
    __table_args__ = (
        Index(
            "uq_batch_line_live",
            "case_id",
            "pass",
            "level",
            unique=True,
            sqlite_where=text("left_in IS NULL"),
            postgresql_where=text("left_in IS NULL"),
        ),
    )


class BatchAct(Base):
    """Who acted on a township's batch: one person at one level alone (L12), which the key enforces."""

    __tablename__ = "batch_act"
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(8))
    """``township`` made it, ``county`` decides on it."""
    at: Mapped[datetime] = mapped_column(Instant)
