"""The API: a flow's answers as JSON, handed in once however often they are sent."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from bot.channels.base import BadRequestError, TurnsBusyError
from bot.channels.limits import read_body
from bot.channels.web_page import HEADERS
from bot.faces.context import FaceContext
from bot.faces.handing import API, OtherFormError, fault, hand_in, refused
from bot.faces.offered import open_to_programs
from bot.faces.openapi import document
from bot.faces.pace import Pace
from bot.filling import WHOLE, Form
from bot.reply import Reply
from locales import Texts, texts
from locales.spoken import spoken
from store.clock import china_date

LONGEST = 64 * 1024
KEY = re.compile(r"[0-9A-Za-z_-]{16,64}", re.ASCII)
_BEARER = re.compile(r"Bearer +([!-~]{16,256})", re.ASCII | re.IGNORECASE)


class RefusedError(Exception):
    """Not taken: an HTTP status, the key of a text, and after how many seconds to try again."""

    def __init__(self, status: int, key: str, seconds: int = 0) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.seconds = seconds


class Api:
    """The API's addresses. One caller may send 60 forms a minute; all without a token together 600."""

    def __init__(self, context: FaceContext) -> None:
        self._context = context
        self._pace = Pace(per_minute=60, burst=60)
        self._open = Pace(per_minute=600, burst=600)

    def routes(self) -> list[web.RouteDef]:
        """Everything under ``/api/v1``."""
        return [
            web.get("/api/v1/openapi.json", self._describe),
            web.get("/api/v1/health", self._health),
            web.post("/api/v1/{flow:[a-z_]{1,32}}", self._take),
        ]

    async def _describe(self, request: web.Request) -> web.Response:
        today = china_date(self._context.clock.now())
        given = self._context.world().given(_texts(request), today)
        return _json(document(open_to_programs(), given, self._context.public_url))

    async def _health(self, _request: web.Request) -> web.Response:
        return _json({"status": "ok"})

    async def _take(self, request: web.Request) -> web.Response:
        text = _texts(request)
        try:
            status, body = await self._answer(request, text)
        except RefusedError as error:
            self._context.count(API, error.key)
            told = text(f"api.refused.{error.key}", seconds=error.seconds)
            response = _json({"errors": {WHOLE: told}, "text": told}, error.status)
            if error.seconds:
                response.headers["Retry-After"] = str(error.seconds)
            return response
        self._context.count(API, "answered")
        return _json(body, status)

    async def _answer(self, request: web.Request, text: Texts) -> tuple[int, Mapping[str, Any]]:
        flow = next((flow for flow in open_to_programs() if flow.name == request.match_info["flow"]), None)
        if flow is None:
            raise RefusedError(404, "unknown")
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.fullmatch(key):
            raise RefusedError(400, "key")
        address = self._caller(request, key)
        form = Form(flow.name, await _answers(request), send=True, language=text.language)
        try:
            return outcome(await hand_in(self._context.turns, API, address, key, form))
        except OtherFormError as error:
            raise RefusedError(422, "other") from error
        except TurnsBusyError as error:
            raise RefusedError(503, "busy", 5) from error

    def _caller(self, request: web.Request, key: str) -> str:
        """The contact's address: one for each client, or for each key of those without a token."""
        now = self._context.clock.now()
        header = request.headers.get("Authorization", "")
        bearer = _BEARER.fullmatch(header)
        if header and not bearer:
            raise RefusedError(401, "token")
        caller = f"client:{bearer[1]}" if bearer else f"remote:{request.remote}"
        hashed = hashlib.sha256(caller.encode()).hexdigest()[:32]
        wait = 0 if not bearer and _hidden(request.remote) else self._pace.wait(hashed, now)
        wait = wait or (0 if bearer else self._open.wait("", now))
        if wait:
            raise RefusedError(429, "often", wait)
        return hashed if bearer else hashlib.sha256(f"key:{key}".encode()).hexdigest()[:32]


def outcome(reply: Reply) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the body that tell what became of a form. 503 and 422: nothing was made, and the key is used
    up; 409: there was something before, or nothing can be made now."""
    if reply.errors:
        status = 503 if fault(reply) else 403 if refused(reply) else 422
        return status, {"errors": dict(reply.errors), "text": reply.text}
    if not reply.made:
        return 409, {"errors": {WHOLE: reply.text}, "text": reply.text}
    return 201, {"made": dict(reply.made), "text": reply.text}


def _hidden(remote: str | None) -> bool:
    """Whether callers come through a proxy on this machine, which makes them look like one."""
    return remote is None or remote.startswith("127.") or remote == "::1"


async def _answers(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise RefusedError(415, "type")
    try:
        answers = orjson.loads(await read_body(request, LONGEST))
    except BadRequestError as error:
        raise RefusedError(error.status, error.reason) from error
    except orjson.JSONDecodeError as error:
        raise RefusedError(400, "malformed") from error
    if not isinstance(answers, dict):
        raise RefusedError(400, "malformed")
    return answers


def _texts(request: web.Request) -> Texts:
    """The language asked for, by ``?lang=`` or the header, or else Chinese."""
    return texts(spoken(request.query.get("lang", ""), request.headers.get("Accept-Language", "")))


def _json(body: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=HEADERS)
