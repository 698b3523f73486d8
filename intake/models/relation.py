"""Who of those that decide is a relative of a household (L12)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedText


class Relation(Base):
    """Somebody who decides is a relative of a case's household: append only. An official said so of themselves
    (``staff_id``), or of somebody else by their ``name``: a member of the meeting, a leader of village or township."""

    __tablename__ = "relation"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(SealedText("relation.name"))
    relation: Mapped[str] = mapped_column(String(16))
    """One of :data:`intake.relatives.KINSHIP`."""
    declared_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    declared_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("case_id", "staff_id"),)
