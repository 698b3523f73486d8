"""A workbook read whole: every row that is not empty is there at the end, understood or with the reason why not. Pure,
and slow (a minute of one core for 60,000 rows at the worst): call it in a thread."""

import time
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.faces.lists.cells import Line, sheets
from bot.faces.lists.columns import Column, plain
from bot.faces.lists.headings import FIRST_ROWS, Headings, find
from bot.faces.lists.rows import Asked, Rows
from bot.faces.lists.typed import cell_name, typed
from intake.imports.doubles import mark_doubles
from intake.imports.read import BookError, ReadBook, ReadRow, Reason
from locales import Texts

MOST_ROWS = 60_000
"""Rows of a file; a county of 47,000 households comes in one."""
_BREATH_EVERY, _BREATH = 50, 0.0005
"""Rows, seconds: others of this process get their turn meanwhile."""


def read_book(body: bytes, asked: Asked) -> ReadBook:
    """Read a file.

    Raises:
        BookError: nothing in it can be used: with what is wrong.
    """
    t = asked.given.texts
    ignored = frozenset(map(plain, (t("import.where"), t("import.why"), *t.words("import.ignored.also"))))
    sums = frozenset(map(plain, t.words("import.sum.words")))
    rows: list[ReadRow] = []
    unused: list[str] = []
    unread: list[str] = []
    reader, found = Rows(asked), False
    for sheet, lines in sheets(body):
        first = list(islice(lines, FIRST_ROWS + 1))
        headings = find(sheet, first, asked.columns, ignored)
        if headings is None:
            unread += [sheet] if first else []
            continue
        _needs(t, sheet, headings, asked)
        found = True
        unused += [text for text in headings.unused if text not in unused]
        for line in _all(first, lines, headings):
            row = _row(sheet, line, headings, sums)
            if len(rows) >= MOST_ROWS:
                raise BookError("rows", most=MOST_ROWS)
            if not row.skipped:
                reader.read(row)
            rows.append(row)
            if len(rows) % _BREATH_EVERY == 0:
                time.sleep(_BREATH)
    if not rows:
        raise BookError("no_rows" if found else "no_headings", needed=_labels(t, asked.columns))
    mark_doubles(rows)
    return ReadBook(rows, tuple(unused), tuple(unread))


def _all(first: list[Line], rest: Iterator[Line], headings: Headings) -> Iterator[Line]:
    yield from (line for line in first if line.number > headings.number)
    yield from rest


def _labels(t: Texts, found: Sequence[Column]) -> str:
    return t("figure.comma").join(column.label for column in found if column.needed)


def _needs(t: Texts, sheet: str, headings: Headings, asked: Asked) -> None:
    """Every column that each row needs is there."""
    own_village = len(asked.official.division or "") == 12
    missing = [
        column.label
        for column in asked.columns
        if column.needed
        and column.key not in headings.places
        and not (own_village and column.question is not None and column.question.answer.kind == "place")
        and (column.question is None or column.question.when({"@official": True}))
    ]
    if missing:
        raise BookError("columns", sheet=sheet, columns=t("figure.comma").join(missing))


def _row(sheet: str, line: Line, headings: Headings, sums: frozenset[str]) -> ReadRow:
    row = ReadRow(sheet, line.number)
    filled = 0
    for key, place in headings.places.items():
        value = line.cells[place] if place < len(line.cells) else None
        text = typed(key, cell_name(place, line.number), value)
        filled += text != ""
        if isinstance(text, Reason):
            row.reasons.append(text)
        elif text:
            row.raw[key] = text
    texts = {plain(cell) for cell in line.cells if isinstance(cell, str)}
    if (texts & sums and not row.raw.get("id_number")) or filled < 2:
        row.skipped, row.reasons = True, []
        row.raw = {"head": next((str(cell) for cell in line.cells if isinstance(cell, str)), "")[:60]}
    return row
