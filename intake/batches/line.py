"""A household as a frozen list holds it, and the hashes over it. Pure.

A snapshot has what forms 2 and 3 count and name, and in place of the ID number its keyed index: two lists can be
compared and proven without opening anything.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson


def snapshot(
    *,
    number: str,
    head: str,
    id_index: bytes,
    village: str,
    group: str,
    size: int,
    persons: int,
    categories: Iterable[str],
    tier: str | None,
    amount_fen: int | None,
) -> dict[str, Any]:
    """One household's line: plain JSON. ``amount_fen`` is None in the first pass."""
    return {
        "number": number,
        "head": head,
        "id": id_index.hex(),
        "village": village,
        "group": group,
        "size": size,
        "persons": persons,
        "categories": list(categories),
        "tier": tier,
        "amount_fen": amount_fen,
    }


def digest(line: Mapping[str, Any]) -> bytes:
    """The SHA-256 of one line, whatever the order of its fields."""
    return hashlib.sha256(orjson.dumps(dict(line), option=orjson.OPT_SORT_KEYS)).digest()


def list_hash(batch_id: int, revision: int, digests: Mapping[int, bytes]) -> bytes:
    """The hash of a whole list at one revision: over its id, the revision, and its lines' digests by case id."""
    whole = hashlib.sha256(f"{batch_id}:{revision}".encode())
    for case_id in sorted(digests):
        whole.update(case_id.to_bytes(8, "big") + digests[case_id])
    return whole.digest()
