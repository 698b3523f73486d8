"""An archive under a password, as 7-Zip, WinRAR and others open it: a zip of one file, sealed with AES-256 by the
WinZip scheme AE-2 (PBKDF2 with HMAC-SHA1 1,000 times, AES in counter mode, HMAC-SHA1 over what was sealed).

The scheme's 1,000 rounds are few, so the password has to be long. That nothing was changed does not hang on it: the
archive within has its own signature.
"""

import hashlib
import hmac
import struct
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from datetime import datetime
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from intake.archive.names import INNER
from store.clock import CHINA

SHORTEST = 12
"""Signs of a password."""
_SALT, _CHECK, _MAC = 16, 2, 10
_ROUNDS = 1000
_AES, _LARGE = 99, 0xFFFFFFFF
_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 0)
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")


class PasswordError(ValueError):
    """The password does not open the archive, or it is missing."""


class _Counter:
    """AES-256 in counter mode, whose counter runs with the lowest byte first as WinZip has it."""

    def __init__(self, key: bytes) -> None:
        self._aes = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - the counter is ours
        self._next, self._rest = 1, b""

    def turn(self, data: bytes) -> bytes:
        """Seal or open the next piece."""
        lacking = len(data) - len(self._rest)
        if lacking > 0:
            blocks = -(-lacking // 16)
            counted = b"".join(n.to_bytes(16, "little") for n in range(self._next, self._next + blocks))
            self._next += blocks
            self._rest += self._aes.update(counted)
        stream, self._rest = self._rest[: len(data)], self._rest[len(data) :]
        turned = int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")
        return turned.to_bytes(len(data), "little")


def _keys(password: str, salt: bytes) -> tuple[_Counter, "hmac.HMAC", bytes]:
    made = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 32 * 2 + _CHECK)
    return _Counter(made[:32]), hmac.new(made[32:64], digestmod="sha1"), made[64:]


async def lock(
    pieces: AsyncIterable[bytes], size: int, password: str, at: datetime, salt: bytes
) -> AsyncIterator[bytes]:
    """The archive of ``size`` bytes under a password. ``salt`` are 16 random bytes.

    Raises:
        ValueError: the pieces are not as many bytes as was said.
    """
    counter, mac, check = _keys(password, salt)
    head = _Head(size, at)
    yield head.local() + salt + check
    taken = 0
    async for piece in pieces:
        taken += len(piece)
        sealed = counter.turn(piece)
        mac.update(sealed)
        yield sealed
    if taken != size:
        raise ValueError(f"{taken} bytes came, {size} were said")
    yield mac.digest()[:_MAC] + head.end()


def locked_size(size: int) -> int:
    """How many bytes an archive of ``size`` bytes has under a password."""
    head = _Head(size, datetime(2000, 1, 1, tzinfo=CHINA))
    return len(head.local()) + head.sealed + len(head.end())


class _Head:
    """The headings of the one file; beyond 4 GB by ZIP64."""

    def __init__(self, size: int, at: datetime) -> None:
        self.size, self.sealed = size, size + _SALT + _CHECK + _MAC
        self.large = self.sealed >= _LARGE
        local = at.astimezone(CHINA)
        self.time = local.hour << 11 | local.minute << 5 | local.second // 2
        self.date = (local.year - 1980) << 9 | local.month << 5 | local.day
        self.sizes = (_LARGE, _LARGE) if self.large else (self.sealed, size)
        self.zip64 = struct.pack("<HHQQ", 1, 16, size, self.sealed) if self.large else b""

    def local(self) -> bytes:
        """What stands before the file."""
        extra = self.zip64 + _EXTRA
        fields = (51, 1, _AES, self.time, self.date, 0, *self.sizes, len(INNER), len(extra))
        return _LOCAL.pack(b"PK\3\4", *fields) + INNER.encode() + extra

    def end(self) -> bytes:
        """The list of the files, and the end."""
        extra = self.zip64 + _EXTRA
        names = (len(INNER), len(extra), 0, 0, 0)
        fields = (0x033F, 51, 1, _AES, self.time, self.date, 0, *self.sizes, *names, 0o600 << 16, 0)
        listed = _CENTRAL.pack(b"PK\1\2", *fields) + INNER.encode() + extra
        start = len(self.local()) + self.sealed
        tail = b""
        if self.large:
            tail = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 51, 51, 0, 0, 1, 1, len(listed), start)
            tail += struct.pack("<4sIQI", b"PK\6\7", 0, start + len(listed), 1)
        start = min(start, _LARGE)
        return listed + tail + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(listed), start, 0)


def is_locked(file: BinaryIO) -> bool:
    """Whether a file is an archive under a password."""
    file.seek(0)
    first = file.read(_LOCAL.size)
    return len(first) == _LOCAL.size and first[:4] == b"PK\3\4" and _LOCAL.unpack(first)[3] == _AES


def unlock(file: BinaryIO, password: str, piece: int = 1 << 20) -> Iterator[bytes]:
    """The archive within, piece by piece. What came counts only when the last piece came.

    Raises:
        PasswordError: the password is another one.
        ValueError: the file is cut off or was changed.
    """
    file.seek(0)
    fields = _LOCAL.unpack(file.read(_LOCAL.size))
    name, extra = file.read(fields[-2]), file.read(fields[-1])
    sealed: int = fields[7]
    if extra[:4] == struct.pack("<HH", 1, 16):
        sealed = struct.unpack_from("<Q", extra, 12)[0]
    if name != INNER.encode() or _EXTRA not in extra or sealed < _SALT + _CHECK + _MAC:
        raise ValueError("it is a sealed file, but none of our archives")
    counter, mac, check = _keys(password, file.read(_SALT))
    if not hmac.compare_digest(file.read(_CHECK), check):
        raise PasswordError("the password does not open the archive")
    left = sealed - _SALT - _CHECK - _MAC
    while left:
        data = file.read(min(piece, left))
        if not data:
            raise ValueError("it is cut off")
        left -= len(data)
        mac.update(data)
        yield counter.turn(data)
    if not hmac.compare_digest(file.read(_MAC), mac.digest()[:_MAC]):
        raise ValueError("it was changed, or the password is another one")
