"""The demo's own table."""

from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class DemoClock(Base):
    """How far the demo's clock is from the machine's, in seconds; one row."""

    __tablename__ = "demo_clock"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    offset_seconds: Mapped[int]
