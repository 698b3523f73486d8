"""What the papers have in common: places, days that may be left open, and counts of households."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.papers.model import GAP
from intake.papers.money import capitals, wan
from locales import Texts

BLANK = "____"
"""Room to write by hand."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper is from, without the kinds that the forms print behind the names (石门, not 石门村); empty where
    it is left to be written by hand."""

    county: str = ""
    township: str = ""
    village: str = ""


BY_HAND = Place()
"""A place that is written by hand."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Households, persons in need, money and the worth of goods in fen; money None where none is decided yet."""

    households: int
    persons: int
    money_fen: int | None
    goods_fen: int = 0

    @property
    def total_fen(self) -> int | None:
        """Money and goods together."""
        return None if self.money_fen is None else self.money_fen + self.goods_fen


def written(text: str) -> str:
    """A text, or room to write one."""
    return text or BLANK


def in_wan(fen: int | None) -> str:
    """Ten thousand yuan, or room to write them."""
    return BLANK if fen is None else wan(fen)


def in_capitals(t: Texts, fen: int | None) -> str:
    """A line with the amount in capitals, or nothing."""
    return "" if fen is None else t("papers.money", capitals=capitals(fen))


def day(t: Texts, on: date | None = None) -> str:
    """A day, or room to write one."""
    year, month, of_month = (str(part) for part in (on.year, on.month, on.day)) if on else (GAP * 4, GAP * 2, GAP * 2)
    return t("papers.date", year=year, month=month, day=of_month)


def joined(lines: Iterable[str]) -> str:
    """Lines one beneath the other, without the empty ones."""
    return "\n".join(line for line in lines if line)
