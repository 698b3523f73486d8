"""Addresses behind which there is nothing, said in the language of the other pages."""

from aiohttp import web

from admin.call import Call
from admin.gate import HEADERS, PEOPLE, allow, everybody
from admin.rendering import render
from admin.visitors import kept, language_of
from intake.access import OutOfAreaError
from locales import texts


@allow(*PEOPLE)
async def show_nothing(call: Call) -> web.Response:
    """No such page of the console.

    Raises:
        OutOfAreaError: always; the gate answers it like any other thing that is not there.
    """
    raise OutOfAreaError


@everybody
async def show_no_notice(call: Call) -> web.Response:
    """No such place among the public notices.

    Raises:
        OutOfAreaError: always.
    """
    raise OutOfAreaError


async def not_found_page(request: web.Request) -> web.Response:
    """The answer to any other address, for ``service`` to put behind all its routes."""
    html = render(texts(language_of(request)), "not_found.html", kept=kept(request))
    return web.Response(text=html, content_type="text/html", status=404, headers=HEADERS | {"Vary": "Accept-Language"})
