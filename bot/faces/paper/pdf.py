"""The form as PDF, one page of A4."""

from pathlib import Path

from bot.faces.paper.sheet import Sheet
from intake.papers.qr import drawing
from intake.papers.typesetting import typeset

TEMPLATE = Path(__file__).parent / "form1.typ"


def pdf(sheet: Sheet) -> bytes:
    """Draw the form; a part of a second of one core: call it in a thread.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    body = sheet.to_json()
    if sheet.code:
        body["code"] = {"drawing": drawing(sheet.code), "caption": sheet.code.caption}
    return typeset(TEMPLATE, body)
