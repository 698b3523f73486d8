"""Visitors of the public pages, who may read another language than the officials: which one, and how links keep it."""

from aiohttp import web

from locales.spoken import spoken


def is_public(request: web.Request) -> bool:
    """Whether a page is a public notice; these speak the visitor's language, the console speaks Chinese."""
    return f"{request.path}/".startswith("/notices/")


def language_of(request: web.Request) -> str:
    """The language that a visitor asked for by ``?lang=``, or else by the header Accept-Language, or else Chinese."""
    return spoken(request.query.get("lang", ""), request.headers.get("Accept-Language", ""))


def kept(request: web.Request) -> str:
    """What a link from one public page to another ends with, so that a language that was asked for stays."""
    return f"?lang={language_of(request)}" if "lang" in request.query else ""
