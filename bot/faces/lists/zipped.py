"""Whether a file is a workbook that may be opened at all: looked at before anything of it is unpacked. Pure."""

import re
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from intake.imports.read import BookError

LARGEST = 20 * 1024 * 1024
"""Bytes of a file; 60,000 households take some 6 MiB."""
LARGEST_UNPACKED = 128 * 1024 * 1024
"""Bytes of all of its parts unpacked: what says more is not opened (a zip bomb, or a million empty rows)."""
_MOST_PARTS = 1000
_OLD = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel 97 begins, and one with a password."""
_PLAIN_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<[A-Za-z]", re.DOTALL
)
"""How a part begins that declares nothing: no document type, no entities."""
_LOOKED_AT = 4096
_WORKBOOK = "xl/workbook.xml"


def check(body: bytes) -> None:
    """Refuse what is no plain .xlsx.

    Raises:
        BookError: with what it is instead.
    """
    if len(body) > LARGEST:
        raise BookError("large", mb=LARGEST // 1024 // 1024)
    if body.startswith(_OLD):
        raise BookError("old")
    try:
        with ZipFile(BytesIO(body)) as parts:
            _check_parts(parts)
    except (BadZipFile, LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, BookError):
            raise
        raise BookError("kind") from error


def _check_parts(parts: ZipFile) -> None:
    infos = parts.infolist()
    names = {info.filename for info in infos}
    if _WORKBOOK not in names:
        raise BookError("kind")
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise BookError("unpacked")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BookError("macros")
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels")):
            with parts.open(info) as part:
                if not _PLAIN_START.match(part.read(_LOOKED_AT)):
                    raise BookError("kind")
