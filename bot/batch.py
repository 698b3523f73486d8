"""One batch of messages inside one transaction: claim, advance, file, save."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people
from bot.answers.base import Given
from bot.effects import Effect, Leave, Say, Submit
from bot.engine import advance
from bot.flows import FLOWS
from bot.home import HOME, at_home
from bot.inbound import Inbound
from bot.models import Claim
from bot.outcomes import told
from bot.people import Person
from bot.render import render
from bot.reply import Reply
from bot.session import Session
from bot.world import World
from intake.events import Journal, Listener
from intake.filing import Application, receive
from intake.outcomes import NoScheme, Outcome
from locales import texts
from store.clock import china_date
from store.faults import where

log = logging.getLogger(__name__)

MessageKey = tuple[str, str]
"""Channel and message id."""

Spoke = Callable[[AsyncConnection, int, datetime], Awaitable[object]]
"""Told that a contact wrote for whom messages wait: (connection, contact id, now)."""


async def nobody_waits(connection: AsyncConnection, contact_id: int, now: datetime) -> None:
    """For a host that sends nothing by itself."""


_CLAIMED = select(Claim.channel, Claim.message_id, Claim.replies).where(
    Claim.channel == bindparam("of"), Claim.message_id.in_(bindparam("ids", expanding=True))
)
_CLAIM = insert(Claim)


class Batch:
    """Answers some messages in the open transaction of ``connection``; the caller commits."""

    def __init__(
        self,
        connection: AsyncConnection,
        now: datetime,
        world: World,
        listeners: Sequence[Listener] = (),
        spoke: Spoke = nobody_waits,
    ) -> None:
        self._connection = connection
        self._now = now
        self._today = china_date(now)
        self._world = world
        self._spoke = spoke
        self._journal = Journal(listeners)
        self._replies: dict[MessageKey, list[Reply]] = {}
        self._submits: list[tuple[MessageKey, Person, Application]] = []
        self._givens: dict[tuple[str, str | None], Given] = {}

    async def answer(self, inbounds: Sequence[Inbound]) -> list[Sequence[Reply]]:
        """The replies to each message, in order; a message that was claimed before gets the stored ones."""
        found = await people.load(self._connection, inbounds, self._now)
        await self._load_claimed(inbounds)
        for person in found.values():
            if person.waiting:
                await self._spoke(self._connection, person.id, self._now)
        taken: list[MessageKey] = []
        for inbound in inbounds:
            key = (inbound.channel, inbound.message_id)
            if key in self._replies:
                continue
            person = found[(inbound.channel, inbound.address)]
            if any(waiting is person for _, waiting, _ in self._submits):
                await self._file()
            self._replies[key] = [self._turn(person, inbound)]
            taken.append(key)
        await self._file()
        await people.save(self._connection, found.values(), self._now)
        if taken:
            await self._connection.execute(_CLAIM, [self._claim(key) for key in taken])
        await self._journal.flush(self._connection)
        return [self._replies[(inbound.channel, inbound.message_id)] for inbound in inbounds]

    async def _load_claimed(self, inbounds: Sequence[Inbound]) -> None:
        ids: dict[str, list[str]] = {}
        for inbound in inbounds:
            ids.setdefault(inbound.channel, []).append(inbound.message_id)
        for channel, wanted in ids.items():
            for row in await self._connection.execute(_CLAIMED, {"of": channel, "ids": wanted}):
                self._replies[(row.channel, row.message_id)] = [Reply.from_json(body) for body in row.replies]

    def _claim(self, key: MessageKey) -> dict[str, object]:
        replies = [reply.to_json() for reply in self._replies[key]]
        return {"channel": key[0], "message_id": key[1], "replies": replies, "taken_at": self._now}

    def _given(self, person: Person, session: Session | None) -> Given:
        known = (person.language, session.answers.get("village") if session else None)
        if known not in self._givens:
            self._givens[known] = self._world.given(texts(person.language), self._today, known[1])
        return self._givens[known]

    def _turn(self, person: Person, inbound: Inbound) -> Reply:
        name = person.flow if person.flow in person.drafts else None
        session = person.drafts[name] if name else None
        given = self._given(person, session)
        try:
            if name and session:
                return self._inside(person, name, session, inbound, given)
            apply = FLOWS["apply"]
            entered, effects = at_home(apply, person.drafts, inbound.input, given, shown=person.flow == HOME)
            person.flow = HOME
            if entered is not None:
                person.flow = entered.flow
                person.drafts[entered.flow] = entered
            return render(apply, entered, effects, given)
        except Exception as error:  # a message that no code foresaw: nobody else in the batch pays for it
            log.error("a turn failed on %s: %s", inbound.channel, where(error))
            return render(None, None, (Say("flow.fault"),), given)

    def _inside(self, person: Person, name: str, session: Session, inbound: Inbound, given: Given) -> Reply:
        flow = FLOWS[name]
        after, effects = advance(flow, session, inbound.input, given)
        reply = render(flow, after, effects, self._given(person, after))
        person.drafts[name] = after
        for effect in effects:
            self._apply(person, inbound, after, effect)
        return reply

    def _apply(self, person: Person, inbound: Inbound, session: Session, effect: Effect) -> None:
        match effect:
            case Leave(keep):
                person.flow = None
                if not keep:
                    del person.drafts[session.flow]
            case Submit(answers):
                key = (inbound.channel, inbound.message_id)
                application = Application(":".join(key), person.id, session.flow, session.version, answers)
                self._submits.append((key, person, application))

    async def _file(self) -> None:
        """Hand in what was submitted: together, or where that fails each alone, so that a fault stays its own."""
        submits, self._submits = self._submits, []
        if not submits:
            return
        outcomes: list[Outcome] | None = await self._try([application for _, _, application in submits])
        for index, (key, person, application) in enumerate(submits):
            outcome = outcomes[index] if outcomes else None
            if outcomes is None and len(submits) > 1:
                alone = await self._try([application])
                outcome = alone[0] if alone else None
            self._replies[key] = [self._told(person, application, outcome)]

    async def _try(self, applications: list[Application]) -> list[Outcome] | None:
        journal = Journal()
        try:
            async with self._connection.begin_nested():
                outcomes = await receive(self._connection, journal, applications, self._now)
        except Exception as error:
            log.error("%d applications could not be filed: %s", len(applications), where(error))
            return None
        for event in journal.events:
            self._journal.add(event)
        return outcomes

    def _told(self, person: Person, application: Application, outcome: Outcome | None) -> Reply:
        session = person.drafts[application.flow]
        given = self._given(person, session)
        if outcome is None:
            return render(FLOWS[application.flow], session, (Say("flow.fault"),), given)
        person.flow = None
        if not isinstance(outcome, NoScheme):
            del person.drafts[application.flow]
        return Reply(told(outcome, given))
