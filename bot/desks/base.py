"""A desk is where a flow's answers are handed in: it makes the record, and says what has become of them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.answers.base import Given
from bot.effects import Effect, Say
from bot.policy.search import Search, search
from intake.access import Official
from intake.attachments import attach
from intake.events import Journal
from intake.giving_way import BusyError
from intake.unit import Unit


@dataclass(frozen=True, slots=True)
class Counter:
    """The open transaction at which things are handed in: everything happens at ``now``, in it or not at all.
    ``policy`` finds answers to questions."""

    connection: AsyncConnection
    journal: Journal
    now: datetime
    policy: Search = search

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """The same transaction to look at records; what fails there spoils nothing else of it."""
        made = AsyncSession(
            self.connection, expire_on_commit=False, autoflush=False, join_transaction_mode="create_savepoint"
        )
        async with made as db, db.begin():
            yield db

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """The same transaction as a unit of work, for records that are rare: all of it is kept, or with an error
        nothing, whatever else the transaction holds."""
        journal = Journal()
        async with self.reading() as db:
            yield Unit(db, journal, self.now)
        for event in journal.events:
            self.journal.add(event)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who talks: their contact, channel and language, and the official they are, where their account is bound."""

    contact_id: int
    channel: str
    language: str
    official: Official | None = None

    @property
    def actor(self) -> str:
        """How the event chain names them."""
        return self.official.actor if self.official else f"contact:{self.contact_id}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one person hands in. ``key`` is the same when it is handed in again; ``media`` are the attachments that
    came with it (photos that are answers, and voices)."""

    key: str
    asker: Asker
    flow: str
    version: int
    answers: Mapping[str, Any]
    given: Given
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What has become of it: what to say; whether the draft is done with; ``made`` names the record for forms and
    programs (``{"number": "410324-2022-00001"}``); ``then`` is where the person is afterwards: a menu of home, which is
    shown, or with a human. ``forget``: every draft of theirs goes."""

    effects: tuple[Effect, ...]
    done: bool = True
    made: Mapping[str, str] = field(default_factory=dict)
    then: str = ""
    forget: bool = False


Take = Callable[[Counter, Sequence[Sent]], Awaitable[list[Told]]]
Learn = Callable[[Counter, Asker, Mapping[str, Any], Given], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Desk:
    """``take`` files what is sent, in order, one outcome each. ``learn`` tells a flow what the host knows for it, under
    keys that begin with ``@``; it is asked again whenever answers change, so it looks only at what it needs,
    and only by :meth:`Counter.reading`."""

    take: Take
    learn: Learn | None = None


async def keep_media(at: Counter, sent: Sent, subject: str) -> None:
    """What came with it belongs to ``subject`` (``case:5``) from now on."""
    if sent.media:
        await attach(at.connection, sent.asker.contact_id, sent.media, subject)


def one_by_one(take: Callable[[Counter, Sent], Awaitable[Told]]) -> Take:
    """A desk's ``take`` for records that are rare. Where an official is at work on the same case, the person is asked
    to try again, and keeps the draft."""

    async def alone(at: Counter, sent: Sent) -> Told:
        try:
            return await take(at, sent)
        except BusyError:
            return Told((Say("own.busy"),), done=False)

    async def each(at: Counter, sent: Sequence[Sent]) -> list[Told]:
        return [await alone(at, one) for one in sent]

    return each
