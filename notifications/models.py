"""The tables of messages: what is said to whom, how far it got, and every attempt. These rows are the truth; the
delivery engine carries their ids."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson


class MessageState(StrEnum):
    """How far a message got. ``WAITING``: the channel lets us write only after the person has written again.
    ``FAILED_PERMANENT``: the person cannot be reached there. ``FAILED_TECHNICAL``: our fault, an operator has to
    look. ``UNKNOWN``: it may have arrived, and was repeated as often as its kind allows."""

    CREATED = "created"
    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    FAILED_PERMANENT = "failed_permanent"
    FAILED_TECHNICAL = "failed_technical"
    UNKNOWN = "unknown"


class Message(Base):
    """One message to one contact.

    ``key`` names the event and the contact, so that one event never makes two messages. ``round`` counts how often
    delivery was ordered. ``not_before`` is when it is next due: until then nobody else touches it, and ten minutes
    after it the sweeper takes it up. ``error`` is the last short code of a failure; it names no person. ``number``
    counts the messages to one contact from 1, in the order in which they were committed. Attempts up to ``forgiven``
    lie before an operator's retry and count no more.
    """

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(48), index=True)
    template: Mapped[str] = mapped_column(String(64))
    params: Mapped[dict[str, Any]] = mapped_column(SealedJson("message.params"))
    state: Mapped[str] = mapped_column(String(20), default=MessageState.CREATED.value)
    round: Mapped[int] = mapped_column(default=1)
    forgiven: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (
        UniqueConstraint("contact_id", "number"),
        Index("ix_message_due", "state", "not_before"),
    )


class Attempt(Base):
    """One try to send a message, written before the try. ``outcome`` is ``sent``, ``unknown`` (the process died on
    the way) or the outcome of the channel's error; None while it runs."""

    __tablename__ = "attempt"
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(64))
