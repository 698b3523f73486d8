"""A form of one question to a page: it goes on wherever the person left off, here or in the talk."""

from typing import Any

from aiohttp import web

from bot.channels.base import TurnsBusyError
from bot.channels.web_read import NAME, new_token
from bot.faces.browser import answers_of, read_posted
from bot.faces.fields import Typed, make
from bot.faces.handing import hand_in
from bot.faces.offered import is_free
from bot.faces.parts import Posted
from bot.faces.photos import with_photos
from bot.faces.places import walk
from bot.faces.signing import hand_over
from bot.faces.visit import StaleFormError, Visit, begin
from bot.faces.visitor import Paper
from bot.filling import Form
from bot.flow import Question
from bot.session import REVIEW


async def show_step(visit: Visit) -> web.Response:
    """The page of a question: the one asked for, or where the draft stands."""
    paper = await visit.paper()
    at = visit.request.query.get("at", "")
    question = _question(paper, at or paper.session.at)
    if question is None and paper.open == REVIEW and not paper.begun:
        told = visit.look.text("form.nothing", person=visit.look.person)
        return visit.page("form_refused.html", {"message": told})
    if question is None and paper.open == REVIEW:
        return visit.on(f"/forms/{paper.flow.name}/check")
    if paper.flow.seasonal and not paper.given.is_open:
        told = visit.look.text("form.closed", person=visit.look.person)
        return visit.page("form_refused.html", {"message": told}, wrong=True)
    return _page(visit, paper, question or _open(paper), resumed=not at and paper.begun)


async def save_step(visit: Visit) -> web.Response:
    """Take a page's answer and go on; a wrong one is shown again with what is wrong."""
    paper = await visit.paper()
    posted = await read_posted(visit.request, visit.context.reading)
    question = _question(paper, posted.one(".at"))
    if question is None:
        return visit.on(f"/forms/{paper.flow.name}")
    try:
        visit.check(posted)
    except StaleFormError:
        return _page(visit, paper, question, posted.fields, message=visit.look.text("form.stale"), status=403)
    raw = answers_of((question,), posted, paper.given)
    try:
        raw, errors = await with_photos(visit, paper.flow, raw, posted.photos)
        form = Form(paper.flow.name, raw, send=False, language=visit.look.chosen)
        reply = None
        if raw and not errors:
            reply = await hand_in(visit.context.turns, NAME, visit.visitor.address, new_token(), form)
    except TurnsBusyError:
        told = visit.look.text("form.refused.busy")
        return _page(visit, paper, question, posted.fields, message=told, status=503)
    if errors := {**(reply.errors if reply else {}), **errors}:
        fields = {**posted.fields, **{key: value for key, value in raw.items() if isinstance(value, list)}}
        error = errors.get(question.key, "")
        told = "" if error else next(iter(errors.values()))
        return _page(visit, paper, question, fields, error=error, message=told, status=422)
    return await _go_on(visit, question, posted)


async def _go_on(visit: Visit, question: Question, posted: Posted) -> web.Response:
    """To the next page in order; from a change on the summary straight back, unless it opened a question."""
    again = await (await begin(visit.request, visit.context)).paper()
    start = f"/forms/{again.flow.name}"
    if again.open == REVIEW and not again.flow.reviewed(again.session.seen):
        return await hand_over(visit, again)  # nothing to look at again: the talk sends it at once too
    keys = [shown.key for shown in again.asked]
    after = keys[keys.index(question.key) + 1 :] if question.key in keys else []
    if posted.one(".back") or not after:
        return visit.on(f"{start}/check" if again.open == REVIEW else f"{start}?at={again.open}&back=1")
    return visit.on(f"{start}?at={after[0]}")


def _question(paper: Paper, key: str) -> Question | None:
    shown = paper.flow.visible(paper.session.seen)
    return next((question for question in shown if question.key == key), None)


def _open(paper: Paper) -> Question:
    return next(question for question in paper.asked if question.key == paper.open)


def _page(
    visit: Visit,
    paper: Paper,
    question: Question,
    typed: Typed | None = None,
    *,
    error: str = "",
    message: str = "",
    status: int = 200,
    resumed: bool = False,
) -> web.Response:
    flow, request = paper.flow, visit.request
    order = [shown.key for shown in paper.asked if shown.asked or shown is question]
    index = order.index(question.key) if question.key in order else len(order) - 1
    back = bool(request.query.get("back") or (typed or {}).get(".back"))
    before = f"/forms/{flow.name}?at={order[index - 1]}" if index else "/forms"
    step = None
    if question.answer.kind == "place" and "in" in request.query:
        under = request.query["in"]
        step = walk(paper.given, under if under.isdigit() and len(under) in (6, 9) else "")
    values: dict[str, Any] = {
        "flow": flow.name,
        "label": visit.look.text(f"home.{flow.name}"),
        "fields": [make(flow, question, paper.given, typed, error, step)],
        "step": index + 1,
        "steps": len(order),
        "before": f"/forms/{flow.name}/check" if back else before,
        "back": "&back=1" if back else "",
        "first": order[0],
        "message": message,
        "resumed": resumed,
        "whole_page": False,
        "free": is_free(flow),
    }
    return visit.page("form_step.html", values, status=status, wrong=status != 200)
