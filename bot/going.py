"""The steps that every turn is made of: begin, go to a bookmark, take an answer, miss one. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.base import Given
from bot.bookmarks import RESUME_MENU, REVIEW_MENU
from bot.effects import Ask, ChooseEdit, Effect, Leave, Say, Submit, Summary
from bot.flow import Flow, Question
from bot.session import EDIT, RESUME, REVIEW, Session
from bot.settling import fitting, next_open

MISSES_UNTIL_HELP = 3
_GO_ON = "resume.ask"

Turn = tuple[Session, tuple[Effect, ...]]
"""The session after the turn, and what to say and do."""


def start(flow: Flow, answers: Mapping[str, Any] | None = None) -> Turn:
    """Begin a flow, with ``answers`` that are known already (the village of a QR code)."""
    known = dict(answers or {})
    session = Session(flow.name, flow.version, next_open(flow, known), known, fresh=True)
    return go(flow, session, session.at)


def resume(session: Session) -> Turn:
    """Ask someone who has a draft whether to go on, begin anew, or look first."""
    return _at(session, RESUME), (Say(_GO_ON), RESUME_MENU)


def go(flow: Flow, session: Session, at: str, *said: Effect) -> Turn:
    """To a bookmark, and what is said there; a flow without a summary is sent when it is complete."""
    session = _at(session, at)
    if at == REVIEW and not flow.reviewed(session.seen):
        return session, (*said, submit(flow, session))
    if at == REVIEW:
        return replace(session, edited=""), (*said, Summary(), REVIEW_MENU)
    if at == EDIT:
        return session, (*said, ChooseEdit())
    if at == RESUME:
        return session, (*said, Say(_GO_ON), RESUME_MENU)
    return session, (*said, Ask(at))


def follow(flow: Flow, session: Session, effects: tuple[Effect, ...], given: Given) -> Turn:
    """The turn again after the host's facts changed with the answers: to a question that is asked now, also an
    earlier one, past one that no longer is, and past one that has a single choice and is taken without asking. An
    answer that the new facts refuse (the household of another village's notice) is asked again."""
    answers = fitting(flow, session.answers, replace(given, facts=session.facts))
    if answers != session.answers:
        said = tuple(effect for effect in effects if isinstance(effect, Say) and effect.key != _GO_ON)
        session = replace(session, answers=answers)
        session, effects = go(flow, session, next_open(flow, session.seen), *said)
    if effects[-2:] == (Summary(), REVIEW_MENU) and (at := next_open(flow, session.seen)) != REVIEW:
        session, effects = go(flow, session, at, *effects[:-2])
    while effects and isinstance(last := effects[-1], Ask | Submit):
        if isinstance(last, Submit):
            if (at := next_open(flow, session.seen)) == REVIEW:
                return session, (*effects[:-1], submit(flow, session))
            session, effects = go(flow, session, at, *effects[:-1])
            continue
        question = flow.find(last.key)
        if last.brief:
            break
        if question is None or not question.when(session.seen) or _is_early(flow, session, question):
            session, effects = go(flow, session, next_open(flow, session.seen), *effects[:-1])
            continue
        if not question.lone or question.key in session.answers:
            break
        choices = question.answer.choices(replace(given, answers=session.answers, facts=session.facts))
        if len(choices) != 1:
            break
        fresh = session.fresh
        session, effects = accept(flow, session, question, choices[0][0], given, *effects[:-1])
        session = replace(session, fresh=fresh)  # what was taken without asking is no answer of theirs
    return session, effects


def _is_early(flow: Flow, session: Session, question: Question) -> bool:
    """Whether a question before it is open now; one that is answered, or that only the summary offers, was wished."""
    wished = question.key in session.answers or not question.asked
    return not wished and next_open(flow, session.seen) != question.key


def submit(flow: Flow, session: Session) -> Submit:
    """The answers that are handed in: those of the questions that are asked now."""
    shown = {question.key for question in flow.visible(session.seen)}
    return Submit({key: value for key, value in session.answers.items() if key in shown})


def accept(
    flow: Flow,
    session: Session,
    question: Question,
    value: Any,
    given: Given,
    *said: Effect,
    also: Mapping[str, Any] | None = None,
) -> Turn:
    """Take an answer and go on; a no at a gate ends the talk. ``also`` are answers that were given with it: they count
    where the flow asks for them and has none yet."""
    if question.gate and value is False:
        return session, (*said, Leave(keep=False), Say(flow.text(question, "refused"), {"phone": given.person}))
    answers = {**session.answers, question.key: value}
    for key, other in (also or {}).items():
        asked = flow.find(key)
        if asked and key not in answers and asked.answer.check(given, other):
            answers[key] = other
    if question.key in session.answers:  # a changed answer may make later ones impossible, or say them of another
        reset = question.resets if session.answers[question.key] != value else ()
        answers = fitting(flow, {key: one for key, one in answers.items() if key not in reset}, given)
    at = next_open(flow, {**session.facts, **answers} if session.facts else answers)
    session = Session(  # made once: most turns end here
        session.flow,
        session.version,
        at,
        answers,
        edited=session.edited,
        voices=session.voices,
        fresh=not flow.review,  # a look-up leaves no draft to come back to
        mark=session.mark,
        facts=session.facts,
    )
    return go(flow, session, at, *said) if at == REVIEW else (session, (*said, Ask(at)))


def missed(session: Session, given: Given, *said: Effect, optional: bool = False) -> Turn:
    """Not understood, or not for sure: after three times in a row there is a way out beside the question."""
    session = replace(session, misses=session.misses + 1)
    if session.misses >= MISSES_UNTIL_HELP:
        said = (*said, Say("flow.trouble.optional" if optional else "flow.trouble", {"phone": given.person}))
    return session, said


def _at(session: Session, at: str) -> Session:
    edited = "" if at == RESUME else session.edited
    # What came so far for a question stays while it is only asked again, or a bookmark lies between.
    stays = at == session.at or at.startswith("#") or session.at.startswith("#")
    collected = session.collected if stays else ()
    return replace(session, at=at, misses=0, offered=(), page=0, collected=collected, aside=None, edited=edited)
