"""One person's turn inside a batch: what they sent moves their session, and what follows is said and remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

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
from bot.people import Person
from bot.render import joined, render
from bot.reply import Reply
from bot.session import REVIEW, Session
from bot.settling import next_open
from bot.tally import Tally
from bot.world import World
from intake.events import Journal
from locales import texts
from store.clock import china_date

_NOWHERE = Input(Kind.SCENE)


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a message, and what the person hands in with it; then the reply is only the beginning of one."""

    reply: Reply
    sent: Sent | None = None


class Conversation:
    """Answers messages in the open transaction of ``connection``; the caller saves the people."""

    def __init__(self, connection: AsyncConnection, now: datetime, world: World, journal: Journal) -> None:
        self._counter = Counter(connection, journal, now)
        self._today = china_date(now)
        self._world = world
        self._givens: dict[tuple[str, str | None], Given] = {}
        self.tally = Tally()

    def fault(self, person: Person) -> Reply:
        """What a person is told whose message could not be taken."""
        return render(None, None, (Say("flow.fault"),), self._given(person, None))

    async def turn(self, person: Person, inbound: Inbound) -> Answered:
        """One message."""
        if inbound.input.kind is Kind.FORM:
            return await self._form(person, inbound)
        session = person.drafts.get(person.flow or "")
        if session is None:
            turn = at_home(FLOWS, _resident(person), inbound.input, self._given(person, None))
            return await self._home(person, inbound, turn)
        flow = FLOWS[session.flow]
        session = await self._learned(person, session)
        after, effects = advance(flow, session, inbound.input, self._given(person, session))
        return await self._after(person, inbound, after, effects, session)

    def told(self, person: Person, sent: Sent, told: Told | None) -> Reply:
        """What has become of what was handed in; a fault keeps the draft."""
        flow, session = FLOWS[sent.flow], person.drafts[sent.flow]
        if told is None:
            return render(flow, session, (Say("flow.fault"),), self._given(person, session))
        _speak(person, told.effects)
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

    async def _home(self, person: Person, inbound: Inbound, turn: HomeTurn) -> Answered:
        person.flow = turn.shown
        if turn.session is not None:
            person.flow = turn.session.flow
            return await self._after(person, inbound, turn.session, turn.effects)
        _speak(person, turn.effects)
        return Answered(render(None, None, turn.effects, self._given(person, None)))

    async def _after(
        self,
        person: Person,
        inbound: Inbound,
        session: Session,
        effects: tuple[Effect, ...],
        before: Session | None = None,
    ) -> Answered:
        """Render a turn and do what it asks for."""
        _speak(person, effects)
        flow, given = FLOWS[session.flow], self._given(person, session)
        if DESKS[flow.name].learn:
            session, effects = follow(flow, await self._learned(person, session), effects, given)
        self.tally.count(person.channel, person.language, before, session, effects)
        answered = Answered(render(flow, session, effects, given))
        person.drafts[flow.name] = session
        for effect in effects:
            match effect:
                case Leave(keep):
                    person.flow = None
                    if not keep:
                        del person.drafts[flow.name]
                case Submit():
                    answered = replace(answered, sent=self._sent(person, inbound, flow, session, effect))
                case Enter(into):
                    who, given = _resident(person), self._given(person, None)
                    turn = at_home(FLOWS, who, _NOWHERE, given) if into == HOME else enter(FLOWS[into], who, given)
                    then = await self._home(person, inbound, turn)
                    answered = replace(then, reply=joined(answered.reply, then.reply))
        return answered

    async def _form(self, person: Person, inbound: Inbound) -> Answered:
        """A form that was filled elsewhere takes the same way from here on."""
        try:
            form = Form.read(inbound.input.text)
            flow = FLOWS[form.flow]
        except (FormError, KeyError):
            return Answered(self.fault(person))
        before = person.drafts.get(flow.name) if not form.send else None
        session = before or Session(flow.name, flow.version, REVIEW)
        filled = fill(flow, form, session.answers, self._given(person, session))
        session = await self._learned(person, replace(session, answers=filled.answers))
        if session.facts:
            given = replace(self._given(person, session), facts=session.facts)
            filled = fill(flow, form, before.answers if before else {}, given)
            session = replace(session, answers=filled.answers)
        answered = Answered(render(None, None, (), self._given(person, session)))
        if not form.send:
            at = next_open(flow, session.seen)
            person.drafts[flow.name] = replace(session, at=at, offered=(), page=0, aside=None, fresh=False)
            person.flow = flow.name
        elif not filled.errors:
            return replace(answered, sent=self._sent(person, inbound, flow, session, submit(flow, session)))
        said = Say("form.errors" if filled.errors else "form.kept")
        reply = render(None, None, (said,), self._given(person, session))
        return Answered(replace(reply, errors=filled.errors))

    def _sent(self, person: Person, inbound: Inbound, flow: Flow, session: Session, submitted: Submit) -> Sent:
        person.drafts[flow.name] = session
        photos = [question.key for question in flow.questions if question.answer.kind == "photos"]
        media = (*session.voices, *(one for photo in photos for one in submitted.answers.get(photo) or ()))
        given = replace(self._given(person, session), answers=session.answers, facts=session.facts)
        key = f"{inbound.channel}:{inbound.message_id}"
        return Sent(key, _asker(person), flow.name, flow.version, submitted.answers, given, tuple(map(int, media)))

    async def _learned(self, person: Person, session: Session) -> Session:
        learn = DESKS[session.flow].learn
        if learn is None:
            return session
        given = self._given(person, session)
        return replace(session, facts=await learn(self._counter, _asker(person), session.answers, given))

    def _given(self, person: Person, session: Session | None) -> Given:
        known = (person.language, session.answers.get("village") if session else None)
        if known not in self._givens:
            self._givens[known] = self._world.given(texts(person.language), self._today, known[1])
        return self._givens[known]


def _resident(person: Person) -> Resident:
    return Resident(person.drafts, person.flow, person.official is not None)


def _asker(person: Person) -> Asker:
    return Asker(person.id, person.channel, person.language, person.official)


def _speak(person: Person, effects: Sequence[Effect]) -> None:
    for effect in effects:
        if isinstance(effect, SetLanguage):
            person.language = effect.code
