"""Every entry of the ledger as a paper: money first, then goods, each with its balance after every entry."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from admin.words import day
from intake.papers.model import Band, Column, Kind, Paper, Row, Table
from intake.reads.ledger_entries import Entry
from locales import Texts

_COLUMNS = (
    ("on", 2.6, Kind.TEXT),
    ("what", 2.2, Kind.TEXT),
    ("place", 4.2, Kind.TEXT),
    ("source", 1.8, Kind.TEXT),
    ("goods", 2.6, Kind.TEXT),
    ("in", 2.6, Kind.YUAN),
    ("out", 2.6, Kind.YUAN),
    ("balance", 2.8, Kind.YUAN),
    ("number", 3.8, Kind.TEXT),
    ("document", 3.0, Kind.TEXT),
)


def ledger_paper(
    t: Texts, entries: Sequence[Entry], names: Mapping[str, str], place: str, title: str, today: date
) -> Paper:
    """The paper; people's names are not on it."""
    columns = tuple(Column(t(f"admin.ledger.column.{key}"), width, kind) for key, width, kind in _COLUMNS)
    return Paper(
        title=t("admin.ledger.book.title", title=title),
        before=((t("admin.ledger.book.unit", place=place), t("admin.ledger.book.day", day=day(t, today))),),
        parts=(Table(columns, _rows(t, entries, names)),),
        after=((t("admin.ledger.book.note"),),),
        page=t("papers.page"),
        landscape=True,
    )


def _rows(t: Texts, entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Row | Band]:
    for kind, of_kind in groupby(entries, lambda one: one.kind):
        yield Band(t(f"budget_kind.{kind}"))
        balance = came = went = 0
        for one in of_kind:
            balance += one.in_fen - one.out_fen
            came, went = came + one.in_fen, went + one.out_fen
            yield Row(
                (
                    one.on.isoformat(),
                    t(f"admin.ledger.what.{one.what}"),
                    names.get(one.place, one.place),
                    t(f"source.{one.source}"),
                    one.goods,
                    one.in_fen or None,
                    one.out_fen or None,
                    balance,
                    one.number,
                    one.document,
                )
            )
        yield Row((t("admin.column.total"), "", "", "", "", came, went, balance, "", ""))
