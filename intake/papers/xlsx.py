"""A paper as a workbook of one sheet. Rows are written as they come, so that a county's list needs little more memory
than a village's. A text is always a text: what begins with ``=``, ``+``, ``-`` or ``@`` is no formula, a number of 18
digits stays whole, and an address is no link."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from intake.papers.model import GAP, Band, Cell, Chart, Fields, Kind, Line, Opinion, Paper, Passage, Row, Table
from intake.papers.pdf import headings
from intake.text_cells import WORKBOOK
from intake.writable import clean

_CM = 4.6
"""Characters of a column's width to a centimetre."""
_LINE = 16
"""Points of a line's height."""
_PAGE = {False: 18.0, True: 26.7}
_FONT = {"font_name": "SimSun", "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
_FULL = 34
"""Characters of a line over the width of an upright page."""


def _width(cell: Cell) -> int:
    """How many narrow characters a cell takes; numbers always fit."""
    return len(cell) + sum(one > "\u2e7f" for one in cell) if isinstance(cell, str) else 0


def xlsx(paper: Paper, at: datetime | None = None) -> bytes:
    """Write the paper; twenty thousand rows take some seconds of one core: call it in a thread. With ``at`` as its
    time the same paper gives the same bytes."""
    file = BytesIO()
    with Workbook(file, WORKBOOK) as book:
        book.set_properties({"title": clean(paper.title), "author": "", **({"created": at} if at else {})})
        _Sheet(book, paper).write()
    return file.getvalue()


class _Sheet:
    """The one sheet, written from the top to the bottom."""

    def __init__(self, book: Workbook, paper: Paper) -> None:
        self.paper = paper
        self.sheet: Worksheet = book.add_worksheet()
        self.at = 0
        table = next((part for part in paper.parts if isinstance(part, Table)), None)
        self.widths = [column.width for column in table.columns] if table else [_PAGE[False] / 9] * 9
        self.last = len(self.widths) - 1

        def made(**more: object) -> Format:
            return book.add_format(_FONT | more)

        boxed = {"border": 1}
        self.title = made(font_size=17, bold=True, align="center")
        self.line, self.heading = made(align="left"), made(bold=True)
        self.head = made(align="center", bold=True, **boxed)
        self.left, self.wide = made(align="left", **boxed), made(align="left", valign="top", **boxed)
        cells: dict[Kind, dict[str, object]] = {
            Kind.TEXT: {"align": "center", "num_format": "@"},
            Kind.COUNT: {"align": "center"},
            Kind.YUAN: {"align": "right", "num_format": "0.00"},
        }
        self.formats = {
            (kind, struck): made(**look, **boxed, font_strikeout=struck)
            for kind, look in cells.items()
            for struck in (False, True)
        }

    def write(self) -> None:
        """Everything that stands on the paper."""
        self._page()
        if self.paper.mark:
            self._over(self.paper.mark, self.line)
        self._over(self.paper.title, self.title, 30)
        for line in self.paper.before:
            self._spread(line)
        for part in self.paper.parts:
            match part:
                case Table():
                    self._table(part)
                case Opinion():
                    self._opinion(part)
                case Fields():
                    for label, text in part.pairs:
                        self._beside(label, text, _LINE * 1.5)
                case Passage():
                    self._over(part.heading, self.heading)
                    self._over(part.text, self.line, _LINE * self._lines(part.text))
                case Chart():
                    self._over(part.title, self.heading)
                    for bar in part.bars:
                        self._beside(bar.label, bar.shown, _LINE)
        for line in self.paper.after:
            self._spread(line)

    def _page(self) -> None:
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width * _CM)
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(0.6, 0.6, 0.6, 0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")
        if self.paper.landscape:
            self.sheet.set_landscape()

    def _over(self, text: str, look: Format, height: float = _LINE * 1.4) -> None:
        """A text over the whole width."""
        self.sheet.set_row(self.at, height)
        self._merged(0, self.last, text, look)
        self.at += 1

    def _spread(self, line: Line) -> None:
        text = (GAP * 6).join(line)
        self._over(text, self.line, _LINE * max(self._lines(text), 1.4))

    def _beside(self, label: str, text: str, height: float) -> None:
        """A heading over two columns, and a text over the rest."""
        self.sheet.set_row(self.at, height)
        self._merged(0, 1, label, self.head)
        self._merged(2, self.last, text, self.wide)
        self.at += 1

    def _opinion(self, part: Opinion) -> None:
        signed = "\n".join(GAP * 24 + one for one in part.signed)
        text = f"{part.text}\n\n\n{signed}"
        least = part.label.count("\n") + 2
        self._beside(part.label, text, _LINE * max(self._lines(text) + 1, least))

    def _table(self, part: Table) -> None:
        self.sheet.set_row(self.at, _LINE * 2.4)
        at = 0
        for label, columns in headings(part.columns):
            self._merged(at, at + columns - 1, label, self.head)
            at += columns
        self.at += 1
        if part.codes:
            for at, code in enumerate(part.codes):
                self.sheet.write_string(self.at, at, code, self.head)
            self.at += 1
        self.sheet.repeat_rows(self.at - (2 if part.codes else 1), self.at - 1)
        kinds = [column.kind for column in part.columns]
        for row in part.rows:
            if isinstance(row, Band):
                self._over(row.text, self.left)
            else:
                self._row(row, kinds)

    def _row(self, row: Row, kinds: list[Kind]) -> None:
        texts = zip(row.cells, self.widths, strict=True)
        lines = max(-(-_width(cell) // (width * _CM)) for cell, width in texts)
        self.sheet.set_row(self.at, _LINE * max(lines, 1.25))
        for at, (cell, kind) in enumerate(zip(row.cells, kinds, strict=True)):
            self._cell(at, cell, kind, self.formats[kind, row.struck])
        self.at += 1

    def _cell(self, at: int, cell: Cell, kind: Kind, look: Format) -> None:
        if cell is None or cell == "":
            self.sheet.write_blank(self.at, at, None, look)
        elif isinstance(cell, str):
            self.sheet.write_string(self.at, at, clean(cell), look)
        else:
            self.sheet.write_number(self.at, at, Decimal(cell) / 100 if kind is Kind.YUAN else cell, look)

    def _merged(self, first: int, last: int, text: str, look: Format) -> None:
        """A text over some columns of this row."""
        if last > first:
            self.sheet.merge_range(self.at, first, self.at, last, "", look)
        self.sheet.write_string(self.at, first, clean(text), look)

    def _lines(self, text: str) -> int:
        """How many lines a text takes."""
        most = int(_FULL * sum(self.widths) / _PAGE[False])
        return sum(1 + len(one) // most for one in text.split("\n"))
