"""A form on one page, for cadres: everything is shown, and what other answers make needless is left out here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import orjson
from aiohttp import web

from bot.channels.base import TurnsBusyError
from bot.channels.web_read import NAME, new_token
from bot.faces.browser import answers_of, read_posted
from bot.faces.conditions import condition
from bot.faces.fields import Typed, make
from bot.faces.handing import fault, hand_in, refused
from bot.faces.offered import is_free
from bot.faces.parts import Posted
from bot.faces.photos import with_photos
from bot.faces.visit import StaleFormError, Visit
from bot.faces.visitor import Paper
from bot.filling import Form, digest
from bot.flow import Question


async def show_whole(visit: Visit) -> web.Response:
    """The empty form, or with the draft in it; a form that grows with its answers goes page by page."""
    if not is_free(visit.flow()):
        return visit.on(f"/forms/{visit.flow().name}")
    paper = await visit.paper()
    if paper.flow.seasonal and not paper.given.is_open:
        told = visit.look.text("form.closed", person=visit.look.person)
        return visit.page("form_refused.html", {"message": told}, wrong=True)
    return _page(visit, paper)


async def send_whole(visit: Visit) -> web.Response:
    """Hand it in; where something is wrong it is shown again with everything that was typed."""
    paper = await visit.paper()
    posted = await read_posted(visit.request, visit.context.reading)
    try:
        visit.check(posted)
    except StaleFormError:
        return _page(visit, paper, posted, message=visit.look.text("form.stale"), status=403)
    raw = answers_of(_questions(paper), posted, paper.given)
    try:
        raw, errors = await with_photos(visit, paper.flow, raw, posted.photos)
        posted = Posted({**posted.fields, **{key: value for key, value in raw.items() if isinstance(value, list)}})
        if errors:
            return _page(visit, paper, posted, errors, status=422)
        form = Form(paper.flow.name, raw, send=True, draft=True, language=visit.look.chosen)
        reference = f"{posted.one('.id')}.{digest(form.write())}"
        reply = await hand_in(visit.context.turns, NAME, visit.visitor.address, reference, form)
    except TurnsBusyError:
        return _page(visit, paper, posted, message=visit.look.text("form.refused.busy"), status=503)
    if reply.errors:
        message = reply.text if fault(reply) or refused(reply) else ""
        return _page(visit, paper, posted, reply.errors, message=message, status=503 if fault(reply) else 422)
    return visit.on(f"/forms/{paper.flow.name}/done?id={reference}")


def _questions(paper: Paper) -> tuple[Question, ...]:
    """Those that may become needed by what is filled in here."""
    facts = paper.session.facts
    return tuple(question for question in paper.flow.questions if condition(question.when, facts) is not False)


def _page(
    visit: Visit,
    paper: Paper,
    posted: Posted | None = None,
    errors: Mapping[str, str] = MappingProxyType({}),
    *,
    message: str = "",
    status: int = 200,
) -> web.Response:
    questions, facts = _questions(paper), paper.session.facts
    typed: Typed | None = posted.fields if posted else None
    fields = [make(paper.flow, one, paper.given, typed, errors.get(one.key, "")) for one in questions]
    when = {one.key: rule for one in questions if (rule := condition(one.when, facts)) is not True}
    values: dict[str, Any] = {
        "flow": paper.flow.name,
        "label": visit.look.text(f"home.{paper.flow.name}"),
        "fields": fields,
        "photos": any(field.kind == "photos" for field in fields),
        "when": orjson.dumps(when).decode(),
        "id": new_token(),
        "message": message,
        "back": "",
        "whole_page": True,
    }
    return visit.page("form_whole.html", values, status=status, wrong=status != 200)
