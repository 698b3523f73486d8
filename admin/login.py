"""Signing in and out."""

import hmac
import re
import secrets

from aiohttp import web

from admin import sessions
from admin.call import Call
from admin.gate import PEOPLE, allow, everybody
from intake.staff import sign_in

_FORM_COOKIE = "nuandong_login"
_OWN_PATH = re.compile(r"/admin/[\w/-]*")


def own_path(path: str) -> str:
    """A path of the console to go back to; anything else becomes its start."""
    return path if _OWN_PATH.fullmatch(path) else "/admin/"


def _form_token(call: Call, cookie: str) -> str:
    return call.context.keyring.sign("login form", cookie.encode()).hex()


def _show(call: Call, status: int, problem: str = "") -> web.Response:
    cookie = call.request.cookies.get(_FORM_COOKIE) or secrets.token_urlsafe(24)
    back = own_path(call.form.value("next") or call.request.query.get("next", ""))
    response = call.page("login.html", status, problem=problem, token=_form_token(call, cookie), back=back)
    response.headers["Cache-Control"] = "no-store"
    _set_cookie(call, response, _FORM_COOKIE, cookie, "/admin/login")
    return response


def _set_cookie(call: Call, response: web.Response, name: str, value: str, path: str) -> None:
    response.set_cookie(name, value, path=path, httponly=True, samesite="Lax", secure=call.context.is_https)


@everybody
async def show_login(call: Call) -> web.Response:
    """The form for name and password."""
    return _show(call, 200)


@everybody
async def do_login(call: Call) -> web.Response:
    """Sign in, or say why not; after five failures the name waits a minute."""
    form, cookie = call.form, call.request.cookies.get(_FORM_COOKIE, "")
    if not hmac.compare_digest(form.value("token").encode(), _form_token(call, cookie).encode()):
        return _show(call, 403, call.t("admin.login.stale"))
    username, password = form.text("username"), form.value("password")
    if not username or not password:
        return _show(call, 422, call.t("admin.login.empty"))
    seconds = call.context.attempts.wait(username, call.now)
    if seconds:
        return _show(call, 429, call.t("admin.login.wait", seconds=seconds))
    async with call.reading() as db:
        official = await sign_in(db, username, password)
    if official is None:
        return _show(call, 401, call.t("admin.login.wrong"))
    call.context.attempts.succeeded(username)
    async with call.context.units.database.write() as db:
        token = await sessions.begin(db, official.id, call.now)
    response = call.on(own_path(form.value("next")))
    _set_cookie(call, response, sessions.COOKIE, token, "/admin")
    return response


@allow(*PEOPLE)
async def do_logout(call: Call) -> web.Response:
    """Sign out on this device."""
    async with call.context.units.database.write() as db:
        await sessions.end(db, call.request.cookies[sessions.COOKIE])
    response = call.on("/admin/login")
    response.del_cookie(sessions.COOKIE, path="/admin")
    return response
