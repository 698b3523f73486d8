"""Writing an archive piece by piece: what was packed leaves at once, so that it never lies in memory as a whole. The
same files at the same instant give the same bytes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import RawIOBase
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from intake.archive.manifest import Listed
from store.clock import CHINA

PACKED = (".xlsx", ".docx", ".pdf", ".jpg", ".png", ".webp", ".amr", ".mp3", ".ogg", ".m4a", ".heic")
"""What is packed already and is stored as it is."""


class _Pipe(RawIOBase):
    """Takes what the zip writes; it cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)


class Packer:
    """A zip under way. Files come in the order of their names; ``listed`` is what the manifest says of them."""

    def __init__(self, at: datetime) -> None:
        self._pipe = _Pipe()
        self._zip = ZipFile(cast(Any, self._pipe), "w")
        self._date = at.astimezone(CHINA).timetuple()[:6]
        self._last = ""
        self.listed: dict[str, Listed] = {}

    def add(self, name: str, content: bytes) -> None:
        """A whole file."""
        with self.file(name) as write:
            write(content)

    @contextmanager
    def file(self, name: str) -> Iterator[Any]:
        """A file that is written piece by piece.

        Raises:
            ValueError: it does not follow the one before in the order of the names.
        """
        if name <= self._last:
            raise ValueError(f"{name} comes after {self._last}")
        self._last = name
        info = ZipInfo(name, cast(Any, self._date))
        info.compress_type = ZIP_STORED if name.endswith(PACKED) else ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        info.create_system = 3
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as packed:

            def write(piece: bytes) -> None:
                nonlocal size
                digest.update(piece)
                size += len(piece)
                packed.write(piece)

            yield write
        self.listed[name] = Listed(size, digest.hexdigest())

    def taken(self, least: int = 0) -> bytes:
        """What was packed since the last call; nothing while it is less than ``least`` bytes."""
        if len(self._pipe.waiting) < least:
            return b""
        ready = bytes(self._pipe.waiting)
        self._pipe.waiting.clear()
        return ready

    def end(self) -> bytes:
        """The end of the zip, with all that was not taken yet."""
        self._zip.close()
        return self.taken()
