"""Administrative divisions."""

from sqlalchemy import Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Division(Base):
    """An administrative division by its code of the statistics bureau (6, 9 or 12 digits); ``level`` 3 county,
    4 township, 5 village. The civil-affairs code differs in places and is kept beside it. ``latitude`` and
    ``longitude`` are degrees of WGS-84, empty where nobody has said where it lies."""

    __tablename__ = "division"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    level: Mapped[int]
    name: Mapped[str]
    short: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("division.code"))
    mca_code: Mapped[str | None] = mapped_column(String(9))
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
