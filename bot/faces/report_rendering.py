"""The public pages about reports as HTML, and the headers that they all carry."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales import Texts
from locales.dates import long_date
from store.clock import china_date

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Nothing from elsewhere, no script at all, no trace in a cache or in the address that another site is told."""


@cache
def _environment(t: Texts) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=t,
        day=lambda when: long_date(t, when),
        day_of=lambda instant: long_date(t, china_date(instant)),
        language=t.language.replace("_", "-"),
    )
    return made


def render(t: Texts, template: str, **values: object) -> str:
    """A page's HTML; everything is escaped."""
    return _environment(t).get_template(template).render(**values)
