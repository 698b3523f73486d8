"""Pages in the visitor's language, with large letters where they want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.channels.web_page import HEADERS
from bot.faces.assets import static
from locales import Texts, languages

LANGUAGE, BIG = "nuandong_language", "nuandong_big"
"""Cookies of what was chosen on a page."""
_YEAR = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Look:
    """How pages look to someone: the ``text`` of their language, which was ``chosen`` on a page or is nothing, whether
    letters are ``big``; the telephones at the foot."""

    text: Texts
    chosen: str
    big: bool
    person: str
    hotline: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. ``wrong``: it tells of a mistake."""

    tag: str
    big: bool
    bigger: str
    languages: tuple[tuple[str, str, str], ...]
    person: str
    hotline: str
    wrong: bool


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static
    return environment


def chosen_language(request: web.Request) -> str:
    """The language that was chosen on this page or on one before; nothing when none was."""
    code = request.query.get("lang") or request.cookies.get(LANGUAGE, "")
    return code if code in languages() else ""


def wants_big(request: web.Request, otherwise: bool) -> bool:
    """Whether letters are large: as chosen on a page, or as the person set it in the talk."""
    chosen = request.query.get("big") or request.cookies.get(BIG, "")
    return chosen == "1" if chosen in ("0", "1") else otherwise


def page(
    request: web.Request, name: str, look: Look, values: Mapping[str, Any], *, status: int = 200, wrong: bool = False
) -> web.Response:
    """A page, and the cookies that remember what was chosen on it."""
    tag = "-".join(filter(None, (look.text.locale.language, look.text.locale.script, look.text.locale.territory)))
    frame = Frame(
        tag,
        look.big,
        _address(request, big="0" if look.big else "1"),
        tuple(
            (code.replace("_", "-"), look.text(f"language.{code}"), _address(request, lang=code))
            for code in languages()
            if code != look.text.language
        ),
        look.person,
        look.hotline,
        wrong,
    )
    body = _environment().get_template(name).render(page=frame, text=look.text, **values)
    response = web.Response(text=body, content_type="text/html", headers=HEADERS, status=status)
    secure = request.scheme == "https"
    if "lang" in request.query and look.chosen:
        response.set_cookie(LANGUAGE, look.chosen, max_age=_YEAR, samesite="Lax", secure=secure, path="/forms")
    if request.query.get("big") in ("0", "1"):
        response.set_cookie(BIG, request.query["big"], max_age=_YEAR, samesite="Lax", secure=secure, path="/forms")
    return response


def _address(request: web.Request, **changes: str) -> str:
    """This page's address with something changed; of what it asks for, only the place in the form stays."""
    kept = {name: request.query[name] for name in ("at", "in", "back", "id") if name in request.query}
    return str(request.rel_url.with_query({**kept, **changes}))
