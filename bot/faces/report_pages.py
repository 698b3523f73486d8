"""What the public pages about reports share: their host, reading a form, answering with a page."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from aiohttp import web

from bot.answers.base import Given
from bot.channels.base import BadRequestError
from bot.faces.flood import PerMinute
from bot.faces.parcel import MOST_PHOTOS, Parcel, read_parcel
from bot.faces.report_rendering import HEADERS, render
from bot.world import World
from intake.media import MAX_BYTES
from intake.unit import Units
from locales import HOME, languages, texts
from store.clock import china_date
from store.faults import where

log = logging.getLogger(__name__)

LIMITS = {"megabytes": MAX_BYTES // 1024 // 1024, "count": MOST_PHOTOS}
"""Fields of the texts about photos."""

AT_ONCE = 4
"""Sendings read at once in one process: each may hold fifty megabytes."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the pages are handed. ``public_url`` is where people reach us; ``style`` is the address of the stylesheet
    that the public notices have, with its version."""

    units: Units
    world: Callable[[], World]
    public_url: str
    style: str = "/notices/style.css"
    sendings: PerMinute = field(default_factory=lambda: PerMinute(30))
    lookups: PerMinute = field(default_factory=lambda: PerMinute(120))
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. There is nothing here about who makes it: no cookie, no address, no account."""

    context: ReportContext
    given: Given
    query: str
    """``?lang=…`` where a language was chosen."""
    parcel: Parcel

    @property
    def typed(self) -> Mapping[str, str]:
        """The fields as they were typed."""
        return self.parcel.typed

    def page(self, template: str, status: int = 200, **values: object) -> web.Response:
        """A page of HTML."""
        html = render(
            self.given.texts,
            template,
            style=self.context.style,
            query=self.query,
            hotline=self.given.hotline,
            typed=self.typed,
            limits=LIMITS,
            **values,
        )
        return web.Response(text=html, content_type="text/html", status=status, headers=HEADERS)


Handler = Callable[[Visit], Awaitable[web.Response]]


def page(context: ReportContext, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler as aiohttp takes it: forms from our own pages only, and not too much at once."""

    async def answer(request: web.Request, visit: Visit) -> web.Response:
        if request.method != "POST":
            return await handler(visit)
        if not from_our_page(request, context.public_url):
            return visit.page("report_refused.html", 403, why="report.page.strange")
        if context.reading.locked():
            return visit.page("report_refused.html", 503, why="report.page.busy")
        try:
            async with context.reading:
                parcel = await read_parcel(request)
        except BadRequestError:
            return visit.page("report_refused.html", 413, why="report.page.large")
        return await handler(replace(visit, parcel=parcel))

    async def handle(request: web.Request) -> web.Response:
        language = request.query.get("lang", "")
        known = language in languages()
        given = context.world().given(texts(language if known else HOME), china_date(context.units.clock.now()))
        visit = Visit(context, given, f"?lang={language}" if known else "", Parcel({}))
        try:
            return await answer(request, visit)
        except Exception as error:  # left to the server, it would log the address it came from
            log.error("a page about reports failed: %s", where(error))
            return visit.page("report_refused.html", 500, why="report.page.fault")

    return handle


def from_our_page(request: web.Request, public_url: str) -> bool:
    """Whether a form was sent from one of our pages. Because of our referrer policy browsers give no origin («null»);
    newer ones say whether it was the same site, and that decides."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin in (None, "null") or urlsplit(origin).netloc in (request.host, urlsplit(public_url).netloc)
