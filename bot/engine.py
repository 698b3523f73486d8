"""The engine: one message moves one session through its flow. Pure: no clock, no database, no network.

A session's answers are the truth and ``at`` is only a bookmark, worked out from them again after every change; so
going back, changing one answer, coming back after weeks and a new release while people are inside are all one thing.
"""

from dataclasses import replace

from bot.answers.base import Given, Miss, More, Value
from bot.answers.text import Text
from bot.asides import answer_aside, ask_heard, ask_old
from bot.bookmarks import wish
from bot.commanding import command
from bot.commands import Command
from bot.effects import Ask, Offer, Say, Summary
from bot.explaining import explain
from bot.flow import Flow, Question
from bot.going import Turn, accept, follow, go, missed, resume, start, submit
from bot.inbound import Input, Kind
from bot.menu import Options, chosen
from bot.reserved import elsewhere, reserved, skips
from bot.scanning import scan
from bot.session import EDIT, RESUME, REVIEW, Session
from bot.settling import fitting, next_open, settle

__all__ = ["Turn", "advance", "fitting", "follow", "next_open", "resume", "settle", "start"]

NONE = "none"
"""The code of «none of these» where a person picks from what was nearly understood."""
MARK = "~"
"""What parts a question's key from the mark of its draft in a button's id."""
MORE = "more"
"""The code of «show more of them»."""
PAGE = 9
"""How many options are shown at once."""


