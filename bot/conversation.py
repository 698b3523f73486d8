"""One person's turn inside a batch: what they sent moves their session, and what follows is said and remembered."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import update

from bot.answers.base import Given
from bot.coming_back import come_back
from bot.desks import DESKS
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Effect, Enter, Leave, Mute, Say, SetLanguage, Submit
from bot.engine import advance, follow
from bot.filling import FAULT, WHOLE, Form, FormError, fill
from bot.flow import Flow
from bot.flows import FLOWS
from bot.flows.menu import MENUS
from bot.going import submit
from bot.home import HOME, HomeTurn, Resident, at_home, enter, menu_of, welcome
from bot.inbound import Inbound, Input, Kind
from bot.people import Person
from bot.render import joined, render
from bot.reply import Reply
from bot.session import REVIEW, Session
from bot.settling import next_open, settle
from bot.tally import Tally
from bot.with_human import came_back
from bot.world import World
from intake import handovers
from intake.access import Official
from intake.attachments import discard
from intake.binding import is_binding, redeem
from intake.handovers import WITH_HUMAN
from intake.models import Contact
from intake.procedure import Role
from locales import languages, texts
from store.clock import china_date

_NOWHERE = Input(Kind.SCENE)
_NO_TALK = frozenset({None, *MENUS})
"""Where somebody is who talks about nothing yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a message, None where a human answers; and what the person hands in with it: then the reply is only
    the beginning of one."""

    reply: Reply | None
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where someone was in the talk when a form came that stands alone: in which ``flow``, with which ``draft`` of the
    form's flow, which ``keeps`` what it was."""

    flow: str | None
    draft: Session | None
    keeps: bool


