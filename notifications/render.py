"""A message as text in the language of its contact."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from locales import Texts, texts
from locales.dates import long_date, moment
from locales.figures import days, money
from store.clock import CHINA


def render(language: str, template: str, params: Mapping[str, Any]) -> str:
    """The text: of a case that moved which case, what happened, and where to ask or complain; else the template alone.

    Days come as a number under ``days`` with their kind under ``days_kind``. Money comes in fen under names that end
    in ``_fen`` and shows without that ending, as does what is itself a text of the catalogs and ends in ``_key``;
    dates end in ``_on``, points in time in ``_at``, both as ISO text.
    """
    say = texts(language)
    fields = dict(_field(say, name, value) for name, value in params.items())
    head = "message.head.nominated" if "nominee" in params else "message.head"
    if "days" in params:
        fields["days"] = days(say, params["days"], params.get("days_kind", "calendar"))
    whole = (head, template, "message.tail") if "number" in params else (template,)
    return "\n".join(say(key, **fields) for key in whole)


def _field(say: Texts, name: str, value: Any) -> tuple[str, object]:
    if name.endswith("_fen"):
        return name.removesuffix("_fen"), money(say, value)
    if name.endswith("_on"):
        return name, long_date(say, date.fromisoformat(value))
    if name.endswith("_at"):
        return name, moment(say, datetime.fromisoformat(value).astimezone(CHINA))
    if name.endswith("_key"):
        return name.removesuffix("_key"), say(value)
    if name == "tier":
        key = f"message.tier.{value}"
        return name, say(key) if say.has(key) else value
    return name, value
