"""Officials."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id


class Staff(Base):
    """An official with a role in one division (the division and all below it)."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(String(16))
    division: Mapped[str | None] = mapped_column(ForeignKey("division.code"))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    reminded_on: Mapped[date | None]
    """The day on which they were last looked at for a reminder of the season's calendar (L11)."""