class Conversation:
    """Answers messages in the open transaction of ``counter``; the caller saves the people."""

    def __init__(self, counter: Counter, world: World) -> None:
        self._counter = counter
        self._today = china_date(counter.now)
        self._world = world
        self._givens: dict[tuple[str, str | None], Given] = {}
        self._forms: dict[str, Where | None] = {}
        self.tally = Tally()

    def fault(self, person: Person, form: bool = False) -> Reply:
        """What a person is told whose message, or ``form``, could not be taken."""
        reply = render(None, None, (Say("flow.fault"),), self._given(person, None), form=form)
        return replace(reply, errors={FAULT: reply.text}) if form else reply

    async def turn(self, person: Person, inbound: Inbound) -> Answered:
        """One message."""
        if inbound.input.kind is Kind.FORM:
            return await self._form(person, inbound)
        if person.flow == WITH_HUMAN and not await came_back(
            self._counter, person.id, inbound.input, self._given(person, None).texts
        ):
            late = await handovers.is_late(self._counter.connection, person.id, self._counter.now)
            given = self._given(person, None)
            return Answered(
                render(None, None, (Say("person.late", {"person": given.person}),), given) if late else None
            )
        if inbound.input.kind is Kind.SCENE and is_binding(inbound.input.text):
            return await self._bound(person, inbound)
        if person.flow == WITH_HUMAN:
            person.flow = None
        session = person.drafts.get(person.flow or "")
        if session is None or not FLOWS[session.flow].admits(_role(person)):
            turn = at_home(FLOWS, _resident(person), inbound.input, self._given(person, None))
            return await self._home(person, inbound, turn)
        flow = FLOWS[session.flow]
        session = await self._learned(person, session)
        given = self._given(person, session)
        back = come_back(flow, session, inbound.input, given) if flow.name in person.old else session
        person.old.discard(flow.name)
        after, effects = advance(flow, back, inbound.input, given) if isinstance(back, Session) else back
        return await self._after(person, inbound, after, effects, session)

    def told(self, person: Person, sent: Sent, told: Told | None) -> Reply:
        """What has become of what was handed in; a fault keeps the draft. A form that stood alone leaves the person
        where they were in the talk."""
        reply = self._told(person, sent, told)
        if told is None and sent.key in self._forms:
            reply = replace(reply, errors={FAULT: reply.text})
        if where := self._forms.get(sent.key):
            person.flow = where.flow
            if where.keeps:
                person.drafts.pop(sent.flow, None)
            if where.draft:
                person.drafts[sent.flow] = where.draft
        return reply

    def _told(self, person: Person, sent: Sent, told: Told | None) -> Reply:
        flow, session, form = FLOWS[sent.flow], person.drafts[sent.flow], sent.key in self._forms
        if told is None:
            return render(flow, session, (Say("flow.fault"),), self._given(person, session), form=form)
        _speak(person, told.effects)
        menu = (menu_of(FLOWS, told.then, _role(person)),) if told.then in MENUS else ()
        reply = render(flow, session, (*told.effects, *menu), self._given(person, session), form=form)
        person.flow = told.then or None
        if told.done:
            del person.drafts[flow.name]
            carried = {key: session.answers[key] for key in flow.carried if key in session.answers}
            if carried:
                at = next_open(flow, carried)
                person.drafts[flow.name] = Session(flow.name, flow.version, at, carried, fresh=True)
        if told.forget:
            person.drafts.clear()
        return replace(reply, made=told.made)

    async def _bound(self, person: Person, inbound: Inbound) -> Answered:
        """The code of the console was scanned: this account is an official's from now on."""
        counter = self._counter
        bound = await redeem(counter.connection, counter.journal, counter.now, person.id, inbound.input.text)
        if isinstance(bound, Official):
            person.official = bound
            said = Say("binding.bound", {"name": bound.name})
        else:
            said = Say(f"binding.{bound.value}")
        return await self._home(person, inbound, welcome(FLOWS, _resident(person), said))

    async def _home(self, person: Person, inbound: Inbound, turn: HomeTurn) -> Answered:
        person.flow = turn.shown
        if turn.session is not None:
            person.flow = turn.session.flow
            return await self._after(person, inbound, turn.session, turn.effects)
        _speak(person, turn.effects)
        for effect in turn.effects:
            if isinstance(effect, Mute):
                await self._mute(person)
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
            if before is None or before.answers != session.answers:
                session = await self._learned(person, session)
            session, effects = follow(flow, session, effects, given)
        if not session.mark:
            session = replace(session, mark=_mark(inbound))
        self.tally.count(person.channel, person.language, before, session, effects)
        answered = Answered(render(flow, session, effects, given))
        dropped = person.drafts.get(flow.name, session).media - session.media
        person.drafts[flow.name] = session
        for effect in effects:
            match effect:
                case Leave(keep):
                    person.flow = None
                    if not keep:
                        del person.drafts[flow.name]
                        dropped |= session.media
                case Submit():
                    answered = replace(answered, sent=self._sent(person, inbound, flow, session, effect))
                case Enter(into, village):
                    who, given = _resident(person), self._given(person, None)
                    home = into == HOME
                    turn = at_home(FLOWS, who, _NOWHERE, given) if home else enter(FLOWS[into], who, given, village)
                    then = await self._home(person, inbound, turn)
                    reply = answered.reply and then.reply and joined(answered.reply, then.reply)
                    answered = replace(then, reply=reply or then.reply)
                case Mute():
                    await self._mute(person)
        await self._discard(person, dropped)
        return answered

    async def _discard(self, person: Person, media: Iterable[str]) -> None:
        """Photos and voices of answers that are deleted are deleted too."""
        ids = [int(one) for one in media if one.isdecimal()]
        if ids:
            await discard(self._counter.connection, person.id, ids)

    async def _mute(self, person: Person) -> None:
        await self._counter.connection.execute(update(Contact).where(Contact.id == person.id).values(muted=True))

    async def _form(self, person: Person, inbound: Inbound) -> Answered:
        """A form that was filled elsewhere takes the same way from here on."""
        try:
            form = Form.read(inbound.input.text)
            flow = FLOWS[form.flow]
        except (FormError, KeyError):
            return Answered(self.fault(person, form=True))
        if form.language in languages():
            person.language = form.language
        draft = person.drafts.get(flow.name)
        if not flow.admits(person.official.role if person.official else None):
            reply = render(None, None, (Say("form.officials"),), self._given(person, None))
            return Answered(replace(reply, errors={WHOLE: reply.text}))
        before = settle(flow, draft, self._given(person, draft)) if draft and (form.draft or not form.send) else None
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
            person.flow = flow.name if person.flow in _NO_TALK else person.flow
        elif not filled.errors:
            kept = None if form.draft else draft
            talk = None if person.flow == flow.name and form.draft else person.flow
            self._forms[f"{inbound.channel}:{inbound.message_id}"] = Where(talk, kept, keeps=not form.draft)
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
    drafts = {name: draft for name, draft in person.drafts.items() if FLOWS[name].admits(_role(person))}
    return Resident(drafts, person.flow, person.official)


def _role(person: Person) -> Role | None:
    return person.official.role if person.official else None


def _asker(person: Person) -> Asker:
    return Asker(person.id, person.channel, person.language, person.official)


def _mark(inbound: Inbound) -> str:
    """What tells the buttons of a draft from those of another: a few letters of the message that began it."""
    return hashlib.blake2s(inbound.message_id.encode(), digest_size=2).hexdigest()


def _speak(person: Person, effects: Sequence[Effect]) -> None:
    for effect in effects:
        if isinstance(effect, SetLanguage):
            person.language = effect.code
