"""The chat page and the files beside it."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.assets import Asset, load
from locales import texts

_FOLDER = Path(__file__).parent

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    "Cache-Control": "no-store",
}
"""Of the page and of every JSON answer: nothing from elsewhere runs, nothing personal stays in a cache."""


def static_file(name: str) -> Asset:
    """The stylesheet ``chat.css``, the scripts ``chat.js`` and ``media.js`` or the picture ``icon.svg``."""
    return load(_FOLDER / "static" / name)


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
