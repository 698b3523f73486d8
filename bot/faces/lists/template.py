"""The workbooks that we hand out: the empty list, and rows that were refused, each with its reason. A text is always a
text: what begins with ``=``, ``+``, ``-`` or ``@`` is no formula, and a number of 18 digits stays whole."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.faces.lists.columns import TOWNSHIP, Column
from bot.faces.lists.rows import Asked
from intake.text_cells import WORKBOOK
from intake.writable import clean
from locales import Texts

_WIDTHS = {"id_number": 22, "phone": 16, "reason": 30, "remarks": 20, "village": 18, "categories": 22, "disasters": 16}
_USUAL = 12
_REASON = 50
_LISTED = 4000
"""Rows of the empty list with a choice of words; below them the words can still be typed."""


def template(asked: Asked, filled: Iterable[Mapping[str, str]] = ()) -> bytes:
    """The empty list with a sheet of how to fill in each column, or one that is ``filled`` in part, each row by column
    key; slow enough for a thread."""
    return _written(asked, (), (((), cells) for cells in filled))


def refused(asked: Asked, rows: Iterable[tuple[str, str, Mapping[str, str]]]) -> bytes:
    """Rows as they were typed, to be mended and sent again: for each where it stood, why it was refused, and its cells
    by column key."""
    t = asked.given.texts
    return _written(asked, (t("import.where"), t("import.why")), (((at, why), cells) for at, why, cells in rows))


def _written(asked: Asked, before: tuple[str, ...], rows: Iterable[tuple[tuple[str, ...], Mapping[str, str]]]) -> bytes:
    t, file = asked.given.texts, BytesIO()
    with Workbook(file, WORKBOOK) as book:
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E3EEEA", "border": 1, "text_wrap": True})
        must = book.add_format({"num_format": "@", "bold": True, "bg_color": "#F6E7C8", "border": 1, "text_wrap": True})
        sheet: Worksheet = book.add_worksheet(t("import.sheet.list"))
        for at, label in enumerate(before):
            sheet.set_column(at, at, _REASON if at else _USUAL, text)
            sheet.write_string(0, at, label, head)
        villages = _villages(asked)
        for at, column in enumerate(asked.columns, len(before)):
            sheet.set_column(at, at, _WIDTHS.get(column.key, _USUAL), text)
            sheet.write_string(0, at, column.label, must if column.needed else head)
            _choices(t, sheet, at, column, asked, len(villages))
        sheet.freeze_panes(1, 0)
        for number, (said, cells) in enumerate(rows, 1):
            typed = (*said, *(cells.get(column.key, "") for column in asked.columns))
            for at, value in enumerate(typed):
                if value:
                    sheet.write_string(number, at, clean(value)[:32_000], text)
        _explained(book.add_worksheet(t("import.sheet.words")), t, asked, villages, head, text)
    return file.getvalue()


def _villages(asked: Asked) -> list[str]:
    """The names of the villages of the official's area."""
    places = asked.given.places
    return [places.label(row.code) for row in places.villages(asked.official.division or "")]


def _choices(t: Texts, sheet: Worksheet, at: int, column: Column, asked: Asked, villages: int) -> None:
    """A list to pick from, where one word is meant. Other ways to write it are read too, so that it only warns."""
    question = column.question
    if question is None or question.answer.several:
        return
    if question.answer.kind == "place":
        source: object = f"='{t('import.sheet.words')}'!$F$2:$F${villages + 1}"
    elif question.answer.kind in ("one", "yes"):
        source = [label for _, label in question.answer.choices(asked.given)]
    else:
        return
    offered = {"validate": "list", "source": source, "error_type": "information", "ignore_blank": True}
    sheet.data_validation(1, at, _LISTED, at, offered)


def _explained(sheet: Worksheet, t: Texts, asked: Asked, villages: Sequence[str], head: object, text: object) -> None:
    """Each column with whether it is needed, an example, and the words that may stand there; and the villages."""
    titles = ("column", "needed", "example", "words")
    for at, (name, width) in enumerate(zip(titles, (18, 10, 26, 70), strict=True)):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, t(f"import.about.{name}"), head)
    sheet.set_column(5, 5, 28, text)
    sheet.write_string(0, 5, t("import.about.villages"), head)
    lines = max(len(asked.columns), len(villages))
    for number in range(lines):
        if number < len(asked.columns):
            column = asked.columns[number]
            cells = (column.label, t(f"import.needed.{'yes' if column.needed else 'no'}"), _example(t, asked, column))
            for at, value in enumerate((*cells, _words(t, asked, column))):
                sheet.write_string(number + 1, at, value, text)
        if number < len(villages):
            sheet.write_string(number + 1, 5, villages[number], text)


def _words(t: Texts, asked: Asked, column: Column) -> str:
    question = column.question
    if question is None or question.answer.kind == "place":
        return t("import.about.village") if question else t("import.about.township")
    labels = [label for _, label in question.answer.choices(asked.given)]
    if not labels:
        return (
            t(f"import.about.kind.{question.answer.kind}") if t.has(f"import.about.kind.{question.answer.kind}") else ""
        )
    joined = t("figure.comma").join(labels)
    return t("import.about.several", words=joined) if question.answer.several else t("import.about.one", words=joined)


def _example(t: Texts, asked: Asked, column: Column) -> str:
    key = f"import.example.{column.key}"
    if t.has(key):
        return t(key)
    if column.key == TOWNSHIP or column.question is None:
        return ""
    choices = column.question.answer.choices(asked.given)
    kind = f"example.{column.question.answer.kind}"
    return choices[0][1] if choices else t(kind) if t.has(kind) else ""
