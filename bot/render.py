"""From effects to one reply, in the person's language. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.base import Given
from bot.bookmarks import editable
from bot.effects import Ask, ChooseEdit, Effect, Menu, Offer, Say, Summary
from bot.engine import NONE
from bot.flow import Flow, Question
from bot.reply import Choice, Reply
from bot.session import EDIT, Session
from intake.id_number import mask as mask_id
from intake.phone import mask as mask_phone

LONGEST_SHOWN = 40
"""Characters of a free text that the summary repeats."""

_MASKS = {"id_number": mask_id, "phone": mask_phone}


def render(flow: Flow | None, session: Session | None, effects: Sequence[Effect], given: Given) -> Reply:
    """One reply for a turn: its texts one under the other, with the choices of the last thing asked."""
    given = replace(given, answers=session.answers if session else {})
    texts: list[str] = []
    choices: tuple[Choice, ...] = ()
    several = False
    for effect in effects:
        match effect:
            case Say(key, params):
                texts.append(given.texts(key, **params))
            case Menu(name, options):
                choices = tuple(Choice(f"{name}:{code}", given.texts(key)) for code, key in options)
            case Offer(key, offered):
                labelled = (*offered, (NONE, given.texts("offer.none")))
                choices = tuple(Choice(f"{key}:{code}", label) for code, label in labelled)
            case Ask(key, brief) if flow and session and (question := flow.find(key)):
                if not brief:
                    texts.append(_asked(flow, session, question, given))
                options = question.answer.choices(given)
                choices = tuple(Choice(f"{key}:{code}", label) for code, label in options)
                several = question.answer.several
            case Summary(draft) if flow and session:
                texts.append(_summary(flow, session.answers, given, "review.title.draft" if draft else "review.title"))
            case ChooseEdit() if flow and session:
                texts.append(given.texts("edit.ask"))
                shown = editable(flow, session.answers)
                names = ((question.key, given.texts(f"{flow.name}.{question.key}.name")) for question in shown)
                choices = tuple(Choice(f"{EDIT}:{code}", label) for code, label in names)
    return Reply("\n\n".join(texts), choices, several)


def _asked(flow: Flow, session: Session, question: Question, given: Given) -> str:
    keys = [visible.key for visible in flow.visible(session.answers)]
    text = given.texts(f"{flow.name}.{question.key}.ask", person=given.person, hotline=given.hotline)
    before = session.answers.get(question.key)
    if before is not None and not question.gate:
        text = given.texts("flow.was", text=text, value=_shown(question, before, given))
    key = "flow.progress.optional" if question.optional and before is None else "flow.progress"
    return given.texts(key, step=keys.index(question.key) + 1, steps=len(keys), text=text)


def _summary(flow: Flow, answers: Mapping[str, Any], given: Given, title: str) -> str:
    lines = [given.texts(title)]
    for question in editable(flow, answers):
        name = given.texts(f"{flow.name}.{question.key}.name")
        lines.append(given.texts("review.line", name=name, value=_shown(question, answers[question.key], given)))
    return "\n".join(lines)


def _shown(question: Question, value: Any, given: Given) -> str:
    if value is None or value == "":
        return given.texts("review.empty")
    mask = _MASKS.get(question.answer.kind) if question.private else None
    text = mask(value) if mask else question.answer.show(given, value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
