"""Checking an archive anywhere: no database, no keys of ours, no settings."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from intake.archive.links import Walk
from intake.archive.manifest import Manifest, read_manifest
from intake.archive.names import CASES, EVENTS, MANIFEST, SIGNATURE, TOTALS, is_ours
from intake.archive.signature import plain, signer
from intake.archive.totals import Tally, read_sums

MOST_FILES = 1_000_000
MOST_MANIFEST = 256 * 1024 * 1024
MOST_RATIO = 150
"""How many times larger than packed a file may be; lists of events come to less than twenty."""
MOST_LINE = 4 * 1024 * 1024
_FREE = 1024 * 1024
_PIECE = 1 << 18


class _LargerError(ValueError):
    """A file has more bytes than it may have."""


@dataclass(slots=True)
class Checked:
    """What was found. ``faults`` is empty where the archive holds; ``key`` is the fingerprint of who signed it, empty
    where nobody did."""

    faults: list[str] = field(default_factory=list)
    key: str = ""
    manifest: Manifest | None = None


def verify_archive(file: BinaryIO, key: str = "") -> Checked:
    """Check the manifest, every file, the chain from its beginning to its head, the sums and the signature. ``key`` is
    the fingerprint that the archive has to be signed with; empty where any key will do."""
    found = Checked()
    try:
        file.seek(0)
        with ZipFile(file) as archive:
            _check(archive, key, found)
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        OverflowError,
        zlib.error,
    ) as error:
        found.faults.append(f"the file is no whole archive: {error}")
    return found


def _check(archive: ZipFile, key: str, found: Checked) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MOST_FILES:
        found.faults.append(f"it has {len(infos)} files, at most {MOST_FILES} are read")
        return
    for info in infos:
        if info.file_size > max(_FREE, info.compress_size * MOST_RATIO):
            found.faults.append(f"{_shown(info.filename)} would grow to {info.file_size} bytes: it is not opened")
    if found.faults:
        return
    found.faults += [f"{_shown(name)} is there twice" for name, times in Counter(names).items() if times > 1]
    missing = [name for name in (MANIFEST, SIGNATURE) if name not in names]
    if missing or found.faults:
        found.faults += [f"{name} is missing" for name in missing]
        return
    raw = b"".join(_read(archive, archive.getinfo(MANIFEST), MOST_MANIFEST))
    _check_signature(raw, b"".join(_read(archive, archive.getinfo(SIGNATURE), _FREE)), key, found)
    try:
        manifest = found.manifest = read_manifest(raw)
    except ValueError as error:
        found.faults.append(f"{MANIFEST}: {error}")
        return
    there = set(names) - {MANIFEST, SIGNATURE}
    found.faults += [f"{_shown(name)} is missing" for name in sorted(set(manifest.files) - there)]
    found.faults += [f"{_shown(name)} is not in the manifest" for name in sorted(there - set(manifest.files))]
    found.faults += [f"{_shown(name)} is no name of an archive" for name in sorted(there) if not is_ours(name)]
    found.faults += [f"{name} is not in the manifest" for name in (EVENTS, CASES, TOTALS) if name not in manifest.files]
    walk, tally, sums = Walk(), Tally(), list[bytes]()
    readers: dict[str, Callable[[Iterable[bytes]], None]] = {EVENTS: walk.take, CASES: tally.take, TOTALS: sums.extend}
    for info in infos:
        if info.filename in manifest.files:
            _check_file(archive, info, manifest, readers.get(info.filename), found)
    _check_chain(walk, manifest, found)
    _check_sums(tally, b"".join(sums), found)


def _check_signature(manifest: bytes, file: bytes, key: str, found: Checked) -> None:
    try:
        found.key = signer(manifest, file)
    except ValueError as error:
        found.faults.append(str(error))
        return
    if key and plain(key) != plain(found.key):
        found.faults.append(f"it was signed with the key {found.key}, not with {key}: somebody else made it")


def _check_file(
    archive: ZipFile,
    info: ZipInfo,
    manifest: Manifest,
    reader: Callable[[Iterable[bytes]], None] | None,
    found: Checked,
) -> None:
    """Hash a file as it is read, and let its reader see its lines."""
    listed, digest, size = manifest.files[info.filename], hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        for piece in _read(archive, info, listed.size + 1):
            digest.update(piece)
            size += len(piece)
            yield piece

    try:
        lines = _lines(pieces()) if reader else pieces()
        if reader is not None:
            reader(lines)
        for _ in lines:  # a reader stops at the first fault; the hash is over all of it
            pass
    except _LargerError:
        size = -1
    except (BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, OSError, zlib.error) as error:
        found.faults.append(f"{_shown(info.filename)} cannot be read: {error}")
        return
    if (size, digest.hexdigest()) != (listed.size, listed.sha256):
        found.faults.append(f"{_shown(info.filename)} was changed: it is not what the manifest says")


def _check_chain(walk: Walk, manifest: Manifest, found: Checked) -> None:
    if walk.fault:
        found.faults.insert(0, f"the event chain breaks: {walk.fault}")
    elif walk.seq != manifest.seq:
        found.faults.insert(0, f"the event chain ends at event {walk.seq}, its head is event {manifest.seq}")
    elif walk.head.hex() != manifest.head:
        found.faults.insert(0, f"the event chain breaks: event {walk.seq} is not the head that was signed")


def _check_sums(tally: Tally, sums: bytes, found: Checked) -> None:
    try:
        found.faults += tally.against(read_sums(sums))
    except ValueError as error:
        found.faults.append(f"{TOTALS}: {error}")


def _read(archive: ZipFile, info: ZipInfo, most: int) -> Iterator[bytes]:
    """A file piece by piece, never more than ``most`` bytes.

    Raises:
        _LargerError: there is more.
    """
    with archive.open(info) as file:
        while piece := file.read(_PIECE):
            most -= len(piece)
            if most < 0:
                raise _LargerError("it is larger than it may be")
            yield piece


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > MOST_LINE:
            raise ValueError("a line is longer than any that we write")
        yield from whole
    if rest:
        yield rest


def _shown(name: str) -> str:
    """A name without signs that a terminal would obey."""
    return ascii(name[:120])[1:-1]
