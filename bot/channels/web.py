"""Web chat: the page, its messages, and the notifications that wait for it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.channels.base import BadRequestError, Capabilities, Turns, TurnsBusyError
from bot.channels.counted import Count, uncounted
from bot.channels.limits import read_body
from bot.channels.web_media import Reception, Uploads
from bot.channels.web_page import HEADERS, page, static_file
from bot.channels.web_read import (
    NAME,
    address_of,
    check_site,
    is_token,
    new_token,
    read_after,
    read_message,
)
from locales import HOME, texts

CAPABILITIES = Capabilities(text_bytes=65_536, buttons=99, replies=10)
"""The page shows what it is given."""

COOKIE = "nuandong_contact"

_BODY_LIMIT = 16 * 1024
_YEAR = 365 * 86_400

Pushed = Callable[[str, int], Awaitable[Sequence[tuple[int, str]]]]
"""The notifications of a contact after an id: (address, after) → (id, text) in order."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """``public_url`` is where people reach us; ``hotline`` is shown for calling."""

    public_url: str
    hotline: str = ""


async def nothing_pushed(address: str, after: int) -> Sequence[tuple[int, str]]:
    """No notifications."""
    return ()


class Web:
    """The channel."""

    def __init__(
        self,
        settings: WebSettings,
        turns: Turns,
        uploads: Uploads,
        *,
        pushed: Pushed = nothing_pushed,
        count: Count = uncounted,
    ) -> None:
        self._reception = Reception(uploads)
        self._settings = settings
        self._turns = turns
        self._pushed = pushed
        self._count = count
        self._secure = settings.public_url.startswith("https://")

    def routes(self) -> list[web.RouteDef]:
        """The page, its files, messages, photos and voices, notifications."""
        return [
            web.get("/chat", self._page),
            web.get("/chat/{name:chat\\.css|chat\\.js|media\\.js|icon\\.svg}", self._file),
            web.post("/channels/web", self._receive),
            web.post("/channels/web/media", self._upload),
            web.get("/channels/web", self._poll),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        response = web.Response(text=page(HOME, self._settings.hotline), content_type="text/html", headers=HEADERS)
        self._know(request, response)
        return response

    async def _file(self, request: web.Request) -> web.Response:
        file = static_file(request.match_info["name"])
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.body, content_type=file.content_type, charset="utf-8", headers=headers)

    async def _receive(self, request: web.Request) -> web.Response:
        token = self._token(request) or new_token()
        try:
            check_site(request.headers, request.host, self._settings.public_url)
            inbound = read_message(await read_body(request, _BODY_LIMIT), address_of(token))
            replies = await self._turns.take(inbound)
        except BadRequestError as error:
            return self._refused(error)
        except TurnsBusyError:
            self._count(NAME, "busy")
            return _json({"error": texts()("channel.busy")}, 503)
        self._count(NAME, "answered")
        response = _json({"replies": [reply.to_json() for reply in replies]})
        self._know(request, response, token)
        return response

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            check_site(request.headers, request.host, self._settings.public_url)
            if (token := self._token(request)) is None:
                raise BadRequestError(403, "stranger")
            media = await self._reception.take(request, address_of(token))
        except BadRequestError as error:
            return self._refused(error)
        except TurnsBusyError:
            self._count(NAME, "busy")
            return _json({"error": texts()("channel.busy")}, 503)
        self._count(NAME, "uploaded")
        return _json({"media": str(media)})

    async def _poll(self, request: web.Request) -> web.Response:
        try:
            after = read_after(request.query.get("after", "0"))
        except BadRequestError as error:
            return self._refused(error)
        token = self._token(request)
        messages = await self._pushed(address_of(token), after) if token else ()
        return _json({"messages": [{"id": number, "text": text} for number, text in messages]})

    def _refused(self, error: BadRequestError) -> web.Response:
        self._count(NAME, error.reason)
        return _json({"error": texts()(f"channel.web.error.{error.reason}")}, error.status)

    def _token(self, request: web.Request) -> str | None:
        """The contact's secret, when the browser has one of ours."""
        token = request.cookies.get(COOKIE, "")
        return token if is_token(token) else None

    def _know(self, request: web.Request, response: web.Response, token: str = "") -> None:
        """Give a browser that we do not know its secret."""
        if self._token(request) is None:
            response.set_cookie(
                COOKIE, token or new_token(), max_age=_YEAR, httponly=True, samesite="Lax", secure=self._secure
            )


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=HEADERS)
