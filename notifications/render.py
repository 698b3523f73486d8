"""A message as text in the language of its contact."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from locales import Texts, texts
from store.clock import CHINA


def render(language: str, template: str, params: Mapping[str, Any]) -> str:
    """The text: of a case that moved which case, what happened, and where to ask or complain; else the template alone.

    Money comes in fen under names that end in ``_fen`` and shows without that ending; dates end in ``_on``, points in
    time in ``_at``, both as ISO text.
    """
    say = texts(language)
    fields = dict(_field(say, name, value) for name, value in params.items())
    whole = ("message.head", template, "message.tail") if "number" in params else (template,)
    return "\n".join(say(key, **fields) for key in whole)


def _field(say: Texts, name: str, value: Any) -> tuple[str, object]:
    if name.endswith("_fen"):
        return name.removesuffix("_fen"), format_currency(Decimal(value) / 100, "CNY", locale=say.locale)
    if name.endswith("_on"):
        return name, format_date(date.fromisoformat(value), "long", locale=say.locale)
    if name.endswith("_at"):
        at = datetime.fromisoformat(value).astimezone(CHINA)
        day, hour = format_date(at, "long", locale=say.locale), format_time(at, "short", locale=say.locale)
        return name, f"{day} {hour}"
    if name == "tier":
        key = f"message.tier.{value}"
        return name, say(key) if say.has(key) else value
    return name, value
