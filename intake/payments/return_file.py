"""Reading the file in which a bank says what it did: a workbook or CSV, by the headings of its template. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from intake.card_numbers import is_card
from intake.scheme.bank_faults import bare
from intake.scheme.banks import Bank, Returned

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_ROWS = 50_000
MOST_FEN = 10**13
HEADINGS_WITHIN = 20
"""Rows in which the headings have to be."""
_LONGEST = 200
_EXACT = 2**53
_NOTHING = ("", "0", "0.0", "0.00")
_FORMULA = ("=", "@", "+")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:[.][0-9]{0,40})?")
"""Plain figures alone: no sign, no power of ten."""
_FLOATS = Fraction(1, 10_000)
"""Parts of a fen by which a workbook's number may miss what was typed."""


class ReturnFileError(ValueError):
    """It cannot be read. ``what`` is a code: ``large``, ``rows``, ``kind``, ``headings``, ``no_headings``,
    ``formula``, ``empty``."""

    def __init__(self, what: str, **params: object) -> None:
        super().__init__(what)
        self.what = what
        self.params = params


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the file. ``card`` is empty where none can be read, ``amount_fen`` None; ``paid`` None where the word
    of the result is neither; ``nothing``: the row has neither card nor result."""

    position: int
    card: str
    amount_fen: int | None
    paid: bool | None
    result: str = ""
    reason: str = ""
    nothing: bool = False
    blank_amount: bool = False


def read_return(bank: Bank, body: bytes) -> list[Said]:
    """The rows of the file below its headings, but for empty ones.

    Raises:
        ReturnFileError: too large, no such file, headings are missing, a formula stands in it, or it has no rows.
    """
    if not body:
        raise ReturnFileError("empty")
    if len(body) > MOST_BYTES:
        raise ReturnFileError("large", most=MOST_BYTES // 1024 // 1024)
    rows = _workbook(body) if body.startswith(b"PK") else _csv(body)
    said = list(_said(bank.returned, rows))
    if not said:
        raise ReturnFileError("empty")
    return said


def _workbook(body: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with ZipFile(BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ReturnFileError("large", most=MOST_BYTES // 1024 // 1024)
        book = load_workbook(BytesIO(body), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(), 1):
            for cell in row:
                if cell.data_type == "f":
                    raise ReturnFileError("formula", cell=f"{cell.column_letter}{number}")
            yield number, [cell.value for cell in row]
    except ReturnFileError:
        raise
    except (BadZipFile, KeyError, ValueError, IndexError, TypeError, OSError, AttributeError, EOFError) as error:
        raise ReturnFileError("kind") from error


def _csv(body: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    text = _decoded(body)
    first = text.partition("\n")[0]
    parted = max((",", "\t", ";"), key=first.count)
    try:
        yield from enumerate(csv.reader(StringIO(text, newline=""), delimiter=parted, strict=True), 1)
    except csv.Error as error:
        raise ReturnFileError("kind") from error


def _decoded(body: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReturnFileError("kind")


def _said(answer: Returned, rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Said]:
    wanted = [bare(one) for one in (answer.card, answer.amount, answer.result)]
    reason = bare(answer.reason)
    places: dict[str, int] | None = None
    seen: list[str] = []
    count = 0
    for number, row in rows:
        if places is None:
            headings = [bare(cell) if cell is not None else "" for cell in row]
            if all(one in headings for one in wanted):
                places = {one: headings.index(one) for one in (*wanted, reason) if one in headings}
            elif number >= HEADINGS_WITHIN:
                break
            elif not any(
                map(_has_digit, headings)
            ):  # a row with a card or an amount is no headings: it is shown nowhere
                seen += [one for one in headings if one]
            continue
        cells = [_cell(row, places.get(one)) for one in (*wanted, reason)]
        if all(cell in (None, "") for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise ReturnFileError("rows", most=MOST_ROWS)
        yield _one(answer, number, cells)
    if places is None:
        missing = [one for one in (answer.card, answer.amount, answer.result) if bare(one) not in seen]
        if not seen:
            raise ReturnFileError("no_headings", missing=tuple(missing))
        raise ReturnFileError("headings", missing=tuple(missing), seen=tuple(seen[:10]))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _cell(row: Sequence[Any], place: int | None) -> Any:
    value = row[place] if place is not None and place < len(row) else None
    return value.strip() if isinstance(value, str) else value


def _one(answer: Returned, number: int, cells: Sequence[Any]) -> Said:
    for cell in cells:
        if isinstance(cell, str) and cell.startswith(_FORMULA):
            raise ReturnFileError("formula", cell=str(number))
    card, amount, result, reason = cells
    word = bare(result) if result is not None else ""
    paid = word in {bare(one) for one in answer.paid}
    failed = word in {bare(one) for one in answer.failed}
    return Said(
        position=number,
        card=_card(card),
        amount_fen=_fen(amount, fen=answer.fen),
        paid=True if paid else (False if failed else None),
        result=str(result if result is not None else "")[:_LONGEST],
        reason=str(reason if reason is not None else "")[:_LONGEST],
        nothing=card in (None, "") and result in (None, ""),
        blank_amount=str(amount if amount is not None else "").strip() in _NOTHING,
    )


def _card(value: Any) -> str:
    """A card number; a number that a workbook can no longer hold exactly is none."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else ""
    if isinstance(value, int):
        value = str(value) if 0 < value <= _EXACT else ""
    text = bare(value if value is not None else "").lstrip("'")
    return text if is_card(text) else ""


def _fen(value: Any, *, fen: bool) -> int | None:
    """An amount in fen; None where it is none, negative, or has parts of a fen."""
    if value is None or isinstance(value, bool):
        return None
    text = bare(value).lstrip("'¥￥").replace(",", "")
    if not _AMOUNT.fullmatch(text):
        return None
    scaled = Fraction(text) * (1 if fen else 100)
    whole = round(scaled)
    exact = abs(scaled - whole) <= (_FLOATS if isinstance(value, float) else 0)
    return whole if exact and whole <= MOST_FEN else None
