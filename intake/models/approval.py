"""Who decided, and what was paid."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedText


class Approval(Base):
    """What one official did with one case in one pass, and why: append only. Where it ``decides``, each person may
    act once per revision, whatever the level (L12)."""

    __tablename__ = "approval"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    pass_: Mapped[str] = mapped_column("pass", String(8))
    revision: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    action: Mapped[str] = mapped_column(String(24))
    decides: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(SealedText("approval.reason"))
    scheme_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        Index(
            "uq_approval_once",
            "case_id",
            "pass",
            "revision",
            "staff_id",
            unique=True,
            sqlite_where=text("decides"),
            postgresql_where=text("decides"),
        ),
    )


class Payment(Base):
    """Money given to a household: once per grant. The card is the one it went to."""

    __tablename__ = "payment"
    case_id: Mapped[int] = mapped_column(ForeignKey("grant.case_id"), primary_key=True)
    amount_fen: Mapped[int]
    bank_card: Mapped[str] = mapped_column(SealedText("payment.bank_card"))
    paid_on: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    scheme_version: Mapped[int | None]
    __table_args__ = (CheckConstraint("amount_fen > 0", "amount"),)
