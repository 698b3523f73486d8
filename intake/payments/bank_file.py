"""A payment list as a bank takes it: a workbook or a CSV file by the bank's template. Pure.

What stands in a cell is always text: a name that begins with ``=`` is no formula, a card of 19 digits stays whole.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from intake.scheme.banks import CARD, CSV, FEN, YUAN, Bank
from intake.text_cells import WORKBOOK, guarded


class UnencodableError(ValueError):
    """The bank's encoding lacks characters: ``found`` are the first of them with the numbers of their rows."""

    def __init__(self, found: Sequence[tuple[int, str]], encoding: str) -> None:
        super().__init__(f"{len(found)} characters are not in {encoding}")
        self.found = tuple(found)
        self.encoding = encoding


@dataclass(frozen=True, slots=True)
class BankRow:
    """One household as banks may ask for it. Money in fen."""

    number: int
    head: str
    card: str
    amount_fen: int
    id_number: str
    phone: str
    village: str
    case_number: str
    family: str
    persons: int


def yuan_text(fen: int) -> str:
    """``600.00`` for 60000 fen.

    Raises:
        ValueError: a negative amount.
    """
    if fen < 0:
        raise ValueError("an amount is not negative")
    return f"{fen // 100}.{fen % 100:02d}"


_CELLS: Mapping[str, Callable[[BankRow], str]] = {
    "number": lambda row: str(row.number),
    "head": lambda row: row.head,
    CARD: lambda row: row.card,
    YUAN: lambda row: yuan_text(row.amount_fen),
    FEN: lambda row: str(row.amount_fen),
    "id_number": lambda row: row.id_number,
    "phone": lambda row: row.phone,
    "village": lambda row: row.village,
    "case_number": lambda row: row.case_number,
    "family": lambda row: row.family,
    "persons": lambda row: str(row.persons),
}


def table(bank: Bank, rows: Sequence[BankRow]) -> list[list[str]]:
    """The cells of the file, the headings first where the bank wants them."""
    made = [[column.heading for column in bank.columns]] if bank.headings else []
    for row in rows:
        made.append([_plain(bank.remark if one.field == "remark" else _CELLS[one.field](row)) for one in bank.columns])
    return made


def bank_file(bank: Bank, rows: Sequence[BankRow]) -> bytes:
    """The whole file.

    Raises:
        UnencodableError: before anything is written.
    """
    cells = table(bank, rows)
    return _csv(bank, cells) if bank.format == CSV else _xlsx(cells)


def _plain(text: str) -> str:
    """Without signs that tear a row apart."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _csv(bank: Bank, cells: Sequence[Sequence[str]]) -> bytes:
    first = 0 if bank.headings else 1
    lacking = [
        (number, sign)
        for number, row in enumerate(cells, first)
        for cell in row
        for sign in dict.fromkeys(cell)
        if not _fits(sign, bank.encoding)
    ]
    if lacking:
        raise UnencodableError(lacking, bank.encoding)
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([[guarded(cell) for cell in row] for row in cells])
    return text.getvalue().encode(bank.encoding)


def _fits(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _xlsx(cells: Sequence[Sequence[str]]) -> bytes:
    file = BytesIO()
    with Workbook(file, WORKBOOK) as book:
        book.set_properties({"author": ""})
        sheet, look = book.add_worksheet(), book.add_format({"num_format": "@"})
        sheet.set_column(0, max((len(row) for row in cells), default=1), 22, look)
        for at, row in enumerate(cells):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, cell, look)
    return file.getvalue()
