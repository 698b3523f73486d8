"""The offline form: a page that works without a network, what it has to know, and where its rows arrive.

It is made from the schema; what is typed stays sealed on the phone until it can be handed in. Rows carry keys made on
the phone, so that one that was sent twice is taken once, and a mark of who filled them in, so that none is sent under
another name because the phone has changed hands.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from bot.channels.base import BadRequestError, TurnsBusyError
from bot.channels.limits import read_body
from bot.channels.web import COOKIE
from bot.channels.web_page import HEADERS
from bot.channels.web_read import NAME, check_site, is_token
from bot.faces.api import KEY, LONGEST, outcome
from bot.faces.assets import asset, names, static
from bot.faces.context import FaceContext
from bot.faces.handing import OtherFormError, hand_in
from bot.faces.offered import is_free
from bot.faces.schema import schema
from bot.faces.visit import Handler, Visit, begin
from bot.faces.visitor import Paper
from bot.filling import WHOLE, Form
from intake import id_number, phone
from intake.places import Places
from locales import Texts

SHELL = ("/chat/icon.svg",)
"""What the page needs from elsewhere."""

_WORDS = (
    "pin.new", "pin.ask", "pin.field", "pin.again", "pin.short", "pin.simple", "pin.differs", "pin.wrong", "pin.set",
    "pin.open", "pin.why", "pin.forgot", "pin.forget", "insecure", "add", "save", "later", "drop", "drop.sure", "edit",
    "send", "clear", "none", "row.draft", "row.waiting", "row.tried", "row.sent", "row.received", "row.wrong",
    "nameless", "need", "range", "photos", "problems", "online", "offline", "locked", "sending",
    "township", "village", "use_this",
)  # fmt: skip


async def show_offline(visit: Visit) -> web.Response:
    """The page; it holds nothing personal, for it stays on the phone."""
    flow = visit.flow()
    if not is_free(flow):
        raise web.HTTPNotFound
    values = {"flow": flow.name, "label": visit.look.text(f"home.{flow.name}")}
    return visit.page("form_offline.html", values)


async def show_data(visit: Visit) -> web.Response:
    """What the page has to know: the questions, the villages, the words, and who its rows are from."""
    flow = visit.flow()
    if not is_free(flow):
        raise web.HTTPNotFound
    paper, text = await visit.paper(), visit.look.text
    official = visit.visitor.official
    return visit.known(
        _json(
            {
                "flow": flow.name,
                "schema": schema(flow, paper.given, paper.session.facts),
                "carried": [key for key in flow.carried if flow.find(key)],
                "known": _known(paper),
                "places": _places(paper.given.places),
                "words": {word: text(f"form.offline.{word}") for word in _WORDS} | _faults(text),
                "optional": text("form.optional"),
                "who": who(visit),
                "as": text("form.list.official", name=official.name) if official else text("form.offline.unbound"),
                "files": [*SHELL, *_files()],
            }
        )
    )


def take_rows(context: FaceContext) -> Handler:
    """The handler of what phones send: ``{"key", "who", "answers"}``; answered as the API does."""

    async def handle(request: web.Request) -> web.Response:
        visit = await begin(request, context)
        try:
            check_site(request.headers, request.host, context.public_url)
            status, body = await _take(visit)
        except BadRequestError as error:
            return _json(_refusal(visit.look.text, "form.refused.malformed"), error.status)
        except TurnsBusyError:
            return _json(_refusal(visit.look.text, "form.refused.busy"), 503)
        except web.HTTPNotFound:
            return _json(_refusal(visit.look.text, "form.unknown"), 404)
        return _json(body, status)

    return handle


async def _take(visit: Visit) -> tuple[int, Mapping[str, Any]]:
    text = visit.look.text
    if visit.request.content_type != "application/json":
        raise BadRequestError(415, "malformed")
    try:
        row = orjson.loads(await read_body(visit.request, LONGEST))
        key, mark, answers = row["key"], row["who"], row["answers"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise BadRequestError(400, "malformed") from error
    if not isinstance(key, str) or not KEY.fullmatch(key) or not isinstance(answers, dict):
        raise BadRequestError(400, "malformed")
    if not is_token(visit.request.cookies.get(COOKIE, "")) or mark != who(visit):
        return 403, _refusal(text, "form.offline.other")
    flow = visit.flow()
    if not is_free(flow):
        raise web.HTTPNotFound
    form = Form(flow.name, answers, send=True, language=visit.look.chosen)
    try:
        return outcome(await hand_in(visit.context.turns, NAME, visit.visitor.address, key, form))
    except OtherFormError:
        return 422, _refusal(text, "form.offline.used")


def who(visit: Visit) -> str:
    """A mark of the contact and of the official that they are: it tells nothing, but changes with either."""
    official = visit.visitor.official
    told = f"who:{visit.visitor.address}:{official.id if official else ''}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def show_manifest(visit: Visit) -> web.Response:
    """What a phone needs to keep the page like an app."""
    flow = visit.flow()
    label = visit.look.text(f"home.{flow.name}")
    body = {
        "name": f"{visit.look.text('form.page.house')} · {label}",
        "short_name": label,
        "start_url": f"/forms/{flow.name}/offline",
        "scope": "/forms/",
        "display": "standalone",
        "background_color": "#f7f1e8",
        "theme_color": "#8a3a1e",
        "icons": [{"src": "/chat/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return web.Response(body=orjson.dumps(body), content_type="application/manifest+json", headers=HEADERS)


async def show_worker(_request: web.Request) -> web.Response:
    """The service worker, whose reach is its folder."""
    file = asset("offline/worker.js")
    return web.Response(
        body=file.body, content_type=file.content_type, charset="utf-8", headers={"Cache-Control": "no-cache"}
    )


def _faults(text: Texts) -> dict[str, str]:
    """What is told of a wrong number, by kind and reason: the phone sees it by itself."""
    kinds = {"id_number": id_number.Reason, "phone": phone.Reason}
    faults = [f"{kind}.{reason}" for kind, reasons in kinds.items() for reason in reasons]
    return {fault: text(text.for_form(f"answer.{fault}")) for fault in faults}


def _known(paper: Paper) -> Mapping[str, Any]:
    """What need not be asked: the village of an official of a village."""
    place = paper.flow.place()
    own = paper.session.answers.get(place.key) if place and not paper.stamp else None
    return {place.key: own} if place and own else {}


def _places(places: Places) -> list[list[Any]]:
    """Townships with their villages: [code, name, [[code, name] …]]."""
    found: dict[str, list[list[str]]] = {}
    for row in places.villages():
        found.setdefault(row.code[:9], []).append([row.code, row.name])
    return [[code, places.label(code), villages] for code, villages in found.items()]


def _files() -> list[str]:
    scripts = [f"/forms/static/{name}" for name in names() if name.endswith(".js")]
    return [*scripts, static("offline/app.js"), static("form.css")]


def _refusal(text: Texts, key: str) -> dict[str, Any]:
    return {"errors": {WHOLE: text(key)}, "text": text(key)}


def _json(body: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=HEADERS)
