"""A paper as PDF for print: A4, the font inside."""

from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

from intake.papers.model import Band, Cell, Chart, Column, Fields, Kind, Opinion, Paper, Part, Passage, Row, Table
from intake.papers.money import yuan
from intake.papers.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "paper.typ"
_PICTURE = Path(__file__).parent / "picture.typ"


def pdf(paper: Paper) -> bytes:
    """Draw the paper; up to some seconds of one core for a thousand rows: call it in a thread.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    body = {
        "mark": paper.mark,
        "title": paper.title,
        "landscape": paper.landscape,
        "page": [words for words, _, _, _ in Formatter().parse(paper.page + "{}")] if paper.page else [],
        "before": paper.before,
        "after": paper.after,
        "parts": [_part(one) for one in paper.parts],
    }
    return typeset(_TEMPLATE, body)


def picture(chart: Chart) -> bytes:
    """A chart's bars as PNG.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    return typeset(_PICTURE, {**_chart(chart), "title": ""}, "png")


def shown(cell: Cell, kind: Kind) -> str:
    """What is printed in a cell."""
    if cell is None:
        return ""
    return yuan(cell) if kind is Kind.YUAN and isinstance(cell, int) else str(cell)


def headings(columns: tuple[Column, ...]) -> list[tuple[str, int]]:
    """The headings, each with the number of columns that it stands over."""
    starts = [at for at, column in enumerate(columns) if not column.joined] + [len(columns)]
    return [(columns[start].label, end - start) for start, end in pairwise(starts)]


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Table():
            return {
                "kind": "table",
                "widths": [column.width for column in part.columns],
                "kinds": [column.kind.value for column in part.columns],
                "heads": headings(part.columns),
                "codes": part.codes,
                "rows": [_row(row, part.columns) for row in part.rows],
            }
        case Opinion():
            return {
                "kind": "opinion",
                "label": part.label,
                "text": part.text,
                "signed": part.signed,
                "tall": part.tall,
            }
        case Fields():
            return {"kind": "fields", "pairs": part.pairs}
        case Passage():
            return {"kind": "passage", "heading": part.heading, "text": part.text}
        case Chart():
            return {"kind": "chart", **_chart(part)}


def _chart(chart: Chart) -> dict[str, Any]:
    bars = [{"label": bar.label, "value": bar.value, "shown": bar.shown} for bar in chart.bars]
    return {"title": chart.title, "bars": bars}


def _row(row: Row | Band, columns: tuple[Column, ...]) -> tuple[str, Any]:
    if isinstance(row, Band):
        return ("band", row.text)
    cells = [shown(cell, column.kind) for cell, column in zip(row.cells, columns, strict=True)]
    return ("struck" if row.struck else "row", cells)
