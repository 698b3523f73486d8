"""How much a term says for an entry: BM25, worked out before anybody asks."""

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

from bot.policy.entry import Entry
from bot.policy.terms import terms

SATURATION = 1.2
"""BM25's k1: how soon a term that comes again says no more."""
LENGTH = 0.75
"""BM25's b: how far an entry with many variants is held back."""
SINGLE = 0.8
"""What a single character counts beside a pair."""


class Weight(NamedTuple):
    """A row of the index. Weights are whole numbers (thousandths), so that every database adds them up alike."""

    term: str
    entry: str
    weight: float


def weights(entries: Iterable[Entry]) -> list[Weight]:
    """The rows of the index, in order."""
    counts = {entry.key: _counts(entry) for entry in entries}
    lengths = {key: sum(found.values()) for key, found in counts.items()}
    average = sum(lengths.values()) / max(1, len(lengths))
    holders = Counter(term for found in counts.values() for term in found)
    rows = []
    for key, found in counts.items():
        room = SATURATION * (1 - LENGTH + LENGTH * lengths[key] / average)
        for term, times in found.items():
            rarity = log(1 + (len(counts) - holders[term] + 0.5) / (holders[term] + 0.5))
            share = SINGLE if len(term) == 1 else 1.0
            rows.append(
                Weight(term, key, float(round(1000 * share * rarity * times * (SATURATION + 1) / (times + room))))
            )
    return sorted(rows)


def _counts(entry: Entry) -> Counter[str]:
    return Counter(term for text in (entry.question, *entry.variants) for term in terms(text))
