"""Templates filled with facts and texts; everything is escaped unless a template's own markup says otherwise."""

import hashlib
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from admin import allocation_words, words
from admin.navigation import finds, navigation
from intake import procedure, reviews
from locales import Texts, figures, languages

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@cache
def version(name: str) -> str:
    """A short fingerprint of a static file, so that a new release is fetched anew."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@cache
def environment(t: Texts) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["listed"] = partial(figures.listed, t)
    made.globals.update(
        t=t,
        version=version,
        languages=languages(),
        kept="",
        money=partial(words.money, t),
        yuan=words.yuan,
        day=partial(words.day, t),
        moment=partial(words.moment, t),
        label=partial(words.label, t),
        labels=partial(words.labels, t),
        options=partial(words.options, t),
        proposed_why=partial(allocation_words.why, t),
        State=procedure.State,
        meeting_forms=reviews.FORMS,
        navigation=navigation,
        finds=finds,
    )
    return made


def render(t: Texts, template: str, **values: object) -> str:
    """A page's HTML."""
    return environment(t).get_template(template).render(**values)
