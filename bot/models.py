"""The tables of the talks: a session for each contact and flow, a claim for each message that came in, counts of what
happened at each question, and the index of the policy answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson


class SessionRow(Base):
    """One contact's draft of one flow: at most one each. ``rev`` counts its changes; ``reminded`` how often the person
    was reminded of it since they last wrote."""

    __tablename__ = "session"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    flow: Mapped[str] = mapped_column(String(32), primary_key=True)
    rev: Mapped[int] = mapped_column(Id)
    document: Mapped[dict[str, Any]] = mapped_column(SealedJson("session.document"))
    updated_at: Mapped[datetime] = mapped_column(Instant, index=True)
    reminded: Mapped[int] = mapped_column(default=0, server_default="0")


class Claim(Base):
    """A message that was taken, and what was answered: a retry gets the same replies again."""

    __tablename__ = "claim"
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(160), primary_key=True)
    replies: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson("claim.replies"))
    taken_at: Mapped[datetime] = mapped_column(Instant, index=True)


class StepCount(Base):
    """How often a question was reached, answered, not understood, gone back from, and left, by day, channel and
    language: no person is in it. ``slot`` is the counting process, so that processes never wait for each other."""

    __tablename__ = "step_count"
    day: Mapped[date] = mapped_column(primary_key=True)
    flow: Mapped[str] = mapped_column(String(32), primary_key=True)
    question: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    slot: Mapped[str] = mapped_column(String(32), primary_key=True)
    reached: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    invalid: Mapped[int] = mapped_column(default=0)
    back: Mapped[int] = mapped_column(default=0)
    left: Mapped[int] = mapped_column(default=0)


class PolicyTerm(Base):
    """The index of the policy answers: how much a pair of characters says for an entry (BM25, worked out when the
    content is loaded)."""

    __tablename__ = "policy_term"
    term: Mapped[str] = mapped_column(String(8), primary_key=True)
    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    weight: Mapped[float]


class PolicyContent(Base):
    """Which content the index was made from; one row."""

    __tablename__ = "policy_content"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
