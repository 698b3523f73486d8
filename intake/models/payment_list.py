"""Lists by which money goes to cards: what is to be paid, who released it, and what the bank said of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedBytes, SealedText

_LIVE = text("outcome IN ('waiting', 'paid')")


class PaymentList(Base):
    """One list to one bank (form 4): made, released by two people (L12), sent, closed; or dropped. ``division`` is the
    township or county whose list it is, ``template`` the bank as the scheme had it, ``hash`` is over all of its lines
    and stands in the event chain too. Money in fen."""

    __tablename__ = "payment_list"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    scheme_version: Mapped[int]
    division: Mapped[str] = mapped_column(ForeignKey("division.code"))
    bank: Mapped[str] = mapped_column(String(16))
    template: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(default="")
    """The line of the budget that it is paid from, as the scheme calls it."""
    lines: Mapped[int]
    total_fen: Mapped[int] = mapped_column(Id)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    state: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was closed or dropped."""
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    why: Mapped[str | None] = mapped_column(SealedText("payment_list.why"))
    """Why it was dropped."""
    __table_args__ = (
        CheckConstraint("total_fen > 0 AND lines > 0", "total"),
        CheckConstraint("state IN ('made', 'released', 'sent', 'closed', 'dropped')", "state"),
        Index("ix_payment_list_scheme_division", "scheme_id", "division"),
    )


class PaymentLine(Base):
    """One household of a list. A case has one line at most that waits or was paid; a line whose money came back is
    ``failed``, and the line that pays it again names it in ``repays``. Money in fen."""

    __tablename__ = "payment_line"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    list_id: Mapped[int] = mapped_column(ForeignKey("payment_list.id"))
    position: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("grant.case_id"), index=True)
    head: Mapped[str]
    card: Mapped[str] = mapped_column(SealedText("payment_line.card"))
    card_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    amount_fen: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    repays: Mapped[int | None] = mapped_column(ForeignKey("payment_line.id"))
    outcome: Mapped[str] = mapped_column(String(16), default="waiting")
    reason: Mapped[str | None] = mapped_column(SealedText("payment_line.reason"))
    """Why the money came back, as the bank or the township says."""
    paid_on: Mapped[date | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        UniqueConstraint("list_id", "case_id"),
        CheckConstraint("amount_fen > 0", "amount"),
        CheckConstraint("outcome IN ('waiting', 'paid', 'failed', 'dropped')", "outcome"),
        CheckConstraint("(outcome = 'paid') = (paid_on IS NOT NULL)", "paid_on"),
        Index("uq_payment_line_live", "case_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )


class PaymentRelease(Base):
    """One of the two people who released a list: nobody twice, and never a third (L12)."""

    __tablename__ = "payment_release"
    list_id: Mapped[int] = mapped_column(ForeignKey("payment_list.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    nth: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("list_id", "nth"), CheckConstraint("nth IN (1, 2)", "nth"))


class BankReturn(Base):
    """A file in which the bank says what it did with a list, as it was; each file once. It is looked at first, and
    counts when an official has taken it. ``counts`` and ``totals`` (fen) are by outcome."""

    __tablename__ = "bank_return"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    list_id: Mapped[int] = mapped_column(ForeignKey("payment_list.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[bytes] = mapped_column(SealedBytes("bank_return.content"))
    read_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    read_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    paid_on: Mapped[date | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    totals: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    __table_args__ = (UniqueConstraint("list_id", "digest"),)


class BankReturnRow(Base):
    """One row of a file that was taken, and what became of it; ``position`` is its row in the file. Money in fen."""

    __tablename__ = "bank_return_row"
    return_id: Mapped[int] = mapped_column(ForeignKey("bank_return.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("payment_line.id"))
    outcome: Mapped[str] = mapped_column(String(16), index=True)
    card: Mapped[str] = mapped_column(SealedText("bank_return_row.card"))
    amount_fen: Mapped[int | None] = mapped_column(Id)
    said: Mapped[str] = mapped_column(SealedText("bank_return_row.said"))
    """What the bank wrote as the result, and why."""
