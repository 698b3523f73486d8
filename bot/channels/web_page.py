"""The chat page and the files beside it."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from locales import texts

_FOLDER = Path(__file__).parent
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    "Cache-Control": "no-store",
}
"""Of the page and of every JSON answer: nothing from elsewhere runs, nothing personal stays in a cache."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file beside the page; ``version`` changes with its content, so it may be cached for long."""

    body: bytes
    content_type: str
    version: str


@cache
def static_file(name: str) -> StaticFile:
    """The stylesheet ``chat.css``, the scripts ``chat.js`` and ``media.js`` or the picture ``icon.svg``."""
    body = (_FOLDER / "static" / name).read_bytes()
    return StaticFile(body, _TYPES[name.rpartition(".")[2]], sha256(body).hexdigest()[:12])


@cache
def page(language: str, hotline: str) -> str:
    """The page in ``language``; ``hotline`` is the number to call, nothing when there is none."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = texts(language)
    return environment.get_template("chat.html").render(
        text=words,
        language=words.locale.language + "-" + words.locale.territory if words.locale.territory else language,
        hotline=hotline,
        css=static_file("chat.css").version,
        js=static_file("chat.js").version,
        media=static_file("media.js").version,
        icon=static_file("icon.svg").version,
    )
