"""What the helper looks at of one household, and what it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is settled already and only counted: a tier and an amount in fen (it may hold a raise, L5)."""

    tier: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Household:
    """One household: its case's ``key`` and ``number``, its village's twelve digits, who lives there and is in need
    (1 ≤ ``persons`` ≤ ``size``), codes of form 1. ``homeless_before`` is one whose house was rebuilt in an earlier
    season too (X6). ``land`` is its land in any one unit, None where nobody knows it."""

    key: int
    number: str
    village: str
    size: int
    persons: int
    categories: tuple[str, ...] = ()
    disasters: tuple[str, ...] = ()
    homeless_before: bool = False
    land: int | None = None
    fixed: Fixed | None = None

    @property
    def township(self) -> str:
        """The nine digits of its township."""
        return self.village[:TOWNSHIP]


TOWNSHIP, VILLAGE = 9, 12
"""Digits of a division's code."""


class Per(StrEnum):
    """To whom one piece of goods goes."""

    HOUSEHOLD = "household"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Goods:
    """A stock: its code, pieces, fen a piece, and whether a household gets one or each person in need does (L2)."""

    code: str
    stock: int
    value_fen: int
    per: Per


@dataclass(frozen=True, slots=True)
class Wish:
    """What there is, and what the county wants of it.

    ``money`` is fen for all, or fen by township (L9; one that is not named has none). ``at_most`` maps a tier to the
    share of an area's households, in percent, that may stand in it or above. ``ordered_by`` is the area, by digits of
    its code, in which a needier household never stands in a lower tier."""

    money: int | Mapping[str, int]
    at_most: Mapping[str, int] = field(default_factory=dict)
    goods: tuple[Goods, ...] = ()
    ordered_by: int = TOWNSHIP
