"""The tables of intake: who reaches us, what they sent, the cases it became, and what officials decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class Division(Base):
    """An administrative division by its code of the statistics bureau (6, 9 or 12 digits); ``level`` 3 county,
    4 township, 5 village. The civil-affairs code differs in places and is kept beside it."""

    __tablename__ = "division"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    level: Mapped[int]
    name: Mapped[str]
    short: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("division.code"))
    mca_code: Mapped[str | None] = mapped_column(String(9))


class Contact(Base):
    """A person's address on one channel. ``flow`` is the talk they are in; ``waiting`` says that a message could not
    be delivered because the channel's window was closed."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    flow: Mapped[str | None] = mapped_column(String(32))
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("channel", "address"),)


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


class Scheme(Base):
    """One county's relief in one winter-spring season; its content is versioned in :class:`SchemeVersion`."""

    __tablename__ = "scheme"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    county: Mapped[str] = mapped_column(ForeignKey("division.code"))
    season: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    last_number: Mapped[int] = mapped_column(default=0)
    """The last case number given out."""
    __table_args__ = (UniqueConstraint("county", "season"),)


class SchemeVersion(Base):
    """One version of a scheme's content (:class:`intake.scheme.SchemeContent`); every decision names the version it
    was taken under."""

    __tablename__ = "scheme_version"
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    since: Mapped[datetime] = mapped_column(Instant)


class Submission(Base):
    """What was sent, as it was sent: written once, never changed. ``key`` makes a second sending harmless."""

    __tablename__ = "submission"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(96), unique=True)
    flow: Mapped[str] = mapped_column(String(32))
    flow_version: Mapped[int]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("submission.content"))
    sent_at: Mapped[datetime] = mapped_column(Instant)


class Household(Base):
    """A household, found by the blind index of its head's ID number."""

    __tablename__ = "household"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    id_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    head: Mapped[str]
    id_number: Mapped[str] = mapped_column(SealedText("household.id_number"))
    phone: Mapped[str] = mapped_column(SealedText("household.phone"))
    bank_card: Mapped[str | None] = mapped_column(SealedText("household.bank_card"))


class Case(Base):
    """One household's application in one scheme, with its circumstances of this season (form 1)."""

    __tablename__ = "case"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    nominator: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("case.nominator"))
    village: Mapped[str] = mapped_column(ForeignKey("division.code"))
    group: Mapped[str] = mapped_column(default="")
    household_size: Mapped[int]
    persons_in_need: Mapped[int]
    categories: Mapped[list[str]] = mapped_column(JSON)
    disasters: Mapped[list[str]] = mapped_column(JSON)
    reliefs: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(SealedText("case.reason"))
    remarks: Mapped[str] = mapped_column(SealedText("case.remarks"))
    filed_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("scheme_id", "household_id"),
        CheckConstraint("persons_in_need >= 1 AND persons_in_need <= household_size", "persons"),
        Index("ix_case_scheme_village", "scheme_id", "village"),
    )


class Need(Base):
    """The first pass of a case: does this household need relief? ``accepted`` is true in that state alone, and is
    what a :class:`Grant` refers to."""

    __tablename__ = "need"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    accepted: Mapped[bool] = mapped_column(Boolean, default=False)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("case_id", "accepted"),
        CheckConstraint("accepted = (state = 'accepted')", "accepted"),
    )


class Grant(Base):
    """The second pass of a case: how much? It refers to an accepted need, so that those helped are always among
    those reported in need (L11). Money is in fen."""

    __tablename__ = "grant"
    case_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    need_accepted: Mapped[bool] = mapped_column(Boolean, default=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    tier: Mapped[str | None] = mapped_column(String(16))
    amount_fen: Mapped[int | None]
    statement: Mapped[str | None] = mapped_column(SealedText("grant.statement"))
    """The household's written statement for a special raise (L5)."""
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "need_accepted"], ["need.case_id", "need.accepted"]),
        CheckConstraint("need_accepted = true", "need_accepted"),
        CheckConstraint("amount_fen > 0", "amount"),
    )


class Review(Base):
    """A village's democratic review meeting over some cases in one pass (L7, L8)."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    village: Mapped[str] = mapped_column(ForeignKey("division.code"))
    pass_: Mapped[str] = mapped_column("pass", String(8))
    held_on: Mapped[date]
    form: Mapped[str] = mapped_column(String(24))
    """``villagers`` (村民会议) or ``representatives`` (村民代表会议)."""
    present: Mapped[int]
    minutes: Mapped[str] = mapped_column(SealedText("review.minutes"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Vote(Base):
    """What a review meeting said of one case."""

    __tablename__ = "vote"
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    votes_for: Mapped[int]
    votes_against: Mapped[int]


class Notice(Base):
    """A posted list of one village in one pass (L8). ``lines`` hold the public facts alone, as they were posted."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    village: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    pass_: Mapped[str] = mapped_column("pass", String(8))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    complaint_phone: Mapped[str] = mapped_column(String(32))
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class NoticeCase(Base):
    """Which cases a notice is about; never shown beside the public lines."""

    __tablename__ = "notice_case"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)


class Objection(Base):
    """An objection to one line of a notice; while it is open it holds the case."""

    __tablename__ = "objection"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(SealedText("objection.text"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    upheld: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(SealedText("objection.answer"))


class Approval(Base):
    """What one official did with one case in one pass, and why: append only. Where it ``decides``, each person may
    act once per revision, whatever the level (L12)."""

    __tablename__ = "approval"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
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
    __table_args__ = (CheckConstraint("amount_fen > 0", "amount"),)


class EventRow(Base):
    """One link of the event chain; see :mod:`intake.events`."""

    __tablename__ = "event"
    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(48))
    kind: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(48), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class EventHead(Base):
    """The end of the event chain; its one row is locked while events are added."""

    __tablename__ = "event_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Id)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
