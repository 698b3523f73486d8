"""Searching by meaning too, with an encoder of sentences: where people say a thing in words that no variant has."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from operator import mul
from statistics import fmean, pstdev
from threading import Event
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.policy.content import entries
from bot.policy.entry import Entry
from bot.policy.search import CHOICES, scores
from bot.policy.terms import plain

SHARED_WORDS = 1.5
"""What the best entry by terms gets added, in standard deviations of nearness in meaning. Measured: from 1 to 2 the
results are the same, below and above they are worse."""

HEARD = 64
"""Characters of a typed text that the encoder reads: its time grows with them."""

Vector = Sequence[float]


class Encoder(Protocol):
    """Turns sentences into vectors of length 1, near where the meaning is near. It is slow, and is called from one
    thread of its own."""

    def __call__(self, texts: Sequence[str]) -> Sequence[Vector]:
        """One vector for each text."""
        ...


class Semantic:
    """A :class:`bot.policy.search.Search` that adds nearness in meaning to shared terms.

    Each entry is the middle of its question's and variants' vectors. Until :meth:`prepare` has made these, it searches
    by terms alone.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._middles: dict[str, Vector] = {}
        self._closing = Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="policy")

    @property
    def ready(self) -> bool:
        """Whether the vectors of all entries are made."""
        return bool(self._middles)

    async def prepare(self) -> None:
        """Make the vectors of the entries: some seconds, in the encoder's thread."""
        middles = await asyncio.get_running_loop().run_in_executor(self._thread, self._make)
        if not self._closing.is_set():
            self._middles = middles

    def close(self) -> None:
        """Stop preparing, after the entry at hand, and end the thread."""
        self._closing.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def __call__(self, connection: AsyncConnection, text: str, limit: int = CHOICES) -> list[Entry]:
        """The entries nearest to ``text`` in terms and meaning; none when they have no terms in common."""
        shared = await scores(connection, text)
        if shared and self.ready:
            near = await asyncio.get_running_loop().run_in_executor(self._thread, self._nearness, plain(text)[:HEARD])
            shared = fuse(shared, near)
        return [entries()[key] for key in list(shared)[:limit]]

    def _make(self) -> dict[str, Vector]:
        middles: dict[str, Vector] = {}
        for entry in entries().values():
            if self._closing.is_set():
                break
            middles[entry.key] = middle(self._encoder((entry.question, *entry.variants)))
        return middles

    def _nearness(self, text: str) -> dict[str, float]:
        (typed,) = self._encoder((text,))
        return {key: sum(map(mul, typed, vector)) for key, vector in self._middles.items()}


def middle(vectors: Sequence[Vector]) -> Vector:
    """The mean of the vectors, made as long as 1."""
    mean = [fmean(numbers) for numbers in zip(*vectors, strict=True)]
    length = sqrt(sum(number * number for number in mean)) or 1.0
    return [number / length for number in mean]


def fuse(shared: Mapping[str, float], near: Mapping[str, float]) -> dict[str, float]:
    """Both judgements in one, best first. ``near`` has every entry, ``shared`` at least one. Nearness lies close
    together (0.8 to 0.9), so it is counted in standard deviations from its mean."""
    best = max(shared.values())
    mean, spread = fmean(near.values()), pstdev(near.values()) or 1.0
    total = {key: (near[key] - mean) / spread + SHARED_WORDS * shared.get(key, 0.0) / best for key in near}
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
