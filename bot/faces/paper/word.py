"""The form as a Word document, one page of A4, which officials may change."""

from collections.abc import Iterable
from io import BytesIO

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.faces.paper.sheet import Blank, Boxes, Entries, Line, Passage, Row, Sheet, Written
from intake.papers.qr import picture
from intake.papers.word_parts import PADDING, begin, finish, middle, tight, widths
from intake.writable import clean

_COLUMNS = tuple(Cm(width) for width in (2.8, 2.9, 2.4, 4.2, 1.9, 3.2))
_TICKED, _OPEN, _GAP = "\u25a0", "\u25a1", "\u3000"
_HARD = "\u00a0"
_SMALL, _LOW = Cm(2.2), Cm(1.0)
_LINES = 14
"""Lines of room for the reason on the official form; each row more than its own takes one."""
_OFFICIAL = 8
_LONGEST = 37
"""Characters of a line of boxes: broken here, so that no box is parted from its words."""


def word(sheet: Sheet) -> bytes:
    """Write the form; some ten milliseconds of one core."""
    document = begin(sheet.title, (Cm(1.8), Cm(1.4)))
    _head(document.add_table(1, 2), sheet)
    area = document.add_paragraph()
    for line in sheet.head:
        _write(area, line)
        area.add_run(_GAP * 2)
    tight(area, Pt(4))
    table = document.add_table(0, len(_COLUMNS), style="Table Grid")
    widths(table, _COLUMNS)
    room = _LINES - 2 * max(len(sheet.rows) - _OFFICIAL, 0)
    for row in sheet.rows:
        _row(table, row, room)
    for note in sheet.notes:
        small = document.add_paragraph()
        tight(small, Pt(3))
        small.add_run(clean(note)).font.size = Pt(9)
    return finish(document)


def _head(table: Table, sheet: Sheet) -> None:
    widths(table, (Cm(13.4), Cm(4.0)))
    title, corner = table.rows[0].cells
    title.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    words = title.paragraphs[0]
    words.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = words.add_run(sheet.title)
    run.font.size, run.bold = Pt(17), True
    if sheet.code:
        drawn = corner.paragraphs[0]
        drawn.add_run().add_picture(BytesIO(picture(sheet.code)), width=Cm(2.9))
        for caption in sheet.code.caption:
            corner.add_paragraph().add_run(caption).font.size = Pt(8)
        for paragraph in corner.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            tight(paragraph)


def _row(table: Table, row: Row, room: int) -> None:
    """One row; ``room`` are the lines of its sentences where it is signed."""
    added = table.add_row()  # type: ignore[no-untyped-call]
    added.height, added.height_rule = _LOW, WD_ROW_HEIGHT_RULE.AT_LEAST
    cells = added.cells
    if isinstance(row, Entries):
        for at, entry in enumerate(row.entries):
            middle(cells[2 * at], entry.label)
            middle(cells[2 * at + 1], entry.text)
        return
    middle(cells[0], row.label)
    wide = cells[1].merge(cells[-1])
    first = wide.paragraphs[0]
    match row:
        case Written():
            wide.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            _write(first, row.line)
        case Boxes():
            wide.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            for at, line in enumerate(_packed((_TICKED if on else _OPEN) + label for on, label in row.boxes)):
                run = (first if at == 0 else wide.add_paragraph()).add_run(clean(line))
                # A box is drawn as wide as a character, in the same font.
                run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        case Passage():
            added.height = _SMALL
            sentences = row.text.split("\n")
            for at, sentence in enumerate(sentences):
                (first if at == 0 else wide.add_paragraph()).add_run(clean(sentence))
            if row.signed:
                _sign(wide, row.signed, room - sum(1 + len(one) // _LONGEST for one in sentences))
    for paragraph in wide.paragraphs:
        tight(paragraph, Pt(0) if isinstance(row, Passage) else PADDING)


def _packed(words: Iterable[str]) -> list[str]:
    """Words in lines of at most so many characters, none parted."""
    lines = [""]
    for one in words:
        joined = f"{lines[-1]}{_GAP}{one}" if lines[-1] else one
        if len(joined) <= _LONGEST:
            lines[-1] = joined
        else:
            lines.append(one)
    return lines


def _sign(cell: _Cell, lines: tuple[Line, ...], room: int) -> None:
    """The lines for the signature, to the right, with ``room`` empty lines above them."""
    for _ in range(max(room, 1)):
        cell.add_paragraph()
    for line in lines:
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, line)


def _write(paragraph: Paragraph, line: Line) -> None:
    """A line whose blanks are underlined."""
    for part in line:
        if isinstance(part, Blank):
            written = clean(part.text)
            run = paragraph.add_run(f"{_HARD}{written}{_HARD}" if written else "_" * 2 * part.width)
            run.underline = bool(written)
        else:
            paragraph.add_run(part)
