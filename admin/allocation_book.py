"""A plan as a workbook for the village meetings."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from admin.allocation_tables import Row, VillageSum
from admin.words import label, labels
from intake.text_cells import FORMULA
from locales import Texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HOUSEHOLD = (
    "township",
    "village",
    "head",
    "number",
    "size",
    "persons",
    "categories",
    "points",
    "tier",
    "amount",
    "goods",
    "why",
)
_VILLAGE = ("township", "village", "households", "persons", "amount")
_WIDTHS = {"number": 22, "categories": 28, "why": 60, "goods": 18, "township": 12, "village": 14}

Cell = str | int | Decimal


def workbook(t: Texts, rows: Sequence[Row], villages: Sequence[VillageSum]) -> bytes:
    """Two sheets, households and villages; text stays text, never a formula. Takes seconds for many: call it in a
    thread."""
    book = Workbook(write_only=True)
    _sheet(t, book, "households", _HOUSEHOLD, [_household(t, row) for row in rows])
    _sheet(t, book, "villages", _VILLAGE, [_village(one) for one in villages])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(t: Texts, book: Workbook, name: str, columns: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(t(f"admin.allocation.sheet.{name}"))
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns):
        sheet.column_dimensions["ABCDEFGHIJKL"[at]].width = _WIDTHS.get(column, 10)
    sheet.append([_cell(sheet, t(f"admin.allocation.column.{column}")) for column in columns])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell:
    """Text that begins like a formula stays text, and is marked so that it stays so when somebody edits it."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    return cell


def _household(t: Texts, row: Row) -> tuple[Cell, ...]:
    listed, one = row.listed, row.listed.household
    return (
        listed.township_name,
        listed.village_name,
        listed.head,
        one.number,
        one.size,
        one.persons,
        labels(t, "category", one.categories),
        row.proposal.score.points,
        label(t, "tier", row.proposal.tier),
        Decimal(row.proposal.amount_fen) / 100,
        row.goods,
        f"{row.why} {row.limit}".rstrip(),
    )


def _village(one: VillageSum) -> tuple[Cell, ...]:
    return one.township_name, one.name, one.households, one.persons, Decimal(one.amount_fen) / 100
