"""What a payment list says, as a hash over its canonical lines: whoever changes, takes out, puts in or reorders a line
afterwards is found out. Cards go in by their blind index. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

SHORT = 16
"""Hexadecimal digits of a line's digest that its event keeps, so that a changed line can be named."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """A line as it was listed. Money in fen."""

    list_id: int
    position: int
    case_id: int
    head: str
    card_index: bytes
    amount_fen: int
    repays: int | None

    @property
    def digest(self) -> bytes:
        """The hash of this line."""
        return hashlib.sha256(
            orjson.dumps(
                [
                    self.list_id,
                    self.position,
                    self.case_id,
                    self.head,
                    self.card_index.hex(),
                    self.amount_fen,
                    self.repays,
                ]
            )
        ).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """What a list says of itself. Money in fen."""

    list_id: int
    number: str
    scheme_id: int
    division: str
    bank: str
    source: str
    template: object
    lines: int
    total_fen: int


def list_hash(head: Head, digests: Iterable[bytes]) -> bytes:
    """The hash of a list: over what it says of itself and the digests of its lines in their order."""
    about = [
        head.list_id,
        head.number,
        head.scheme_id,
        head.division,
        head.bank,
        head.source,
        head.template,
        head.lines,
        head.total_fen,
    ]
    whole = hashlib.sha256(orjson.dumps(about, option=orjson.OPT_SORT_KEYS))
    for digest in digests:
        whole.update(digest)
    return whole.digest()


def short(digests: Sequence[bytes]) -> str:
    """The digests of all lines, each cut to :data:`SHORT` digits, as one text."""
    return "".join(digest.hex()[:SHORT] for digest in digests)


def shorts(text: str) -> list[str]:
    """What :func:`short` put together."""
    return [text[at : at + SHORT] for at in range(0, len(text), SHORT)]
