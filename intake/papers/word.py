"""A paper as a Word document, which officials may change."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from intake.papers.model import Band, Cell, Chart, Column, Fields, Kind, Line, Opinion, Paper, Passage, Row, Table
from intake.papers.pdf import headings, picture, shown
from intake.papers.word_parts import begin, finish, middle, snug, tight, widths
from intake.writable import clean

_MARGIN = Cm(1.5)
_WIDTH = {False: 18.0, True: 26.7}
_TALL, _LOW = Cm(10.2), Cm(3.2)
_INSIDE = Pt(2)


def word(paper: Paper) -> bytes:
    """Write the paper; a second of one core for a thousand rows: call it in a thread.

    Raises:
        MissingGlyphsError: a character that a chart of it would show as an empty box.
    """
    document = begin(paper.title, (_MARGIN, _MARGIN))
    width = _WIDTH[paper.landscape]
    if paper.landscape:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    if paper.mark:
        _spread(document, (paper.mark,), width)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(clean(paper.title))
    run.font.size, run.bold = Pt(17), True
    tight(title, Pt(4))
    for line in paper.before:
        _spread(document, line, width)
    for part in paper.parts:
        match part:
            case Table():
                _roster(document, part, width)
            case Opinion():
                _opinion(document, part, width)
            case Fields():
                _fields(document, part, width)
            case Passage():
                _passage(document, part)
            case Chart():
                _chart(document, part, width)
    for line in paper.after:
        _spread(document, line, width, Pt(9.5))
    return finish(document)


def _spread(document: WordDocument, line: Line, width: float, size: Length | None = None) -> None:
    """A line with its parts at the left, in the middle and at the right."""
    paragraph = document.add_paragraph()
    tight(paragraph, Pt(2))
    if len(line) == 3:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(clean("\t".join(line)))
    if size is not None:
        run.font.size = size


def _roster(document: WordDocument, part: Table, width: float) -> None:
    table = document.add_table(1, len(part.columns), style="Table Grid")
    scale = width / sum(column.width for column in part.columns)
    widths(table, tuple(Cm(column.width * scale) for column in part.columns))
    snug(table)
    cells, at = table.rows[0].cells, 0
    for label, columns in headings(part.columns):
        middle(cells[at].merge(cells[at + columns - 1]) if columns > 1 else cells[at], label)
        at += columns
    if part.codes:
        _row(table, Row(part.codes), tuple(Column("", 0) for _ in part.columns))
    for row in table.rows:
        _repeated(row._tr)
    for one in part.rows:
        _row(table, one, part.columns)


def _repeated(row: CT_Row) -> None:
    """Print this row at the head of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)


def _row(table: WordTable, row: Row | Band, columns: tuple[Column, ...]) -> None:
    cells = table.add_row().cells  # type: ignore[no-untyped-call]
    if isinstance(row, Band):
        _written(cells[0].merge(cells[-1]), row.text, WD_ALIGN_PARAGRAPH.LEFT)
        return
    for cell, value, column in zip(cells, row.cells, columns, strict=True):
        right = column.kind is Kind.YUAN
        _value(cell, value, column.kind, WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER, row.struck)


def _value(cell: _Cell, value: Cell, kind: Kind, where: WD_ALIGN_PARAGRAPH, struck: bool) -> None:
    _written(cell, shown(value, kind), where, struck)


def _written(cell: _Cell, text: str, where: WD_ALIGN_PARAGRAPH, struck: bool = False) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = where
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(9.5)
    if struck:
        run.font.strike = True
    tight(paragraph, _INSIDE)


def _opinion(document: WordDocument, part: Opinion, width: float) -> None:
    table = document.add_table(1, 2, style="Table Grid")
    narrow = 1.4 if part.tall else 3.3
    widths(table, (Cm(narrow), Cm(width - narrow)))
    row = table.rows[0]
    row.height, row.height_rule = _TALL if part.tall else _LOW, WD_ROW_HEIGHT_RULE.AT_LEAST
    label, wide = row.cells
    middle(label, part.label)
    lines = part.text.split("\n")
    for at, sentence in enumerate([*lines, *([""] * (6 if part.tall else 2))]):
        paragraph = wide.paragraphs[0] if at == 0 else wide.add_paragraph()
        paragraph.add_run(clean(sentence))
        tight(paragraph, Pt(6) if part.tall else Pt(2))
    if part.tall:
        wide.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    for signature in part.signed:
        paragraph = wide.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Cm(1.2)
        paragraph.add_run(clean(signature))
        tight(paragraph, Pt(2))


def _fields(document: WordDocument, part: Fields, width: float) -> None:
    table = document.add_table(0, 4, style="Table Grid")
    widths(table, tuple(Cm(one) for one in (2.4, width / 2 - 2.4, 2.4, width / 2 - 2.4)))
    cells: list[_Cell] = []
    for label, text in part.pairs:
        if not cells:
            cells = list(table.add_row().cells)
        middle(cells.pop(0), label)
        middle(cells.pop(0), text)


def _passage(document: WordDocument, part: Passage) -> None:
    heading = document.add_paragraph()
    heading.add_run(clean(part.heading)).bold = True
    heading.paragraph_format.keep_with_next = True
    tight(heading, Pt(6))
    for sentence in part.text.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(21)
        paragraph.add_run(clean(sentence))
        tight(paragraph, Pt(2))


def _chart(document: WordDocument, part: Chart, width: float) -> None:
    """A title and a picture that says the same in words to those who cannot see it."""
    title = document.add_paragraph()
    title.add_run(clean(part.title)).bold = True
    title.paragraph_format.keep_with_next = True
    tight(title, Pt(4))
    shape = document.add_picture(BytesIO(picture(part)), width=Cm(width - 1))
    said = "; ".join(f"{bar.label} {bar.shown}" for bar in part.bars)
    shape._inline.docPr.set("descr", clean(said))
