"""What every Word document of ours is made of. The computer that opens it has the fonts."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from intake.writable import clean

FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "SimSun"}
PADDING = Pt(3)
_LONGEST_TITLE = 255
"""Characters of a document's title that Word keeps."""


def begin(title: str, margins: tuple[Length, Length]) -> WordDocument:
    """An empty document of A4 with our fonts; ``margins`` are left and right, top and bottom."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    for script, font in FONTS.items():
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn(f"w:{script}"), font)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = margins[0]
    page.top_margin = page.bottom_margin = margins[1]
    document.core_properties.title, document.core_properties.author = clean(title)[:_LONGEST_TITLE], ""
    return document


def finish(document: WordDocument) -> bytes:
    """The document's file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def widths(table: Table, sizes: Sequence[Length]) -> None:
    """Columns of these widths, whatever stands in them."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, sizes, strict=True):
        column.width = width


def snug(table: Table) -> None:
    """Cells with hardly any room at the left and right, so that long numbers stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def middle(cell: _Cell, text: str) -> None:
    """A text in the middle of a cell."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(clean(text))
    tight(paragraph, PADDING)


def tight(paragraph: Paragraph, around: Length | None = None) -> None:
    """A paragraph with no room above and below it, or with this much."""
    paragraph.paragraph_format.space_before = around or Pt(0)
    paragraph.paragraph_format.space_after = around or Pt(0)
