"""The cells of a workbook, sheet by sheet and row by row. Only values are read: no formula is worked out, no macro run,
no link followed."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bot.faces.lists.zipped import check
from intake.imports.read import BookError

MOST_SHEETS = 200
WIDEST = 80
"""Columns that are looked at."""
_LAST_ROW = 1_048_576


class Odd(Enum):
    """A cell that holds no value of its own."""

    FORMULA = "formula"
    FAULT = "fault"
    """#N/A and the like."""


Value = str | int | float | bool | date | datetime | Odd | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet that is not empty, by its number."""

    number: int
    cells: tuple[Value, ...]


def sheets(body: bytes) -> Iterator[tuple[str, Iterator[Line]]]:
    """The visible sheets by name, each with its rows. A sheet has to be read before the next; call it in a thread.

    Raises:
        BookError: no workbook that can be read.
    """
    check(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl passes over: styles, validations, dates out of range
        try:
            book = load_workbook(BytesIO(body), read_only=True, data_only=False, keep_links=False)
            found = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        except Exception as error:
            raise BookError("broken") from error
        if len(found) > MOST_SHEETS:
            raise BookError("sheets", most=MOST_SHEETS)
        try:
            for sheet in found:
                yield sheet.title, _lines(sheet)
        finally:
            book.close()


def _lines(sheet: Any) -> Iterator[Line]:
    try:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=WIDEST)
        for number, row in enumerate(rows, 1):
            if row and any(cell.value is not None for cell in row):
                yield Line(number, tuple(_value(cell) for cell in row))
    except BookError:
        raise
    except Exception as error:
        raise BookError("broken") from error


def _value(cell: Any) -> Value:
    if cell.value is None:
        return None
    if cell.data_type == "f":
        return Odd.FORMULA
    if cell.data_type == "e":
        return Odd.FAULT
    value = cell.value
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float | bool | date | datetime):
        return value
    return str(value)
