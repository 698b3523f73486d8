"""One batch of messages inside one transaction: claim, advance, hand in, save."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people
from bot.answers.base import Given
from bot.desks import DESKS
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Effect, Enter, Leave, Say, SetLanguage, Submit
from bot.engine import advance, follow
from bot.filling import Form, FormError, fill
from bot.flow import Flow
from bot.flows import FLOWS
from bot.going import submit
from bot.home import HOME, HomeTurn, Resident, at_home, enter, menu_of
from bot.inbound import Inbound, Input, Kind
from bot.models import Claim
from bot.people import Person
from bot.render import joined, render
from bot.reply import Reply
from bot.session import REVIEW, Session
from bot.settling import next_open
from bot.world import World
from intake.events import Journal, Listener
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
_NOWHERE = Input(Kind.SCENE)


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
        self._waiting: list[tuple[MessageKey, Person, Sent]] = []
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
            if any(waiting is person for _, waiting, _ in self._waiting):
                await self._hand_in()
            self._replies[key] = [await self._turn(person, inbound)]
            taken.append(key)
        await self._hand_in()
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

    async def _turn(self, person: Person, inbound: Inbound) -> Reply:
        name = person.flow if person.flow in person.drafts else None
        session = person.drafts[name] if name else None
        try:
            if inbound.input.kind is Kind.FORM:
                return await self._form(person, inbound)
            if session is not None:
                return await self._inside(person, session, inbound)
            given = self._given(person, None)
            return await self._home(person, inbound, at_home(FLOWS, self._resident(person), inbound.input, given))
        except Exception as error:  # a message that no code foresaw: nobody else in the batch pays for it
            log.error("a turn failed on %s: %s", inbound.channel, where(error))
            return render(None, None, (Say("flow.fault"),), self._given(person, session))

    def _resident(self, person: Person) -> Resident:
        return Resident(person.drafts, person.flow, person.official is not None)

    async def _inside(self, person: Person, session: Session, inbound: Inbound) -> Reply:
        flow = FLOWS[session.flow]
        session = await self._learned(person, session)
        after, effects = advance(flow, session, inbound.input, self._given(person, session))
        return await self._after(person, inbound, flow, after, effects)

    async def _home(self, person: Person, inbound: Inbound, turn: HomeTurn) -> Reply:
        person.flow = turn.shown or None
        if turn.session is not None:
            person.flow = turn.session.flow
            return await self._after(person, inbound, FLOWS[turn.session.flow], turn.session, turn.effects)
        self._speak(person, turn.effects)
        return render(None, None, turn.effects, self._given(person, None))

    async def _after(
        self, person: Person, inbound: Inbound, flow: Flow, session: Session, effects: tuple[Effect, ...]
    ) -> Reply:
        """Render a turn and do what it asks for."""
        self._speak(person, effects)
        given = self._given(person, session)
        if DESKS[flow.name].learn:
            session, effects = follow(flow, await self._learned(person, session), effects, given)
        reply = render(flow, session, effects, given)
        person.drafts[flow.name] = session
        for effect in effects:
            match effect:
                case Leave(keep):
                    person.flow = None
                    if not keep:
                        del person.drafts[flow.name]
                case Submit():
                    self._wait(person, inbound, flow, session, effect)
                case Enter(into):
                    given = self._given(person, None)
                    who = self._resident(person)
                    turn = at_home(FLOWS, who, _NOWHERE, given) if into == HOME else enter(FLOWS[into], who, given)
                    reply = joined(reply, await self._home(person, inbound, turn))
        return reply

    def _speak(self, person: Person, effects: Sequence[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, SetLanguage):
                person.language = effect.code

    def _asker(self, person: Person) -> Asker:
        return Asker(person.id, person.channel, person.language, person.official)

    def _counter(self) -> Counter:
        return Counter(self._connection, self._journal, self._now)

    async def _learned(self, person: Person, session: Session) -> Session:
        learn = DESKS[session.flow].learn
        if learn is None:
            return session
        given = self._given(person, session)
        return replace(session, facts=await learn(self._counter(), self._asker(person), session.answers, given))

    async def _form(self, person: Person, inbound: Inbound) -> Reply:
        """A form that was filled elsewhere takes the same way from here on."""
        try:
            form = Form.read(inbound.input.text)
            flow = FLOWS[form.flow]
        except (FormError, KeyError):
            return render(None, None, (Say("flow.fault"),), self._given(person, None))
        before = person.drafts.get(flow.name) if not form.send else None
        session = before or Session(flow.name, flow.version, REVIEW)
        filled = fill(flow, form, session.answers, self._given(person, session))
        session = await self._learned(person, replace(session, answers=filled.answers))
        if session.facts:
            given = replace(self._given(person, session), facts=session.facts)
            filled = fill(flow, form, before.answers if before else {}, given)
            session = replace(session, answers=filled.answers)
        given = self._given(person, session)
        if not form.send:
            at = next_open(flow, session.seen)
            person.drafts[flow.name] = replace(session, at=at, offered=(), page=0, aside=None, fresh=False)
            person.flow = flow.name
        elif not filled.errors:
            self._wait(person, inbound, flow, session, submit(flow, session))
        said = "form.errors" if filled.errors else "form.kept"
        return replace(render(None, None, (Say(said),), given), errors=filled.errors)

    def _wait(self, person: Person, inbound: Inbound, flow: Flow, session: Session, sent: Submit) -> None:
        key = (inbound.channel, inbound.message_id)
        person.drafts[flow.name] = session
        photos = [q.key for q in flow.questions if q.answer.kind == "photos"]
        media = [*session.voices, *(one for photo in photos for one in sent.answers.get(photo) or ())]
        given = replace(self._given(person, session), answers=session.answers, facts=session.facts)
        one = Sent(
            ":".join(key),
            self._asker(person),
            flow.name,
            flow.version,
            sent.answers,
            given,
            tuple(int(medium) for medium in media),
        )
        self._waiting.append((key, person, one))

    async def _hand_in(self) -> None:
        """Hand in what was submitted: together, or where that fails each alone, so that a fault stays its own."""
        waiting, self._waiting = self._waiting, []
        for name in dict.fromkeys(sent.flow for _, _, sent in waiting):
            among = [one for one in waiting if one[2].flow == name]
            outcomes = await self._try(name, [sent for _, _, sent in among])
            for index, (key, person, sent) in enumerate(among):
                told = outcomes[index] if outcomes else None
                if outcomes is None and len(among) > 1:
                    alone = await self._try(name, [sent])
                    told = alone[0] if alone else None
                self._replies[key] = [self._told(person, sent, told)]

    async def _try(self, flow: str, sent: list[Sent]) -> list[Told] | None:
        journal = Journal()
        try:
            async with self._connection.begin_nested():
                outcomes = await DESKS[flow].take(Counter(self._connection, journal, self._now), sent)
        except Exception as error:
            log.error("%d of %s could not be handed in: %s", len(sent), flow, where(error))
            return None
        for event in journal.events:
            self._journal.add(event)
        return outcomes

    def _told(self, person: Person, sent: Sent, told: Told | None) -> Reply:
        flow, session = FLOWS[sent.flow], person.drafts[sent.flow]
        if told is None:
            return render(flow, session, (Say("flow.fault"),), self._given(person, session))
        self._speak(person, told.effects)
        menu = (menu_of(FLOWS, told.menu),) if told.menu else ()
        reply = render(flow, session, (*told.effects, *menu), self._given(person, session))
        person.flow = told.menu or None
        if told.done:
            del person.drafts[flow.name]
            carried = {key: session.answers[key] for key in flow.carried if key in session.answers}
            if carried:
                at = next_open(flow, carried)
                person.drafts[flow.name] = Session(flow.name, flow.version, at, carried, fresh=True)
        return replace(reply, made=told.made)
