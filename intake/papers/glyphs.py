"""Which characters a font can draw. A PDF would show the others as an empty box and say nothing: a name must not be
printed like that."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_UNICODE = ((0, 3), (0, 4), (0, 6), (3, 1), (3, 10))
"""Platform and encoding of the tables that go by Unicode."""


class MissingGlyphsError(ValueError):
    """The font lacks ``characters``: named before anything is printed."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(f"{len(characters)} characters are not in the font")
        self.characters = characters


def missing(texts: Iterator[str], font: Path) -> tuple[str, ...]:
    """The characters of ``texts`` that the font cannot draw, each once, in the order met."""
    known = covered(font)
    seen = dict.fromkeys(character for text in texts for character in text)
    return tuple(one for one in seen if ord(one) not in known and not one.isspace())


@cache
def covered(font: Path) -> frozenset[int]:
    """The code points that an OpenType font has glyphs for."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    start = next(
        offset
        for name, offset in (struct.unpack_from(">4s4xL", data, 12 + 16 * index) for index in range(tables))
        if name == b"cmap"
    )
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * index)
        if (platform, encoding) in _UNICODE:
            found.update(_points(data, start + offset))
    return frozenset(found)


def _points(data: bytes, at: int) -> Iterator[int]:
    """The code points of one table: in segments of 16 bits (format 4) or in groups of 32 (format 12)."""
    (form,) = struct.unpack_from(">H", data, at)
    if form == 12:
        (groups,) = struct.unpack_from(">L", data, at + 12)
        for index in range(groups):
            first, last, _ = struct.unpack_from(">LLL", data, at + 16 + 12 * index)
            yield from range(first, last + 1)
    if form == 4:
        (double,) = struct.unpack_from(">H", data, at + 6)
        lasts = struct.unpack_from(f">{double // 2}H", data, at + 14)
        firsts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, last + 1 if last < 0xFFFF else last)
