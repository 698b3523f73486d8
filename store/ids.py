"""Identifiers that are made before the row is written, and grow with time."""

import secrets
from datetime import UTC, datetime

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def new_id(now: datetime) -> int:
    """A 63-bit number: milliseconds since 2020 above 22 random bits, so new rows lie together in an index."""
    return (int((now - _EPOCH).total_seconds() * 1000) << 22) | secrets.randbits(22)
