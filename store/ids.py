"""Identifiers that are made before the row is written, and grow with time."""

import secrets
from datetime import UTC, datetime

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_BITS = 22
_last = 0


def new_id(now: datetime) -> int:
    """A 63-bit number: milliseconds since 2020 above 22 bits, so new rows lie together in an index. Of those made at
    one instant the first has random bits, and each of the others follows the one before, however many they are."""
    global _last  # noqa: PLW0603 - what two calls at one instant share
    begin = int((now - _EPOCH).total_seconds() * 1000) << _BITS
    following = _last + 1
    _last = following if begin < following < begin + (1 << _BITS) else begin + secrets.randbits(_BITS - 1)
    return _last


def numbered_id(now: datetime, number: int) -> int:
    """The same with a ``number`` of the caller's own (below four million) in place of random bits, for many rows of
    many instants that are made at once."""
    return (int((now - _EPOCH).total_seconds() * 1000) << _BITS) + number
