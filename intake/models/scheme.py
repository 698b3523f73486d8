"""Relief schemes and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant


class Scheme(Base):
    """One county's relief in one winter-spring season; its content is versioned in :class:`SchemeVersion`."""

    __tablename__ = "scheme"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    county: Mapped[str] = mapped_column(ForeignKey("division.code"))
    season: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    last_number: Mapped[int] = mapped_column(default=0)
    """The last case number given out."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the season was closed: from then on nothing moves any more."""
    __table_args__ = (UniqueConstraint("county", "season"),)


class SchemeVersion(Base):
    """One version of a scheme's content (:class:`intake.scheme.SchemeContent`); every decision names the version it
    was taken under."""

    __tablename__ = "scheme_version"
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    since: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """The official who saved it in the console; None where an operator loaded a file."""
