"""Form 4 (受灾人员冬春生活困难救助资金和物资发放表): what is paid to whom. Three copies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from intake.papers.model import Band, Column, Kind, Paper, Row, Table, empty
from intake.papers.money import capitals, yuan
from intake.papers.words import BY_HAND, Place, Sum, written
from locales import Texts

_ROWS = 19
"""Empty rows of the official form."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One household and what it gets, in fen; ``card`` is where to. ``goods`` are those it was handed, in words, worth
    ``goods_fen``. ``place`` names its village on a list of several,
    and is empty on a village's own."""

    head: str
    size: int
    persons: int
    card: str
    family: str
    money_fen: int
    goods: str = ""
    place: str = ""
    goods_fen: int = 0


@dataclass(frozen=True, slots=True)
class Form4:
    """The list of a village, township or county; the rows of one village stand together."""

    place: Place = BY_HAND
    rows: Sequence[Paid] = ()
    clerk: str = ""

    @property
    def sum(self) -> Sum:
        """All rows together."""
        return Sum(
            len(self.rows),
            sum(one.persons for one in self.rows),
            sum(one.money_fen for one in self.rows),
            sum(one.goods_fen for one in self.rows),
        )


def form4(t: Texts, facts: Form4) -> Paper:
    """The paper; without rows it is blank."""
    columns = (
        Column(t("papers.form4.head"), 1.0, Kind.COUNT),
        Column("", 2.2, joined=True),
        Column(t("papers.form4.size"), 1.2, Kind.COUNT),
        Column(t("papers.form4.persons"), 1.5, Kind.COUNT),
        Column(t("papers.form4.card"), 3.9),
        Column(t("papers.form4.family"), 2.5),
        Column(t("papers.form4.money"), 1.7, Kind.YUAN),
        Column(t("papers.form4.goods"), 1.9),
        Column(t("papers.form4.signature"), 2.1),
    )
    unit = t(
        "papers.form4.unit",
        county=written(facts.place.county),
        township=written(facts.place.township),
        village=written(facts.place.village),
    )
    total = facts.sum
    summed = t(
        "papers.form4.total",
        households=total.households,
        persons=total.persons,
        yuan=yuan(total.money_fen or 0),
        capitals=capitals(total.money_fen or 0),
    )
    if total.goods_fen:
        summed += t("papers.total.goods", yuan=yuan(total.goods_fen))
    return Paper(
        mark=t("papers.form4.mark"),
        title=t("papers.form4.title"),
        before=((unit, t("papers.form4.clerk", clerk=written(facts.clerk))),),
        parts=(Table(columns, _rows(t, facts.rows) if facts.rows else empty(columns, _ROWS)),),
        after=(*(((summed,),) if facts.rows else ()), (t("papers.form4.note"),)),
        page=t("papers.page"),
    )


def _rows(t: Texts, rows: Sequence[Paid]) -> Iterator[Row | Band]:
    """The rows with a band above each village of several; each village counts from 1."""
    for place, of_village in groupby(rows, lambda one: one.place):
        if place:
            yield Band(place)
        for number, one in enumerate(of_village, 1):
            family = t(f"family.{one.family}")
            yield Row((number, one.head, one.size, one.persons, one.card, family, one.money_fen, one.goods, ""))
