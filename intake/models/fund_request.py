"""Requests for the season's money (L11)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Instant


class FundRequest(Base):
    """What a township asked of its county, or the county of those above it, for one season: append only, the newest
    revision counts. ``households`` and ``persons`` were those of the reported need when it was recorded. Money and the
    value of goods in fen."""

    __tablename__ = "fund_request"
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True, autoincrement=False)
    division: Mapped[str] = mapped_column(String(12), ForeignKey("division.code"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    households: Mapped[int]
    persons: Mapped[int]
    money_fen: Mapped[int] = mapped_column(BigInteger)
    goods_fen: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[str]
    """The number of the paper that it was asked for with."""
    requested_on: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    scheme_version: Mapped[int]
    __table_args__ = (
        CheckConstraint("households >= 1 AND persons >= households", "need"),
        CheckConstraint("money_fen >= 0 AND goods_fen >= 0 AND money_fen + goods_fen > 0", "amount"),
    )
