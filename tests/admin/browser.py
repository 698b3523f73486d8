"""A browser for tests: keeps cookies, sends forms with the token of the page it stands on, follows redirects."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from aiohttp import ClientSession, CookieJar, FormData
from aiohttp.test_utils import TestServer

from tests.world import PASSWORD

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(frozen=True)
class Seen:
    """A page as it came."""

    status: int
    path: str
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """What a person reads, without tags, spaces run together."""
        body = re.sub(r"<(script|style)\b.*?</\1>", " ", self.html, flags=re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def pairs(fields: Mapping[str, object]) -> list[tuple[str, str]]:
    """The fields as a form sends them; a list is a field that comes several times."""
    return [
        (name, str(one)) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])
    ]


class Browser:
    """One person's browser."""

    def __init__(self, server: TestServer) -> None:
        self.server = server
        self.http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.csrf = ""

    async def get(self, path: str, **headers: str) -> Seen:
        """Open a page."""
        return await self.send("GET", path, None, headers)

    async def post(self, path: str, fields: Mapping[str, object] | None = None, **headers: str) -> Seen:
        """Send a form as a page of ours would; ``case`` may be a list."""
        data = {"csrf": self.csrf, **(fields or {})}
        return await self.send("POST", path, pairs(data), {"Sec-Fetch-Site": "same-origin"} | headers)

    async def upload(
        self, path: str, fields: Mapping[str, object] | None = None, **files: tuple[str, bytes] | None
    ) -> Seen:
        """Send a form with files, each by the name of its field: how it is called, and what is in it."""
        form = FormData(quote_fields=False, default_to_multipart=True)  # names as browsers write them
        for name, value in pairs({"csrf": self.csrf, **(fields or {})}):
            form.add_field(name, value)
        for name, file in files.items():
            if file is not None:
                form.add_field(name, BytesIO(file[1]), filename=file[0], content_type="application/octet-stream")
        return await self.send("POST", path, form, {"Sec-Fetch-Site": "same-origin"})

    async def send(
        self, method: str, path: str, data: list[tuple[str, str]] | FormData | None, headers: dict[str, str]
    ) -> Seen:
        """Send a request with no headers but these and the cookies."""
        async with self.http.request(method, self.server.make_url(path), data=data, headers=headers) as response:
            html = await response.text()
            found = _CSRF.search(html)
            if found:
                self.csrf = found[1]
            return Seen(response.status, response.url.path, html, dict(response.headers))

    async def sign_in(self, username: str, password: str = PASSWORD) -> Seen:
        """Fill in the form of the sign-in page."""
        page = await self.get("/admin/login")
        token = _TOKEN.search(page.html)
        assert token is not None
        fields: dict[str, object] = {"token": token[1], "next": "", "username": username, "password": password}
        return await self.post("/admin/login", fields)
