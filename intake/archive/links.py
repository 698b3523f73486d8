"""The event chain as lines of JSON, and the walk along them from the beginning to the head."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from intake.events import GENESIS, Event, link_hash


def written(row: Any) -> bytes:
    """One event of the database as a line."""
    body = {
        "seq": row.seq,
        "at": row.at.astimezone(UTC).isoformat(),
        "actor": row.actor,
        "kind": row.kind,
        "subject": row.subject,
        "data": row.data,
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
    }
    return orjson.dumps(body) + b"\n"


class Walk:
    """Follows the chain line by line. ``fault`` names the first place where it breaks, empty while it holds."""

    def __init__(self) -> None:
        self.seq = 0
        self.head = GENESIS
        self.fault = ""

    def take(self, lines: Iterable[bytes]) -> None:
        """Go on with these lines; after the first break nothing more is looked at."""
        for line in lines:
            if self.fault:
                return
            self.fault = self._step(line)

    def _step(self, line: bytes) -> str:
        place = self.seq + 1
        try:
            body = orjson.loads(line)
            seq, event = int(body["seq"]), _event(body)
            previous, own = bytes.fromhex(body["previous"]), bytes.fromhex(body["hash"])
            link = link_hash(seq, event, self.head)
        except (ValueError, KeyError, TypeError):
            return f"event {place} cannot be read"
        if seq > place:
            return f"event {place} is missing: event {seq} stands in its place"
        if seq < place:
            return f"an event was put in or moved: event {seq} stands where event {place} belongs"
        if previous != self.head:
            return f"event {seq} does not follow from the one before it"
        if own != link:
            return f"event {seq} was changed"
        self.seq, self.head = seq, own
        return ""


def _event(body: Any) -> Event:
    at = datetime.fromisoformat(body["at"])
    if at.tzinfo is None or not isinstance(body["data"], dict):
        raise ValueError
    return Event(at, str(body["actor"]), str(body["kind"]), str(body["subject"]), body["data"])
