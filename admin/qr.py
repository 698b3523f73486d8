"""QR codes as a grid of squares and as the path of an inline SVG drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

QUIET = 4
"""Empty modules around a code, as the standard asks."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code as SVG: a square of ``size`` units, and the path that covers its dark modules."""

    size: int
    path: str


def modules(text: str) -> list[list[bool]]:
    """The code for ``text``, row by row, True where it is dark, with its quiet zone. A quarter of it may be torn or
    dirty, for it hangs on a wall."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def draw(text: str) -> Drawing:
    """The code for ``text`` as a drawing."""
    rows = modules(text)
    return Drawing(len(rows), "".join(_strokes(y, row) for y, row in enumerate(rows)))


def _strokes(y: int, row: Sequence[bool]) -> str:
    """One rectangle for each run of dark modules in a row."""
    strokes, x = [], 0
    while x < len(row):
        width = 0
        while x + width < len(row) and row[x + width]:
            width += 1
        if width:
            strokes.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width or 1
    return "".join(strokes)
