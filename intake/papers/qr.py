"""A QR code on paper: a drawing for a PDF, a picture for Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: its dark modules row by row, quiet zone included, and what it says beneath."""

    modules: Sequence[Sequence[bool]]
    caption: tuple[str, ...]


def drawing(code: Code) -> str:
    """A code as SVG."""
    size = len(code.modules)
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.modules) for x, is_dark in enumerate(row) if is_dark
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{dark}"/></svg>'


def picture(code: Code) -> bytes:
    """A code as PNG, four points to a module."""
    size = len(code.modules)
    drawn = Image.new("1", (size, size), 1)
    drawn.putdata([0 if dark else 1 for row in code.modules for dark in row])
    file = BytesIO()
    drawn.resize((size * 4, size * 4), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()