def advance(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    """One turn: read ``sent`` as what the bookmark expects, and say what comes next."""
    if session.version != flow.version:
        settled = settle(flow, session, replace(given, facts=session.facts))
        if settled.at != session.at:
            return go(flow, settled, settled.at, Say("flow.updated"))
        session = settled
    given = replace(given, answers=session.answers, facts=session.facts, collected=session.collected)
    if session.aside:
        session, then = answer_aside(flow, session, sent, given)
        if not isinstance(then, Input):
            return session, then
        sent = then
    if sent.kind is Kind.SCENE and (scanned := scan(flow, session, sent, given)):
        return scanned
    if sent.kind is Kind.VOICE:
        return _voice(flow, session, sent, given)
    if sent.kind is Kind.CHOICE:
        tapped = _tapped(flow, session, sent, given)
        if not isinstance(tapped, Input):
            return tapped
        sent = tapped
    if skips(flow, session, sent):
        return command(flow, session, Command.SKIP, given)
    if sent.kind is not Kind.CHOICE and not session.offered and (turn := reserved(flow, session, sent, given)):
        return turn
    if session.at.startswith("#"):
        return _wished(flow, session, sent, given)
    return _answered(flow, session, sent, given)


def _tapped(flow: Flow, session: Session, sent: Input, given: Given) -> Input | Turn:
    """The code of a button of the bookmark, or the turn of any other button."""
    name, _, code = sent.text.partition(":")
    name, _, mark = name.partition(MARK)
    if name == "command" and code in set(Command):
        return command(flow, session, Command(code), given)
    if mark != session.mark and mark:  # a button of an earlier form of the same kind
        return go(flow, session, session.at, Say("choice.stale"))
    return Input(Kind.CHOICE, code) if name == session.at else _stale(flow, session, name, given)


def _stale(flow: Flow, session: Session, name: str, given: Given) -> Turn:
    """An old button never counts as today's answer; it may mean that an old answer shall be changed."""
    question = flow.find(name)
    answered = question is not None and question.key in session.answers and question in flow.visible(session.seen)
    if question and answered and not question.gate and flow.review:
        return ask_old(flow, session, question.key, given)
    return go(flow, session, session.at, Say("choice.stale"))


def _voice(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    """What the channel heard is confirmed; a voice that nobody turned into words may stand for free text."""
    if sent.text.strip():
        return ask_heard(session, sent.text.strip(), sent.media)
    question = flow.find(session.at)
    if question and isinstance(question.answer, Text) and question.answer.spoken and sent.media:
        session = replace(session, voices=(*session.voices, sent.media))
        return accept(flow, session, question, given.texts("answer.spoken"), given, Say("voice.kept"))
    return go(flow, session, session.at, Say("voice.type"))


def _answered(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    question = flow.find(session.at)
    if question is None:  # no release wrote this bookmark
        return go(flow, session, next_open(flow, session.seen))
    if not session.offered:
        other = elsewhere(flow, session, sent, given) or explain(session, question, sent, given)
        return other or _parsed(flow, session, question, sent, given)
    picked = chosen(sent, _options(question, session, given))
    if picked == NONE:
        again = replace(session, offered=(), page=0)
        return missed(again, given, Ask(question.key), optional=question.optional)
    if picked == MORE:
        session = replace(session, page=session.page + 1)
        return session, (Say("offer.page"), _offer(question, session, given))
    if picked is not None and question.answer.check(given, picked):
        return accept(flow, session, question, picked, given)
    if picked is None and (turn := reserved(flow, session, sent, given) or elsewhere(flow, session, sent, given)):
        return turn
    sent = sent if picked is None else Input(Kind.CHOICE, picked)  # a part of the way: the township of a village
    return _parsed(flow, replace(session, offered=(), page=0), question, sent, given)


def _parsed(flow: Flow, session: Session, question: Question, sent: Input, given: Given) -> Turn:
    parsed = question.answer.parse(given, sent)
    if isinstance(parsed, Value):
        note = (Say(parsed.note, parsed.params),) if parsed.note else ()
        return accept(flow, session, question, parsed.value, given, *note, also=parsed.also)
    said = Say(parsed.key, parsed.params)
    if isinstance(parsed, More):
        return replace(session, collected=parsed.collected, misses=0), (said, Ask(question.key, brief=True))
    if isinstance(parsed, Miss):
        if turn := _anew(flow, session, question, sent, given):
            return turn
        again = Ask(question.key, brief=True)
        return missed(replace(session, offered=(), page=0), given, said, again, optional=question.optional)
    session = replace(session, offered=tuple(value for value, _ in parsed.options), page=0)
    offer = _offer(question, session, given)
    asked = sent.kind is Kind.CHOICE or all(not question.answer.check(given, value) for value in session.offered)
    return (session, (said, offer)) if asked else missed(session, given, said, offer, optional=question.optional)


def _anew(flow: Flow, session: Session, question: Question, sent: Input, given: Given) -> Turn | None:
    """What is none of the choices, where it may answer the question that they came from: it is asked of anew."""
    other = flow.find(question.anew) if question.anew and sent.kind is Kind.TEXT else None
    read = other.answer.parse(given, sent) if other else None
    if other is None or not isinstance(read, Value) or sent.text.strip().isdigit():
        return None
    return accept(flow, session, other, read.value, given)


def _offer(question: Question, session: Session, given: Given) -> Offer:
    values = session.offered[session.page * PAGE :]
    shown = tuple((value, question.answer.show(given, value)) for value in values[:PAGE])
    return Offer(question.key, shown, more=len(values) > PAGE)


def _options(question: Question, session: Session, given: Given) -> Options:
    """What may be picked by number now; by name any that was offered, on whatever page; one alone by yes and no."""
    offer = _offer(question, session, given)
    shown: list[tuple[str, tuple[str, ...]]] = [(value, (label,)) for value, label in offer.options]
    yes, no = (given.texts.names(key) if len(session.offered) == 1 else () for key in ("heard.yes", "heard.no"))
    shown = [(value, (*names, *yes)) for value, names in shown]
    if offer.more:
        shown.append((MORE, given.texts.names("offer.more")))
    return (*shown, (NONE, (*given.texts.names("offer.none"), *no)))


def _wished(flow: Flow, session: Session, sent: Input, given: Given) -> Turn:
    wished = wish(flow, session, sent, given)
    match wished.code:
        case "send" if (missing := next_open(flow, session.seen)) != REVIEW:
            return go(flow, session, missing)
        case "send":
            return session, (submit(flow, session),)
        case "edit":
            return go(flow, replace(session, edited=wished.key or session.edited), wished.key or EDIT)
        case "later":
            return command(flow, session, Command.CANCEL, given)
        case "go_on":
            return go(flow, session, next_open(flow, session.seen))
        case "restart":
            return start(flow)
        case "look":
            return go(flow, session, RESUME, Summary(draft=True))
    if other := elsewhere(flow, session, sent, given):
        return other
    after, said = go(flow, session, session.at, Say("menu.miss", {"count": wished.count}))
    return missed(replace(after, misses=session.misses), given, *said)
