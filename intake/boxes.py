"""The boxes of ISO media files (HEIC, M4A, 3GP): a tree of lengths and four-letter names."""

from collections.abc import Iterator
from dataclasses import dataclass

MOST = 10_000
"""Boxes looked at in one file; no honest file comes near."""


class BoxError(ValueError):
    """The bytes are no boxes, or their lengths do not fit into one another."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, where it begins, where its content begins, and where it ends, in bytes of the file."""

    name: bytes
    start: int
    body: int
    end: int


def boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes that lie one after another between ``start`` and ``end``.

    Raises:
        BoxError: a length does not fit.
    """
    for _ in range(MOST):
        if start == end:
            return
        if end - start < 8:
            raise BoxError("a broken box")
        size, name, body = number(data, start, 4), bytes(data[start + 4 : start + 8]), start + 8
        if size == 1:
            if end - start < 16:
                raise BoxError("a broken box")
            size, body = number(data, start + 8, 8), start + 16
        stop = end if size == 0 else start + size
        if not body <= stop <= end:
            raise BoxError("a box of a wrong length")
        yield Box(name, start, body, stop)
        start = stop
    raise BoxError("too many boxes")


def number(data: bytes | bytearray, at: int, size: int) -> int:
    """The big-endian number of ``size`` bytes (0 to 8) at a place.

    Raises:
        BoxError: the file ends before it.
    """
    if at + size > len(data):
        raise BoxError("a number beyond the end")
    return int.from_bytes(data[at : at + size], "big")


def brand(data: bytes) -> bytes:
    """The four letters that say what kind of ISO media file it is; nothing for another file."""
    return data[8:12] if data[4:8] == b"ftyp" else b""


def blank(data: bytearray, start: int, end: int) -> None:
    """Write zeros over the bytes from ``start`` to ``end``.

    Raises:
        BoxError: they do not lie in the file.
    """
    if not 0 <= start <= end <= len(data):
        raise BoxError("a part outside the file")
    data[start:end] = bytes(end - start)
