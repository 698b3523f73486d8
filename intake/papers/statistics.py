"""The statistics of needs and of relief given (L11), as a draft: the ten columns D03001 to D03010 that are known. What
other columns the year's tables have nobody could verify: the county names them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.papers.model import Column, Kind, Paper, Row, Table
from intake.papers.money import capitals, yuan
from locales import Texts
from locales.figures import listed

_KNOWN = (
    ("head", 2.2, Kind.TEXT),
    ("id_number", 4.2, Kind.TEXT),
    ("phone", 2.9, Kind.TEXT),
    ("family", 2.4, Kind.TEXT),
    ("size", 1.5, Kind.COUNT),
    ("address", 3.6, Kind.TEXT),
    ("persons", 1.7, Kind.COUNT),
    ("money", 2.2, Kind.YUAN),
    ("goods", 1.8, Kind.YUAN),
    ("payment", 1.9, Kind.TEXT),
)
CODES = tuple(f"D03{number:03d}" for number in range(1, len(_KNOWN) + 1))
SHEETS = ("need", "given")
"""Those who are reported in need, and those who were given relief."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One household; money and the worth of goods in fen, None where nothing was paid or handed
    out."""

    head: str
    id_number: str
    phone: str
    family: str
    size: int
    address: str
    persons: int
    money_fen: int | None
    goods_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """``sheet`` is one of :data:`SHEETS`; ``more`` are headings of empty columns that the county adds."""

    sheet: str
    place: str = ""
    rows: Sequence[Counted] = ()
    more: tuple[str, ...] = ()


def statistics(t: Texts, facts: Statistics) -> Paper:
    """The paper, marked as a draft."""
    known = tuple(Column(t(f"papers.statistics.{key}"), width, kind) for key, width, kind in _KNOWN)
    more = tuple(Column(label, 2.2) for label in facts.more)
    money = sum(one.money_fen or 0 for one in facts.rows)
    goods = sum(one.goods_fen or 0 for one in facts.rows)
    summed = t(
        "papers.statistics.total",
        households=len(facts.rows),
        persons=sum(one.persons for one in facts.rows),
        yuan=yuan(money),
        capitals=capitals(money),
    )
    if goods:
        summed += t("papers.total.goods", yuan=yuan(goods))
    return Paper(
        mark=t("papers.statistics.draft"),
        title=t(f"papers.statistics.{facts.sheet}"),
        before=((t("papers.statistics.unit", place=facts.place),),),
        parts=(Table((*known, *more), _rows(t, facts), (*CODES, *("" for _ in more))),),
        after=((summed,), (t("papers.statistics.note"),)),
        page=t("papers.page"),
        landscape=True,
    )


def _forms(t: Texts, one: Counted) -> Iterator[str]:
    """By which forms the household was given something (L2)."""
    if one.money_fen:
        yield t("papers.card")
    if one.goods_fen:
        yield t("papers.in_goods")


def _rows(t: Texts, facts: Statistics) -> Iterator[Row]:
    for one in facts.rows:
        yield Row(
            (
                one.head,
                one.id_number,
                one.phone,
                t(f"family.{one.family}"),
                one.size,
                one.address,
                one.persons,
                one.money_fen,
                one.goods_fen,
                listed(t, _forms(t, one)),
                *("" for _ in facts.more),
            )
        )
