"""A paper before it is drawn: what stands on it, in order. One file for each paper makes one; one for each format
draws it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Line = tuple[str, ...]
"""One line of a page: one text at the left; two at the left and at the right; three with one in the middle."""

GAP = "　"


class Kind(StrEnum):
    """What a column holds: a text, a number of people, or money in fen that is shown in yuan."""

    TEXT = "text"
    COUNT = "count"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, ``width`` in centimetres. ``joined``: the heading of the column before stands over this one too."""

    label: str
    width: float
    kind: Kind = Kind.TEXT
    joined: bool = False


Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. ``struck``: it was cut, and does not count."""

    cells: tuple[Cell, ...]
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A line over the whole width: where the rows beneath it are from."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; the rows may come one by one and are taken once. ``codes`` is a second line of headings."""

    columns: tuple[Column, ...]
    rows: Iterable[Row | Band]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an office says, with its stamp: ``label`` at the left, ``signed`` at the end to the right. ``tall``: it
    takes what room the page has."""

    label: str
    text: str
    signed: tuple[str, ...]
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Headings and short texts, two pairs to a row."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and sentences, one paragraph a line."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: how long it is, and what stands at its end."""

    label: str
    value: int
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beside each other's labels; the longest takes the width."""

    title: str
    bars: tuple[Bar, ...]


Part = Table | Opinion | Fields | Passage | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole paper. ``mark`` stands above the title (附表2, 草稿), ``before`` between title and parts, ``after``
    beneath them; ``page`` is the pattern of the numbers at the foot, with ``{page}`` and ``{pages}``."""

    title: str
    parts: tuple[Part, ...]
    mark: str = ""
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    page: str = ""
    landscape: bool = False


def empty(columns: tuple[Column, ...], count: int) -> tuple[Row, ...]:
    """So many rows to be filled in by hand, numbered."""
    return tuple(Row((number, *(None for _ in columns[1:]))) for number in range(1, count + 1))
