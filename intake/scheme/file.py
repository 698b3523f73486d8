"""A scheme's content as plain JSON data, and back. What a file may hold is strict: an unknown field is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from intake.scheme.banks import Bank
from intake.scheme.parts import BudgetLine, Dates, Quorum, Raises
from intake.workdays import DayTable


def written(part: Any) -> dict[str, Any]:
    """The fields of a content or of one of its parts as JSON data; days as ISO text."""
    return {each.name: _plain(getattr(part, each.name)) for each in fields(part)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def read_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a content, read from JSON data.

    Raises:
        KeyError, TypeError, ValueError: a field is malformed, or a day is none.
    """
    return {name: _READ[name](value) if name in _READ else value for name, value in body.items()}


def _day(text: Any) -> date:
    return date.fromisoformat(text)


def _days(texts: Any) -> tuple[date, ...]:
    return tuple(map(_day, _list(texts)))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _lists(value: Any) -> dict[str, tuple[Any, ...]]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no object")
    return {key: tuple(_list(one)) for key, one in value.items()}


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(_list(value))


def _dates(value: Any) -> Dates:
    return Dates(**{name: None if text is None else _day(text) for name, text in value.items()})


def _table(value: Any) -> DayTable:
    read: dict[str, Callable[[Any], tuple[Any, ...]]] = {"holidays": _days, "workdays": _days, "years": _tuple}
    return DayTable(**{name: read.get(name, _tuple)(one) for name, one in value.items()})


def _budget(value: Any) -> tuple[BudgetLine, ...]:
    lines: Iterable[Mapping[str, Any]] = _list(value)
    return tuple(BudgetLine(**line) for line in lines)


def _banks(value: Any) -> tuple[Bank, ...]:
    return tuple(Bank.from_json(one) for one in _list(value))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "opens_on": _day,
    "closes_on": _day,
    "pay_before": _day,
    "affected": _lists,
    "groups": _lists,
    "payment_forms": _tuple,
    "raises": lambda value: Raises(**value),
    "quorum": lambda value: Quorum(**value),
    "simplified": _tuple,
    "dates": _dates,
    "days": _table,
    "budget": _budget,
    "statistics_columns": _tuple,
    "banks": _banks,
}
