"""Someone at the forms, without JavaScript: a browser that fills in what stands on the page and presses its button."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData
from aiohttp.test_utils import TestServer

_VOID = {"input", "meta", "link", "br", "progress"}


class _Fields(HTMLParser):
    """The fields of the page's form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.offered: dict[str, list[str]] = {}
        self.action = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.action = given.get("action") or ""
        if tag == "textarea":
            self._text = name
            self.sent[name] = [""]
        if tag != "input" or not name or given.get("type") == "file":
            return
        if given.get("type") in ("radio", "checkbox"):
            self.offered.setdefault(name, []).append(value)
            if "checked" not in given:
                return
        self.sent.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            self.sent[self._text] = [self.sent[self._text][0].removeprefix("\n")]
            self._text = ""


class Resident:
    """One browser. ``html`` is the page it stands on, ``path`` its address with the query."""

    def __init__(self, server: TestServer) -> None:
        self.server = server
        self.http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.status, self.path, self.html = 0, "", ""

    @property
    def text(self) -> str:
        """What a person reads."""
        body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", self.html, flags=re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()

    @property
    def fields(self) -> dict[str, list[str]]:
        """What the form on the page would send as it stands."""
        return self._parsed().sent

    @property
    def offered(self) -> dict[str, list[str]]:
        """The values of boxes to tick, by field."""
        return self._parsed().offered

    async def open(self, path: str, **headers: str) -> "Resident":
        """Open a page."""
        async with self.http.get(self.server.make_url(path), headers=headers) as response:
            return await self._seen(response)

    async def fill(self, answers: Mapping[str, Any] | None = None, **headers: str) -> "Resident":
        """Fill in the form of the page and press its button."""
        parsed = self._parsed()
        assert parsed.action, self.text
        sent = dict(parsed.sent)
        photos: list[tuple[str, bytes]] = []
        for name, value in (answers or {}).items():
            if isinstance(value, bytes):
                photos.append((name, value))
            else:
                sent[name] = list(map(str, value)) if isinstance(value, list) else [str(value)]
        form = FormData(quote_fields=False, default_to_multipart=bool(photos))
        for name, values in sent.items():
            for one in values:
                form.add_field(name, one)
        for name, photo in photos:
            form.add_field(name, photo, filename="photo.jpg", content_type="image/jpeg")
        headers = {"Sec-Fetch-Site": "same-origin"} | headers
        async with self.http.post(self.server.make_url(parsed.action), data=form, headers=headers) as response:
            return await self._seen(response)

    async def _seen(self, response: ClientResponse) -> "Resident":
        self.status, self.html = response.status, await response.text()
        self.path = str(response.url.relative())
        return self

    def _parsed(self) -> _Fields:
        parser = _Fields()
        parser.feed(self.html)
        return parser
