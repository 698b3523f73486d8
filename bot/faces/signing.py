"""The end of a form that goes page by page: its summary, handing it in, and the receipt."""

from typing import Any

from aiohttp import web

from bot.bookmarks import editable
from bot.channels.web_read import NAME
from bot.faces.browser import read_posted
from bot.faces.handing import OtherFormError, bound, fault, hand_in, refused
from bot.faces.visit import StaleFormError, Visit
from bot.faces.visitor import Paper, find_reply
from bot.filling import Form
from bot.render import shown_answer
from bot.reply import Reply
from bot.session import REVIEW


async def show_check(visit: Visit) -> web.Response:
    """The summary, to be signed by sending it."""
    paper = await visit.paper()
    if not paper.begun or paper.open != REVIEW:
        return visit.on(f"/forms/{paper.flow.name}")
    return _check(visit, paper)


async def send(visit: Visit) -> web.Response:
    """Hand in what the summary showed; pressed twice, it is handed in once."""
    paper = await visit.paper()
    posted = await read_posted(visit.request, visit.context.reading)
    try:
        visit.check(posted)
    except StaleFormError:
        if not paper.begun:
            return visit.on(f"/forms/{paper.flow.name}")
        return _check(visit, paper, message=visit.look.text("form.stale"), status=403)
    address, reference = visit.visitor.address, posted.one(".id")
    if reference != paper.stamp or not paper.stamp:
        if await find_reply(visit.context.database, bound(address, reference)):
            return visit.on(f"/forms/{paper.flow.name}/done?id={reference}")
        if not paper.begun or paper.open != REVIEW:
            return visit.on(f"/forms/{paper.flow.name}")
        return _check(visit, paper, message=visit.look.text("form.check.changed"), status=409)
    return await hand_over(visit, paper)


async def hand_over(visit: Visit, paper: Paper) -> web.Response:
    """Hand in a draft as it was read, and go on to its receipt."""
    done = f"/forms/{paper.flow.name}/done?id={paper.stamp}"
    form = Form(paper.flow.name, dict(paper.session.answers), send=True, draft=True, language=visit.look.chosen)
    try:
        reply = await hand_in(visit.context.turns, NAME, visit.visitor.address, paper.stamp, form)
    except OtherFormError:  # the same page, sent again in another language
        return visit.on(done)
    if reply.errors:
        message = reply.text if fault(reply) or refused(reply) else ""
        return _check(visit, paper, reply, message=message, status=503 if fault(reply) else 422)
    return visit.on(done)


async def show_done(visit: Visit) -> web.Response:
    """The receipt of what was handed in, while it is kept."""
    flow = visit.flow()
    reference = visit.request.query.get("id", "")
    reply = await find_reply(visit.context.database, bound(visit.visitor.address, reference))
    if reply is None:
        return visit.on(f"/forms/{flow.name}")
    made = [(name, value) for name, value in reply.made.items() if visit.look.text.has(f"form.done.{name}")]
    values = {"flow": flow.name, "label": visit.look.text(f"home.{flow.name}"), "said": reply.text, "made": made}
    return visit.page("form_done.html", values)


def _check(
    visit: Visit, paper: Paper, reply: Reply | None = None, *, message: str = "", status: int = 200
) -> web.Response:
    errors = reply.errors if reply else {}
    texts, seen = visit.look.text, paper.session.seen
    rows = [
        {
            "key": question.key,
            "name": texts(paper.flow.text(question, "name")),
            "value": shown_answer(question, seen.get(question.key), paper.given),
            "error": errors.get(question.key, ""),
        }
        for question in editable(paper.flow, seen)
    ]
    last = paper.asked[-1].key if paper.asked else ""
    values: dict[str, Any] = {
        "flow": paper.flow.name,
        "label": texts(f"home.{paper.flow.name}"),
        "rows": rows,
        "errors": errors,
        "message": message,
        "id": paper.stamp,
        "before": f"/forms/{paper.flow.name}?at={last}",
    }
    return visit.page("form_check.html", values, status=status, wrong=status != 200)
