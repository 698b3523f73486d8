"""HEIC photos, kept as they are except for what they say of place, time and camera.

There is no decoder for them here; so the bytes of their metadata are written over with zeros where they lie. A file
whose metadata cannot be found for sure is refused.
"""

from collections.abc import Iterator

from intake.boxes import MOST, Box, BoxError, blank, boxes, number

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
"""Kinds of ISO media file that phones write photos in."""

_METADATA = frozenset({b"Exif", b"mime", b"uri "})
_PICTURE_BOXES = frozenset({b"ftyp", b"meta", b"mdat"})


def without_metadata(raw: bytes) -> bytes:
    """The photo with its metadata (Exif, XMP) blanked; other boxes than a still picture's are blanked too.

    Raises:
        BoxError: not a HEIC photo that can be followed.
    """
    data = bytearray(raw)
    outer = list(boxes(data, 0, len(data)))
    metas = [box for box in outer if box.name == b"meta"]
    if len(metas) != 1 or outer[0].name != b"ftyp":
        raise BoxError("not a still picture")
    for box in outer:
        if box.name not in _PICTURE_BOXES:
            _free(data, box)
    inner = {box.name: box for box in boxes(data, metas[0].body + 4, metas[0].end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise BoxError("a picture without items")
    hidden = _metadata_items(data, inner[b"iinf"])
    stores = {0: (0, len(data))}
    if b"idat" in inner:
        stores[1] = (inner[b"idat"].body, inner[b"idat"].end)
    found = _blank_items(data, inner[b"iloc"], hidden, stores)
    if hidden - found:
        raise BoxError("metadata that cannot be found")
    return bytes(data)


def _free(data: bytearray, box: Box) -> None:
    data[box.start + 4 : box.start + 8] = b"free"
    blank(data, box.body, box.end)


def _metadata_items(data: bytearray, info: Box) -> set[int]:
    """The numbers of the items that are metadata."""
    wide = number(data, info.body, 1) > 0
    items: set[int] = set()
    for entry in boxes(data, info.body + (8 if wide else 6), info.end):
        version = number(data, entry.body, 1)
        if entry.name != b"infe" or version < 2:
            raise BoxError("items of an unknown form")
        size = 4 if version > 2 else 2
        kind = entry.body + 4 + size + 2
        if bytes(data[kind : kind + 4]) in _METADATA:
            items.add(number(data, entry.body + 4, size))
    return items


def _blank_items(data: bytearray, table: Box, hidden: set[int], stores: dict[int, tuple[int, int]]) -> set[int]:
    """Blank the items ``hidden`` where the table of places says that they lie; the numbers of those found."""
    found: set[int] = set()
    for item, store, start, length in _places(data, table):
        if item not in hidden:
            continue
        if store not in stores or not length:
            raise BoxError("metadata that cannot be found")
        first, end = stores[store]
        if first + start + length > end:
            raise BoxError("metadata outside its store")
        blank(data, first + start, first + start + length)
        found.add(item)
    return found


def _places(data: bytearray, table: Box) -> Iterator[tuple[int, int, int, int]]:
    """(item, store, start in the store, length) of every part of every item."""
    version, at = number(data, table.body, 1), table.body + 4
    if version > 2:
        raise BoxError("places of an unknown form")
    sizes = number(data, at, 2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide, parts = 4 if version == 2 else 2, 0
    count, at = number(data, at + 2, wide), at + 2 + wide
    for _ in range(count):
        item, at = number(data, at, wide), at + wide
        store = number(data, at, 2) & 15 if version else 0
        at += 4 if version else 2
        base, at = number(data, at, base_size), at + base_size
        extents, at = number(data, at, 2), at + 2
        parts += extents
        if parts > MOST:
            raise BoxError("too many parts")
        for _ in range(extents):
            offset = number(data, at + index_size, offset_size)
            length = number(data, at + index_size + offset_size, length_size)
            at += index_size + offset_size + length_size
            yield item, store, base + offset, length
