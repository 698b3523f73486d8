"""How a bank takes a payment list, and how it answers: templates that a county writes into its scheme."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

CARD, YUAN, FEN = "card", "amount_yuan", "amount_fen"
FIELDS = (
    "number",
    "head",
    CARD,
    YUAN,
    FEN,
    "id_number",
    "phone",
    "village",
    "case_number",
    "remark",
    "family",
    "persons",
)
"""What a column of a bank's file may hold."""
XLSX, CSV = "xlsx", "csv"
FORMATS = (XLSX, CSV)
ENCODINGS = ("utf-8-sig", "gb18030", "gbk")
"""Of a CSV file; ``gbk`` is what old bank programs read, and lacks rare characters of names."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what stands in it (one of :data:`FIELDS`)."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The bank's answer: the headings of four of its columns (``reason`` may be missing in it), whether its amounts are
    fen, and the words of the result that mean paid and failed."""

    card: str = ""
    amount: str = ""
    result: str = ""
    reason: str = ""
    fen: bool = False
    paid: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank. ``prefixes`` are the beginnings of its cards; without any it takes all the rest. ``remark`` is the text
    of the column of that name."""

    code: str
    name: str
    prefixes: tuple[str, ...] = ()
    format: str = XLSX
    encoding: str = ENCODINGS[0]
    headings: bool = True
    columns: tuple[Column, ...] = ()
    remark: str = ""
    returned: Returned = field(default_factory=Returned)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Bank":
        """Read what a scheme's file or a list's snapshot says.

        Raises:
            TypeError, ValueError: a field is unknown or malformed.
        """
        if not isinstance(body, dict):
            raise TypeError(f"{body!r} is no object")
        more: dict[str, Any] = dict(body)
        for name in ("prefixes", "columns"):
            if not isinstance(more.get(name, []), list):
                raise TypeError(f"{name} is no list")
        answer = dict(more.pop("returned", {}))
        for name in ("paid", "failed"):
            if not isinstance(answer.get(name, []), list):
                raise TypeError(f"returned.{name} is no list")
            answer[name] = tuple(answer.get(name, ()))
        more["prefixes"] = tuple(more.get("prefixes", ()))
        more["columns"] = tuple(Column(**one) for one in more.get("columns", ()))
        return cls(**more, returned=Returned(**answer))


@cache
def usual() -> Bank:
    """The template where a county has written none: a plain workbook, for every card."""
    return Bank.from_json(orjson.loads(files("intake").joinpath("data/usual_bank.json").read_bytes()))
