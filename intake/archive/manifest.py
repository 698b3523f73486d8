"""The manifest of an archive: every file with its size and hash, what the archive is of, and where the chain ends."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

FORMAT = 1
"""The form of the archive; raised when an old ``verify`` could no longer read it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What an archive is of. ``made_at`` is an ISO instant, ``made_by`` an actor such as ``staff:7`` or ``operator``,
    ``closed_at`` when the season was closed, empty while it runs; ``versions`` are those of the scheme."""

    county: str
    season: str
    versions: tuple[int, ...]
    product: str
    made_at: str
    made_by: str
    closed_at: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole manifest. ``counts`` says how many of what there is; ``seq`` and ``head`` are the last event of the
    chain and its hash in hex."""

    about: About
    files: Mapping[str, Listed]
    counts: Mapping[str, int]
    seq: int
    head: str

    def to_bytes(self) -> bytes:
        """The manifest as its file has it: the same facts give the same bytes."""
        body = {
            "format": FORMAT,
            "about": asdict(self.about),
            "counts": dict(self.counts),
            "chain": {"events": self.seq, "head": self.head},
            "files": {name: asdict(self.files[name]) for name in sorted(self.files)},
        }
        return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def read_manifest(raw: bytes) -> Manifest:
    """Read what :meth:`Manifest.to_bytes` wrote.

    Raises:
        ValueError: it is none, or of a newer form.
    """
    try:
        body: Any = orjson.loads(raw)
        if body["format"] != FORMAT:
            raise ValueError(f"its form is {body['format']!r}, this release reads {FORMAT}: take a newer nuandong")
        about = About(**{**body["about"], "versions": tuple(body["about"]["versions"])})
        files = {name: Listed(int(one["size"]), str(one["sha256"])) for name, one in body["files"].items()}
        counts = {name: int(count) for name, count in body["counts"].items()}
        return Manifest(about, files, counts, int(body["chain"]["events"]), str(body["chain"]["head"]))
    except (KeyError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError(f"it cannot be read ({type(error).__name__})") from error
