"""Somebody nobody knows, at the public pages about reports: a browser without JavaScript that remembers nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from aiohttp import ClientSession, FormData
from aiohttp.test_utils import TestServer

from tests.intake.reporting import SAID

_KEY = re.compile(r'name="key" value="([^"]*)"')
_RECEIPT = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")

FILLED = {"kind": "charged", "village": "石门村", "level": "village", "persons": "石门村会计", "what": SAID}
"""The fields of a whole report."""


@dataclass(frozen=True)
class Page:
    """A page as it came."""

    status: int
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """What a person reads."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.html))).strip()

    @property
    def key(self) -> str:
        """The hidden key of the form."""
        found = _KEY.search(self.html)
        assert found is not None, self.text
        return unescape(found[1])

    @property
    def receipt(self) -> str:
        """The receipt that stands on the page."""
        found = _RECEIPT.search(self.text)
        assert found is not None, self.text
        return found[0]


class Stranger:
    """One browser."""

    def __init__(self, server: TestServer) -> None:
        self.server = server
        self.http = ClientSession()

    async def get(self, path: str) -> Page:
        """Open a page."""
        return await self._send("GET", path, None, {})

    async def post(
        self, path: str, fields: dict[str, str], photos: Sequence[bytes] = (), headers: dict[str, str] | None = None
    ) -> Page:
        """Send a form as a page of ours does: with files, from the same site, without an origin."""
        form = FormData()
        for name, value in fields.items():
            form.add_field(name, value, content_type=None)
        for number, photo in enumerate(photos):
            form.add_field("photos", BytesIO(photo), filename=f"IMG_{number}.jpg", content_type="image/jpeg")
        if not photos:  # browsers send an empty file where none was chosen
            form.add_field("photos", b"", filename="", content_type="application/octet-stream")
        given = {"Sec-Fetch-Site": "same-origin", "Origin": "null"} if headers is None else headers
        return await self._send("POST", path, form, given)

    async def report(self, photos: Sequence[bytes] = (), **changes: str) -> Page:
        """Open the form, fill it in, send it."""
        key = (await self.get("/reports/new")).key
        return await self.post("/reports/new", {"key": key, **FILLED, **changes}, photos)

    async def _send(self, method: str, path: str, form: FormData | None, headers: dict[str, str]) -> Page:
        async with self.http.request(method, self.server.make_url(path), data=form, headers=headers) as response:
            assert "Set-Cookie" not in response.headers
            return Page(response.status, await response.text(), dict(response.headers))
