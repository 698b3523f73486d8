"""Where the list begins in a sheet: the row of its headings, by their names. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.faces.lists.cells import Line
from bot.faces.lists.columns import Column, plain
from intake.imports.read import BookError

FIRST_ROWS = 20
"""Rows in which the headings are looked for; titles and remarks may stand above."""
_ENOUGH = 2
"""Headings that make a row of headings; the head's is one of them."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The last row of the headings, the place of each column by its key, and the headings that no column has."""

    number: int
    places: dict[str, int]
    unused: tuple[str, ...]


def find(sheet: str, lines: Sequence[Line], columns: Sequence[Column], ignored: frozenset[str]) -> Headings | None:
    """The headings of a sheet, None where it holds no list. They may stand in two rows, where some are parted.

    Raises:
        BookError: two columns have the same heading.
    """
    best: tuple[int, dict[int, str]] | None = None
    for at, line in enumerate(lines[:FIRST_ROWS]):
        named = _named(line, columns)
        if "head" in named.values() and len(named) >= _ENOUGH and (best is None or len(named) > len(best[1])):
            best = at, named
    if best is None:
        return None
    at, named = best
    texts = _texts(lines[at])
    number = lines[at].number
    if at + 1 < len(lines) and (below := _below(lines[at + 1], named, columns)) is not None:
        named, texts, number = named | below, texts | _texts(lines[at + 1]), lines[at + 1].number
    places: dict[str, int] = {}
    for place, key in sorted(named.items()):
        if key in places:
            raise BookError("heading_twice", sheet=sheet, heading=texts[place])
        places[key] = place
    unused = [text for place, text in sorted(texts.items()) if place not in named and plain(text) not in ignored]
    return Headings(number, places, tuple(unused))


def _texts(line: Line) -> dict[int, str]:
    return {place: cell.strip() for place, cell in enumerate(line.cells) if isinstance(cell, str) and plain(cell)}


def _named(line: Line, columns: Sequence[Column]) -> dict[int, str]:
    known = {name: column.key for column in columns for name in column.names}
    return {place: known[plain(text)] for place, text in _texts(line).items() if plain(text) in known}


def _below(line: Line, above: dict[int, str], columns: Sequence[Column]) -> dict[int, str] | None:
    """The headings of a second row, None where it is a row of the list."""
    named = _named(line, columns)
    filled = {place for place, cell in enumerate(line.cells) if cell is not None}
    apart = named and not filled & set(above)
    return named if apart else None
