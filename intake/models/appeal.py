"""Appeals against a no."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedText


class Appeal(Base):
    """A refused or cut household says that this is wrong (G5): once in each revision of a pass. Its contact made it
    (``contact_id``), or the village took it down (``taken_by``)."""

    __tablename__ = "appeal"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    pass_: Mapped[str] = mapped_column("pass", String(8))
    text: Mapped[str] = mapped_column(SealedText("appeal.text"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    allowed: Mapped[bool | None]
