"""Numbers, money and lists as a language writes them, by the patterns of its catalog (``figure.money`` …). Pure."""

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_decimal

from locales import Texts


def number(say: Texts, value: int | Decimal) -> str:
    """A number with its thousands apart: 12,345."""
    return format_decimal(value, locale=say.locale)


def money(say: Texts, fen: int) -> str:
    """An amount in yuan, of ``fen``: ¥1,234.50."""
    return format_decimal(Decimal(fen) / 100, say("figure.money"), say.locale)


def listed(say: Texts, parts: Iterable[str]) -> str:
    """Several things in a row: 干旱、风雹."""
    return say("figure.comma").join(parts)


def days(say: Texts, count: int, kind: str = "calendar") -> str:
    """How long something takes, in days of a kind: 5 天, 5 个工作日."""
    return say(f"figure.days.{kind}", n=count)
