"""What the reserved words do inside a flow. Pure."""

from dataclasses import replace

from bot.answers.base import Given
from bot.asides import ask_erase, ask_language
from bot.bookmarks import wish
from bot.commands import Command, command_of, is_choice
from bot.effects import Enter, Leave, Mute, Say, Summary
from bot.explaining import explain_all
from bot.flow import Flow
from bot.going import Turn, accept, go, resume, start
from bot.inbound import Input, Kind
from bot.session import EDIT, RESUME, REVIEW, Session
from bot.settling import next_open


def commanded(flow: Flow, session: Session, sent: Input, given: Given) -> Command | None:
    """The command that the message is, unless it names an answer to change («电话» on the summary) or a choice of the
    question («删除» where that is offered)."""
    if sent.kind is not Kind.TEXT or (session.at == EDIT and wish(flow, session, sent, given).key):
        return None
    said, question = command_of(given.texts, sent.text), flow.find(session.at)
    return None if said and question and is_choice(question.answer, sent.text, given) else said


def command(flow: Flow, session: Session, said: Command, given: Given) -> Turn:
    """One turn by a reserved word."""
    match said:
        case Command.BACK:
            return _back(flow, session)
        case Command.CANCEL | Command.MENU:
            kept = () if session.fresh or not flow.review else (Say("flow.kept", {"days": flow.keep_days}),)
            home = (Enter("home"),) if said is Command.MENU or not kept else ()
            return session, (Leave(keep=bool(kept or flow.carried)), *kept, *home)
        case Command.RESTART if session.at == RESUME:
            return start(flow)
        case Command.ERASE:
            return ask_erase(flow, session, given)
        case Command.GO_ON if session.at == RESUME:
            return go(flow, session, next_open(flow, session.seen))
        case Command.APPLY if flow.name != "apply":
            return session, (Leave(keep=not session.fresh), Enter("apply"))
        case Command.APPLY | Command.RESTART:  # before anything is lost they are asked
            return resume(session)
        case Command.PERSON:
            return session, (Enter("person"),)
        case Command.MUTE:
            return go(flow, session, session.at, Mute(), Say("flow.muted"))
        case Command.LANGUAGE:
            return ask_language(session)
        case Command.HELP | Command.EXPLAIN:
            explained = explain_all(session, flow.find(session.at), given) if said is Command.EXPLAIN else None
            helped = Say("flow.help", {"phone": given.person, "hotline": given.hotline})
            return explained or go(flow, session, session.at, helped)
        case Command.SKIP:
            return _pass_over(flow, session, given)
    return go(flow, session, session.at, *((Summary(draft=True),) if said is Command.LOOK else ()))


def _pass_over(flow: Flow, session: Session, given: Given) -> Turn:
    question = flow.find(session.at)
    if question is None:
        return go(flow, session, session.at)
    if session.at in session.answers:
        return go(flow, session, next_open(flow, session.seen))
    if question.answer.kind == "photos":
        return accept(flow, session, question, list(session.collected), given)
    if not question.optional:
        return go(flow, session, session.at, Say("flow.no_skip"))
    return accept(flow, session, question, None, given)


def _back(flow: Flow, session: Session) -> Turn:
    visible = [question.key for question in flow.visible(session.seen) if question.asked]
    if session.at == RESUME:
        return resume(session)
    if (session.edited or session.at == EDIT) and next_open(flow, session.seen) == REVIEW and flow.review:
        return go(flow, session, REVIEW)
    place = visible.index(session.at) if session.at in visible else len(visible)
    if place:
        return go(flow, replace(session, edited=""), visible[place - 1])
    return go(flow, session, visible[0] if visible else session.at, Say("flow.first"))
