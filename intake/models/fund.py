"""Money and goods that came in, and goods that were handed out: the two halves of the ledger beside payments."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedText


class Fund(Base):
    """Money or goods that a division (county or township) received for a season: append only. ``passed_from`` is the
    county's fund it was passed on from; then it is out of the one and into the other by this one row. A mistake is
    taken back by a row of its own with negative amounts, whose ``counters`` names the row that was wrong. Money in
    fen; of goods also how many of which unit."""

    __tablename__ = "fund"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    division: Mapped[str] = mapped_column(ForeignKey("division.code"))
    source: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(8))
    item: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(default=0)
    worth_fen: Mapped[int] = mapped_column(Id)
    received_on: Mapped[date]
    document: Mapped[str] = mapped_column(default="")
    passed_from: Mapped[int | None] = mapped_column(ForeignKey("fund.id"), index=True)
    counters: Mapped[int | None] = mapped_column(ForeignKey("fund.id"), index=True)
    reason: Mapped[str] = mapped_column(SealedText("fund.reason"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    scheme_version: Mapped[int]
    __table_args__ = (
        Index("ix_fund_scheme_division", "scheme_id", "division"),
        CheckConstraint("(counters IS NULL AND worth_fen > 0) OR (counters IS NOT NULL AND worth_fen < 0)", "worth"),
        CheckConstraint(
            "(kind = 'money' AND quantity = 0) OR (kind = 'goods' AND quantity > 0 AND counters IS NULL)"
            " OR (kind = 'goods' AND quantity < 0 AND counters IS NOT NULL)",
            "quantity",
        ),
    )


class Handout(Base):
    """Goods of one fund given to one household: append only. What was given at once, with one proof, has one ``act``,
    whose signature or photo belongs to ``handout:<act>``. It refers to a grant, so that goods too go only to those
    who were found in need (L11). A mistake is taken back by a row with negative amounts that ``counters`` it."""

    __tablename__ = "handout"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    act: Mapped[int] = mapped_column(Id)
    case_id: Mapped[int] = mapped_column(ForeignKey("grant.case_id"), index=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    quantity: Mapped[int]
    worth_fen: Mapped[int] = mapped_column(Id)
    given_on: Mapped[date]
    given_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    received_by: Mapped[str] = mapped_column(SealedText("handout.received_by"))
    relation: Mapped[str] = mapped_column(String(16), default="")
    """What whoever received it is to the household; empty for the head."""
    counters: Mapped[int | None] = mapped_column(ForeignKey("handout.id"))
    reason: Mapped[str] = mapped_column(SealedText("handout.reason"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    scheme_version: Mapped[int]
    __table_args__ = (
        # Once each; and no index in which a planner would look for all the rows that are no counter entries.
        Index(
            "uq_handout_counters",
            "counters",
            unique=True,
            sqlite_where=text("counters IS NOT NULL"),
            postgresql_where=text("counters IS NOT NULL"),
        ),
        Index(
            "uq_handout_act_fund",
            "act",
            "fund_id",
            unique=True,
            sqlite_where=text("counters IS NULL"),
            postgresql_where=text("counters IS NULL"),
        ),
        CheckConstraint(
            "(counters IS NULL AND quantity > 0 AND worth_fen > 0)"
            " OR (counters IS NOT NULL AND quantity < 0 AND worth_fen < 0)",
            "amounts",
        ),
    )
