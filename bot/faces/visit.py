"""One request of someone at the forms: who they are, how their pages look, whether a form is really theirs."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.channels.base import BadRequestError, TurnsBusyError
from bot.channels.web import COOKIE
from bot.channels.web_read import address_of, check_site, is_token, new_token
from bot.faces.context import FaceContext
from bot.faces.offered import is_for, is_form
from bot.faces.pages import Look, chosen_language, page, wants_big
from bot.faces.parts import Posted
from bot.faces.visitor import Paper, Visitor, lay, meet
from bot.flow import Flow
from bot.flows import FLOWS
from locales import texts
from store.cipher import keyring

FACE = "forms"
"""The name under which outcomes are counted."""
_YEAR = 365 * 86_400


class StaleFormError(Exception):
    """The form was made for another visitor, or the browser keeps no cookies."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request with what was learned about who makes it."""

    request: web.Request
    context: FaceContext
    token: str
    visitor: Visitor
    look: Look
    now: datetime

    @property
    def form_token(self) -> str:
        """What shows that a form was ours, made for this visitor."""
        return keyring().sign("form", self.visitor.address.encode()).hex()[:32]

    def flow(self) -> Flow:
        """The flow of the address.

        Raises:
            web.HTTPNotFound: there is no such form, or not for them.
        """
        flow = FLOWS.get(self.request.match_info["flow"])
        if flow is None or not is_form(flow) or not is_for(flow, self.visitor.official):
            raise web.HTTPNotFound
        return flow

    async def paper(self) -> Paper:
        """The flow of the address with this visitor's draft."""
        return await lay(self.context.database, self.context.world(), self.visitor, self.flow(), self.now)

    def check(self, posted: Posted) -> None:
        """Refuse a form that another page sent.

        Raises:
            BadRequestError: 403 ``cross_site``.
            StaleFormError: the token is not this visitor's.
        """
        check_site(self.request.headers, self.request.host, self.context.public_url)
        if not hmac.compare_digest(posted.one(".token").encode(), self.form_token.encode()):
            raise StaleFormError

    def page(self, name: str, values: Mapping[str, Any], *, status: int = 200, wrong: bool = False) -> web.Response:
        """A page; a browser that we do not know is given its secret with it."""
        common = {"token": self.form_token}
        return self.known(page(self.request, name, self.look, {**common, **values}, status=status, wrong=wrong))

    def on(self, location: str) -> web.Response:
        """Go on to another page."""
        return self.known(web.Response(status=303, headers={"Location": location, "Cache-Control": "no-store"}))

    def known(self, response: web.Response) -> web.Response:
        """The response, with the visitor's secret where the browser has none."""
        if self.request.cookies.get(COOKIE) != self.token:
            secure = self.context.secure
            response.set_cookie(COOKIE, self.token, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
        return response


async def begin(request: web.Request, context: FaceContext) -> Visit:
    """Who makes a request: the contact of the web chat in the same browser, so that either goes on with the other."""
    given = request.cookies.get(COOKIE, "")
    token = given if is_token(given) else new_token()
    now = context.clock.now()
    visitor = await meet(context.database, address_of(token), now)
    chosen = chosen_language(request)
    visitor = replace(visitor, language=chosen or visitor.language)
    world = context.world()
    look = Look(texts(visitor.language), chosen, wants_big(request, visitor.big_text), world.person, world.hotline)
    return Visit(request, context, token, visitor, look, now)


Page = Callable[[Visit], Awaitable[web.Response]]
Handler = Callable[[web.Request], Awaitable[web.Response]]


def visited(context: FaceContext, show: Page) -> Handler:
    """A handler of requests from what answers visits; what cannot be taken is told on a page."""

    async def handle(request: web.Request) -> web.Response:
        visit = await begin(request, context)
        try:
            response = await show(visit)
        except BadRequestError as error:
            context.count(FACE, error.reason)
            text = visit.look.text
            key = f"form.refused.{error.reason}"
            told = text(key if text.has(key) else "form.refused.malformed")
            return visit.page("form_refused.html", {"message": told}, status=error.status, wrong=True)
        except web.HTTPNotFound:
            told = visit.look.text("form.unknown")
            return visit.page("form_refused.html", {"message": told}, status=404, wrong=True)
        except TurnsBusyError:
            context.count(FACE, "busy")
            told = visit.look.text("form.refused.busy")
            return visit.page("form_refused.html", {"message": told}, status=503, wrong=True)
        context.count(FACE, "answered")
        return response

    return handle
