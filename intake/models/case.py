"""Households, their applications, and where those stand in the two passes."""

from datetime import datetime
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
)
from sqlalchemy.orm import Mapped, mapped_column, validates

from intake.finding import (
    card_index,
    follows,
    id_tail_index,
    initials,
    name_index,
    phone_index,
    phone_tail_index,
)
from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class Household(Base):
    """A household, found by the blind index of its head's ID number; officials find it by the initials of the name and
    by the ends of ID number and phone, and see by keyed indexes whether its card or its phone is another household's
    (:mod:`intake.finding`). Those follow by themselves at insertion; whoever updates a head or phone sets them too. The
    index of a card follows the attribute; a statement that updates the card alone sets it."""

    __tablename__ = "household"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    id_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    head: Mapped[str]
    id_number: Mapped[str] = mapped_column(SealedText("household.id_number"))
    phone: Mapped[str] = mapped_column(SealedText("household.phone"))
    bank_card: Mapped[str | None] = mapped_column(SealedText("household.bank_card"))
    card_holder: Mapped[str | None] = mapped_column(SealedText("household.card_holder"))
    """Whose name is on the card, as whoever gave it said; nothing where nobody said."""
    initials: Mapped[str] = mapped_column(default=follows("head", initials), server_default="")
    id_tail_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), default=follows("id_number", id_tail_index), index=True
    )
    phone_tail_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), default=follows("phone", phone_tail_index), index=True
    )
    phone_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), default=follows("phone", phone_index), index=True
    )
    card_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), default=follows("bank_card", card_index), index=True
    )
    card_holder_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=follows("card_holder", name_index))
    head_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=follows("head", name_index))

    @validates("bank_card")
    def _card_given(self, _key: str, card: str | None) -> str | None:
        """A card's index goes with it, and the name on another card is not this one's."""
        if card != self.bank_card:
            self.card_holder = None
        self.card_index = card_index(card)
        return card

    @validates("card_holder")
    def _holder_given(self, _key: str, holder: str | None) -> str | None:
        self.card_holder_index = name_index(holder)
        return holder


class Case(Base):
    """One household's application in one scheme, with its circumstances of this season (form 1)."""

    __tablename__ = "case"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
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
        Index("ix_case_village_filed", "village", "filed_at", "number"),
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
