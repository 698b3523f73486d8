"""The ledger added up: in, passed on, paid, handed out, left; by source, by township, by village; money and goods
apart. Pure, in fen."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

COUNTY, TOWNSHIP, VILLAGE = 6, 9, 12
"""Digits of a division's code."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What happened at one place with money or goods (``kind``) of one source. ``received_fen`` came from outside,
    ``given_fen`` was passed on to it by the county; ``passed_fen`` it passed on itself; ``out_fen`` was paid or handed
    out to households. Counter entries are taken off already."""

    place: str
    source: str
    kind: str
    received_fen: int = 0
    given_fen: int = 0
    passed_fen: int = 0
    out_fen: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the ledger. ``came_fen`` is all that came in, from outside or from the county; ``left_fen`` is what
    is left of it, less than nothing where more went out than came in."""

    name: str
    came_fen: int = 0
    passed_fen: int = 0
    out_fen: int = 0

    @property
    def left_fen(self) -> int:
        """In less out."""
        return self.came_fen - self.passed_fen - self.out_fen


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger of one kind. ``sources`` and ``places`` (the county itself, then its townships) each add up to
    ``total``; ``villages`` are what went out to households there. ``gap_fen`` is by how much they do not: 0."""

    kind: str
    sources: tuple[Account, ...]
    places: tuple[Account, ...]
    villages: tuple[Account, ...]
    total: Account

    @property
    def gap_fen(self) -> int:
        """Fen by which the three ways of counting differ from the total, each by each; 0 where all is well."""
        left, out = self.total.left_fen, self.total.out_fen
        by_source = abs(sum(one.left_fen for one in self.sources) - left)
        by_place = abs(sum(one.left_fen for one in self.places) - left)
        return by_source + by_place + abs(sum(one.out_fen for one in self.villages) - out)


def book(kind: str, sums: Iterable[Sum], area: str) -> Book:
    """The ledger of money or goods for an ``area`` (a county's or a township's code). In a county what it passes on to
    its own townships stays inside: it is neither in nor out of the whole."""
    found = [one for one in sums if one.kind == kind and one.place.startswith(area)]
    whole = len(area) == COUNTY
    inside = [replace(one, given_fen=0, passed_fen=0) for one in found] if whole else found
    return Book(
        kind,
        _accounts(inside, lambda one: one.source),
        _accounts(found, lambda one: one.place[:TOWNSHIP]),
        _accounts((one for one in found if len(one.place) == VILLAGE), lambda one: one.place),
        next(iter(_accounts(inside, lambda _: area)), Account(area)),
    )


def _accounts(sums: Iterable[Sum], named: Callable[[Sum], str]) -> tuple[Account, ...]:
    parts: dict[str, list[Sum]] = defaultdict(list)
    for one in sums:
        parts[named(one)].append(one)
    return tuple(
        Account(
            name,
            sum(one.received_fen + one.given_fen for one in of),
            sum(one.passed_fen for one in of),
            sum(one.out_fen for one in of),
        )
        for name, of in sorted(parts.items())
    )
