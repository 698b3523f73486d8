"""What the allocation helper proposes to a village's meeting."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Instant


class AllocationHint(Base):
    """A township's proposal for one household of the GRANT pass, in fen; it decides nothing. ``why`` is what
    :func:`intake.allocation.explain.explanation` says."""

    __tablename__ = "allocation_hint"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, autoincrement=False)
    tier: Mapped[str] = mapped_column(String(16))
    amount_fen: Mapped[int]
    why: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
