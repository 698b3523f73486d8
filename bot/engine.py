"""The engine: one message moves one session through its flow. Pure: no clock, no database, no network.

A session's answers are the truth and ``at`` is only a bookmark, worked out from them again after every change; so
going back, changing one answer, coming back after weeks and a new release while people are inside are all one thing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.base import Given, Miss, Several
from bot.bookmarks import RESUME_MENU, REVIEW_MENU, wish
from bot.commands import Command, command_of
from bot.effects import Ask, ChooseEdit, Effect, Leave, Offer, Say, Submit, Summary
from bot.flow import Flow, Question
from bot.inbound import Input, Kind
from bot.menu import chosen, names_of
from bot.session import EDIT, RESUME, REVIEW, Session
from bot.settling import fitting, next_open, settle

MISSES_UNTIL_HELP = 3
NONE = "none"
"""The code of «none of these» where a person picks from what was nearly understood."""

Turn = tuple[Session, tuple[Effect, ...]]
"""The session after the turn, and what to say and do."""


def start(flow: Flow, answers: Mapping[str, Any] | None = None) -> Turn:
    """Begin a flow, with ``answers`` that are known already (the village of a QR code)."""
    session = Session(flow.name, flow.version, flow.questions[0].key, dict(answers or {}))
    return session, (Ask(session.at),)


def resume(session: Session) -> Turn:
    """Ask someone who has a draft whether to go on, begin anew, or look first."""
    return replace(session, at=RESUME, misses=0, offered=(), edited=""), (Say("resume.ask"), RESUME_MENU)


def advance(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    """One turn: read ``sent`` as what the bookmark expects, and say what comes next."""
    settled = settle(flow, session, given)
    if settled.at != session.at:
        return _go(flow, settled, settled.at, Say("flow.updated"))
    session = settled
    given = replace(given, answers=session.answers)
    if sent.kind is Kind.SCENE and (scanned := _scan(flow, session, sent, given)):
        return scanned
    if sent.kind is Kind.CHOICE:
        name, _, code = sent.text.partition(":")
        if name == "command" and code in set(Command):
            return _command(flow, session, Command(code), given)
        if name != session.at:
            return _go(flow, session, session.at, Say("choice.stale"))
        sent = Input(Kind.CHOICE, code)
    elif not session.offered and (command := _commanded(flow, session, sent, given)):
        return _command(flow, session, command, given)
    if session.at.startswith("#"):
        return _wished(flow, session, sent, given)
    return _answered(flow, session, sent, given)


def _go(flow: Flow, session: Session, at: str, *said: Effect) -> Turn:
    session = replace(session, at=at, misses=0, offered=())
    if at == REVIEW:
        return replace(session, edited=""), (*said, Summary(), REVIEW_MENU)
    if at == EDIT:
        return session, (*said, ChooseEdit())
    if at == RESUME:
        return session, (*said, Say("resume.ask"), RESUME_MENU)
    return session, (*said, Ask(at))


def _commanded(flow: Flow, session: Session, sent: Input, given: Given) -> Command | None:
    if sent.kind is not Kind.TEXT or (session.at == EDIT and wish(flow, session, sent, given).key):
        return None  # «电话» is the name of an answer before it is a cry for help
    return command_of(given.texts, sent.text)


def _command(flow: Flow, session: Session, command: Command, given: Given) -> Turn:
    match command:
        case Command.BACK:
            return _back(flow, session)
        case Command.CANCEL:
            return session, (Leave(keep=True), Say("flow.kept", {"days": flow.keep_days}))
        case Command.RESTART if session.at == RESUME:
            return start(flow)
        case Command.ERASE:
            return session, (Leave(keep=False), Say("flow.erased"))
        case Command.GO_ON if session.at == RESUME:
            return _go(flow, session, next_open(flow, session.answers))
        case Command.APPLY | Command.RESTART:  # before anything is lost they are asked
            return resume(session)
        case Command.HELP | Command.PERSON:
            said = Say(f"flow.{command}", {"phone": given.person, "hotline": given.hotline})
            return _go(flow, session, session.at, said)
        case Command.SKIP:
            question = flow.find(session.at)
            if session.at in session.answers:
                return _go(flow, session, next_open(flow, session.answers))
            if question is None or not question.optional:
                return _go(flow, session, session.at, Say("flow.no_skip"))
            return _accept(flow, session, question, None, given)
    return _go(flow, session, session.at, *((Summary(draft=True),) if command is Command.LOOK else ()))


def _back(flow: Flow, session: Session) -> Turn:
    visible = [question.key for question in flow.visible(session.answers)]
    if session.at == RESUME:
        return resume(session)
    if (session.edited or session.at == EDIT) and next_open(flow, session.answers) == REVIEW:
        return _go(flow, session, REVIEW)
    place = visible.index(session.at) if session.at in visible else len(visible)
    return _go(flow, session, visible[place - 1]) if place else _go(flow, session, visible[0], Say("flow.first"))


def _answered(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    question = flow.find(session.at)
    if question is None:  # no release wrote this bookmark
        return _go(flow, session, next_open(flow, session.answers))
    if session.offered:
        options = tuple((value, (question.answer.show(given, value),)) for value in session.offered)
        picked = chosen(sent, (*options, (NONE, names_of("offer.none", given.texts))))
        if picked == NONE:
            return _missed(replace(session, offered=()), given, Ask(question.key))
        if picked is not None:
            return _accept(flow, session, question, picked, given)
        if command := _commanded(flow, session, sent, given):
            return _command(flow, session, command, given)
    parsed = question.answer.parse(given, sent)
    if isinstance(parsed, Several):
        offered = tuple(value for value, _ in parsed.options)
        said = Say(parsed.key, parsed.params)
        return _missed(replace(session, offered=offered), given, said, Offer(question.key, parsed.options))
    if isinstance(parsed, Miss):
        said, again = Say(parsed.key, parsed.params), Ask(question.key, brief=True)
        return _missed(replace(session, offered=()), given, said, again, optional=question.optional)
    note = (Say(parsed.note, parsed.params),) if parsed.note else ()
    return _accept(flow, session, question, parsed.value, given, *note)


def _accept(flow: Flow, session: Session, question: Question, value: Any, given: Given, *said: Effect) -> Turn:
    if question.gate and value is False:
        return session, (Leave(keep=False), Say(f"{flow.name}.{question.key}.refused", {"phone": given.person}))
    answers = {**session.answers, question.key: value}
    if question.key in session.answers:  # a changed answer may make later ones impossible
        answers = fitting(flow, answers, given)
    return _go(flow, replace(session, answers=answers), next_open(flow, answers), *said)


def _missed(session: Session, given: Given, *said: Effect, optional: bool = False) -> Turn:
    """Not understood, or not for sure: after three times in a row there is a way out beside the question."""
    session = replace(session, misses=session.misses + 1)
    if session.misses >= MISSES_UNTIL_HELP:
        said = (*said, Say("flow.trouble.optional" if optional else "flow.trouble", {"phone": given.person}))
    return session, said


def _wished(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    wished = wish(flow, session, sent, given)
    match wished.code:
        case "send" if (missing := next_open(flow, session.answers)) != REVIEW:
            return _go(flow, session, missing)
        case "send":
            shown = {question.key for question in flow.visible(session.answers)}
            return session, (Submit({key: value for key, value in session.answers.items() if key in shown}),)
        case "edit" if wished.key:
            return _go(flow, replace(session, edited=wished.key), wished.key)
        case "edit":
            return _go(flow, session, EDIT)
        case "later":
            return _command(flow, session, Command.CANCEL, given)
        case "go_on":
            return _go(flow, session, next_open(flow, session.answers))
        case "restart":
            return start(flow)
        case "look":
            return _go(flow, session, RESUME, Summary(draft=True))
    after, said = _go(flow, session, session.at, Say("menu.miss", {"count": wished.count}))
    return _missed(replace(after, misses=session.misses), given, *said)


def _scan(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | None:
    question = next((question for question in flow.visible(session.answers) if question.answer.kind == "place"), None)
    village = given.places.village_of_scene(sent.text)
    if question is None or village is None or session.at == question.key:
        return None if village else _go(flow, session, session.at)
    session = replace(session, answers={**session.answers, question.key: village})
    return _go(flow, session, session.at, Say("flow.scanned", {"village": given.places.label(village)}))
