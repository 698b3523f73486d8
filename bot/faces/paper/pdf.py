"""The form as PDF, one page of A4, by typst with the one font that we ship."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import typst
from pylopdf_fonts_zh_cn import serif_path

from bot.faces.paper.glyphs import MissingGlyphsError, missing
from bot.faces.paper.sheet import Code, Sheet

TEMPLATE = Path(__file__).parent / "form1.typ"
FONT = Path(serif_path())


def pdf(sheet: Sheet) -> bytes:
    """Draw the form; a part of a second of one core: call it in a thread.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    body = sheet.to_json()
    if sheet.code:
        body["code"] = {"drawing": drawing(sheet.code), "caption": sheet.code.caption}
    if lacking := missing(_texts(body), FONT):
        raise MissingGlyphsError(lacking)
    return typst.compile(
        TEMPLATE,
        font_paths=[FONT.parent],
        ignore_system_fonts=True,
        sys_inputs={"sheet": orjson.dumps(body).decode()},
        format="pdf",
    )


def drawing(code: Code) -> str:
    """A code as SVG."""
    size = len(code.modules)
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.modules) for x, is_dark in enumerate(row) if is_dark
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{dark}"/></svg>'


def _texts(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
