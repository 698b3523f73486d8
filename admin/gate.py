"""The gate in front of every page: who may enter, forms from our own pages only, and the headers of every answer."""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from admin import sessions
from admin.call import Call, checked_id
from admin.context import AdminContext
from admin.forms import Form
from admin.visitors import is_public, language_of
from intake.access import OutOfAreaError
from intake.procedure import OFFICIALS, Role
from intake.writable import clean
from locales import HOME, texts

Handler = Callable[[Call], Awaitable[web.StreamResponse]]
PEOPLE = OFFICIALS
"""Every role that a person has."""
CASE_READERS = PEOPLE - {Role.ADMIN}
"""Roles that see the cases of their area."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A handler with its declared permission; ``roles`` None is for everybody, signed in or not. ``largest`` is
    how many bytes a form may have, where that is more than usual."""

    handler: Handler
    roles: frozenset[Role] | None
    largest: int = 0


def allow(*roles: Role, largest: int = 0) -> Callable[[Handler], Page]:
    """Declare that only signed-in officials with one of these roles may enter; ``largest`` as in :class:`Page`."""
    return lambda handler: Page(handler, frozenset(roles), largest)


def everybody(handler: Handler) -> Page:
    """Declare a page public."""
    return Page(handler, None)


def gated(context: AdminContext, page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The page behind the gate, as aiohttp takes it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        with ExitStack() as files:
            response = await _enter(context, page, request, files)
        if response.prepared:
            return response  # it was sent piece by piece, with headers of its own
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_public(request):
            response.headers["Vary"] = "Accept-Language"
        response.headers.setdefault(
            "Cache-Control", "no-store" if page.roles or request.method == "POST" else "no-cache"
        )
        return response

    return handle


async def _enter(context: AdminContext, page: Page, request: web.Request, files: ExitStack) -> web.StreamResponse:
    t, now = texts(language_of(request) if is_public(request) else HOME), context.clock.now()
    signed = await _signed(context, request) if page.roles is not None else None
    if page.largest and signed is not None:
        request = request.clone(client_max_size=page.largest)
    asked = [(clean(name), clean(value)) for name, value in request.query.items()]
    if asked != list(request.query.items()):
        request = request.clone(rel_url=request.rel_url.with_query(asked))
    call = Call(request, context, t, now, signed, Form(t))
    if page.roles is not None and signed is None:
        back = quote(request.rel_url.path) if request.method == "GET" else "/admin/"
        return call.on(f"/admin/login?next={back}")
    if page.roles is not None and signed is not None and signed.official.role not in page.roles:
        return call.page("error.html", 403, what="admin.error.role")
    if request.method == "POST":
        try:
            posted = await request.post()
        except web.HTTPRequestEntityTooLarge:
            return call.page("error.html", 413, what="admin.error.large")
        except (
            ValueError,
            LookupError,
            HttpProcessingError,
        ):  # no form, or bytes that are no text in the encoding that they name
            return call.page("error.html", 400, what="admin.error.unreadable")
        for value in posted.values():
            if isinstance(value, web.FileField):
                files.callback(value.file.close)
        typed = {clean(name): clean(value) for name, value in posted.items() if isinstance(value, str)}
        if not from_our_page(request, context.public_url) or not _token_fits(signed, typed):
            return call.page("error.html", 403, what="admin.error.form")
    try:
        if request.method == "POST":
            ids = [checked_id(value) for value in posted.getall("case", ()) if isinstance(value, str)]
            call = Call(request, context, t, now, signed, Form(t, typed), ids)
        return await page.handler(call)
    except OutOfAreaError:
        template = "public_error.html" if page.roles is None else "error.html"
        return call.page(template, 404, what="admin.error.missing")


async def _signed(context: AdminContext, request: web.Request) -> sessions.Signed | None:
    token = request.cookies.get(sessions.COOKIE)
    if not token:
        return None
    async with context.units.database.read() as db:
        return await sessions.find(db, token, context.clock.now())


def from_our_page(request: web.Request, public_url: str) -> bool:
    """Whether a form was sent from one of our own pages, by what the browser says of it.

    Browsers that say neither (very old ones) still need the form's token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.host, urlsplit(public_url).netloc)


def _token_fits(signed: sessions.Signed | None, typed: dict[str, str]) -> bool:
    if signed is None:
        return True
    return hmac.compare_digest(typed.get("csrf", "").encode(), signed.csrf.encode())
