"""Whole messages that are no answer wherever they are sent: reserved words, languages, other conversations. Pure."""

from bot.answers.base import Given, Miss
from bot.answers.words import plain
from bot.commanding import command, commanded
from bot.commands import flow_of, language_of
from bot.effects import Enter, Leave, Say, SetLanguage
from bot.flow import Flow
from bot.going import Turn, go
from bot.inbound import Input, Kind
from bot.reply import SKIP
from bot.session import Session


def reserved(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | None:
    """The turn of a reserved word, or of a language's own name (English) where no choice of that name is asked for."""
    if said := commanded(flow, session, sent, given):
        return command(flow, session, said, given)
    code = language_of(given.texts, sent.text) if sent.kind is Kind.TEXT else None
    question = flow.find(session.at)
    if code is None or (question and code in dict(question.answer.choices(given))):
        return None
    after, asked = go(flow, session, session.at)
    return after, (SetLanguage(code), *asked)


def skips(flow: Flow, session: Session, sent: Input) -> bool:
    """Whether an optional question is left out by its choice: by a tap, or by 0."""
    question = flow.find(session.at)
    if question is None or not question.optional:
        return False
    return sent.text == SKIP if sent.kind is Kind.CHOICE else sent.kind is Kind.TEXT and plain(sent.text) == "0"


def elsewhere(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | None:
    """Into another conversation, whose name was typed: «查进度» is nobody's name. Where a choice is called so, the
    choice is meant."""
    into = flow_of(given.texts, sent.text) if sent.kind is Kind.TEXT else None
    if into is None or into == flow.name:
        return None
    question = flow.find(session.at)
    chosen = question and question.answer.kind != "picked" and question.answer.choices(given)
    if question and chosen and not isinstance(question.answer.parse(given, sent), Miss):
        return None
    kept = () if session.fresh else (Say("flow.kept", {"days": flow.keep_days}),)
    return session, (Leave(keep=bool(kept or flow.carried)), *kept, Enter(into))
