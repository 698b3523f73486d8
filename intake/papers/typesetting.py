"""Pages drawn by typst with the one font that we ship. What stands on them comes in as data, never as markup."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import orjson
import typst
from pylopdf_fonts_zh_cn import serif_path

from intake.papers.glyphs import MissingGlyphsError, missing

FONT = Path(serif_path())


def typeset(template: Path, sheet: Mapping[str, Any], kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """Draw a page or pages; a part of a second of one core: call it in a thread.

    ``sheet`` is plain JSON, which the template reads from ``sys.inputs.sheet``.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    if lacking := missing(_texts(sheet), FONT):
        raise MissingGlyphsError(lacking)
    drawn = typst.compile(
        template,
        font_paths=[FONT.parent],
        ignore_system_fonts=True,
        sys_inputs={"sheet": orjson.dumps(sheet).decode()},
        format=kind,
    )
    if not isinstance(drawn, bytes):
        raise ValueError("a picture has one page")
    return drawn


def _texts(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
