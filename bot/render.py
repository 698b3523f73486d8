"""From effects to one reply, in the person's language. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.base import Given
from bot.answers.explained import plain_words
from bot.bookmarks import editable
from bot.effects import Ask, ChooseEdit, Effect, Menu, Offer, Say, Summary
from bot.engine import MARK, MORE, NONE
from bot.flow import Flow, Question
from bot.reply import SKIP, Choice, Reply
from bot.session import EDIT, Session
from intake.id_number import mask as mask_id
from intake.phone import mask as mask_phone

LONGEST_SHOWN = 40
"""Characters of a free text that the summary repeats."""

SHORT = 3
"""A talk of fewer questions, or one without a summary, does not count its steps."""

_MASKS = {"id_number": mask_id, "phone": mask_phone}


def render(
    flow: Flow | None, session: Session | None, effects: Sequence[Effect], given: Given, *, form: bool = False
) -> Reply:
    """One reply for a turn: its texts one under the other, with the choices of the last thing asked. What a ``form``
    is answered is in the words of a form, where it has its own."""
    if session:
        given = replace(given, answers=session.answers, facts=session.facts, collected=session.collected)
    mark = f"{MARK}{session.mark}" if session and session.mark else ""
    texts: list[str] = []
    choices: tuple[Choice, ...] = ()
    several = False
    for effect in effects:
        match effect:
            case Say(key, params):
                texts.append(given.texts(given.texts.for_form(key) if form else key, **params))
            case Menu(name, options):
                choices = tuple(Choice(f"{name}:{code}", given.texts(key)) for code, key in options)
            case Offer(key, offered, more):
                further = ((MORE, given.texts("offer.more")),) if more else ()
                labelled = (*offered, *further, (NONE, given.texts("offer.none")))
                choices = tuple(Choice(f"{key}{mark}:{code}", label) for code, label in labelled)
            case Ask(key, brief, explained) if flow and session and (question := flow.find(key)):
                if not brief:
                    texts.append(_asked(flow, session, question, given))
                options = question.answer.choices(given)
                meanings = plain_words(question.answer, given) if explained else {}
                labelled = tuple((code, _with(meanings.get(code), label, given)) for code, label in options)
                if question.optional and session.answers.get(key) is None:
                    labelled = (*labelled, (SKIP, given.texts("flow.skip")))
                choices = tuple(Choice(f"{key}{mark}:{code}", label) for code, label in labelled)
                several = question.answer.several
            case Summary(draft) if flow and session:
                texts.append(_summary(flow, session.seen, given, "review.title.draft" if draft else "review.title"))
            case ChooseEdit() if flow and session:
                texts.append(given.texts("edit.ask"))
                shown = editable(flow, session.seen)
                names = ((question.key, given.texts(flow.text(question, "name"))) for question in shown)
                choices = tuple(Choice(f"{EDIT}:{code}", label) for code, label in names)
    return Reply("\n\n".join(texts), choices, several)


def joined(first: Reply, then: Reply) -> Reply:
    """Two replies to one message as one, with the choices of the second."""
    text = "\n\n".join(part for part in (first.text, then.text) if part)
    return replace(then, text=text)


def wording(flow: Flow, question: Question, given: Given) -> str:
    """What a question asks, with the telephones and the address of our pages filled in; and how to have its choices
    explained, where they may need it."""
    text = given.texts(flow.text(question, "ask"), person=given.person, hotline=given.hotline, site=given.site)
    return given.texts("explain.offer", text=text) if plain_words(question.answer, given) else text


def _with(meaning: str | None, label: str, given: Given) -> str:
    """The label of a choice with what it means."""
    return given.texts("explain.choice", label=label, plain=meaning) if meaning else label


def _asked(flow: Flow, session: Session, question: Question, given: Given) -> str:
    keys = [shown.key for shown in flow.visible(session.seen) if shown.asked or shown is question]
    text = wording(flow, question, given)
    before = session.answers.get(question.key)
    if before is not None and not question.gate:
        text = given.texts("flow.was", text=text, value=_shown(question, before, given))
    if len(keys) < SHORT or not flow.review:
        return text
    return given.texts("flow.progress", step=keys.index(question.key) + 1, steps=len(keys), text=text)


def _summary(flow: Flow, seen: Mapping[str, Any], given: Given, title: str) -> str:
    own = f"{flow.name}.{title}"
    lines = [given.texts(own if given.texts.has(own) else title)]
    for question in editable(flow, seen):
        name = given.texts(flow.text(question, "name"))
        lines.append(given.texts("review.line", name=name, value=_shown(question, seen.get(question.key), given)))
    return "\n".join(lines)


def shown_answer(question: Question, value: Any, given: Given) -> str:
    """An answer as a summary shows it, masked where it is private."""
    if value is None or value in ("", []):
        return given.texts("review.empty")
    mask = _MASKS.get(question.answer.kind) if question.private else None
    return mask(value) if mask else question.answer.show(given, value)


def _shown(question: Question, value: Any, given: Given) -> str:
    text = shown_answer(question, value, given)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
