"""Every entry of the ledger, one by one (L10): for the workbook. Names of people are not among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.ledger.book import COUNTY
from intake.models import Case, Fund, Handout, Payment
from intake.payment_sources import with_source
from intake.reads.funds import FundRow
from intake.scheme.parts import GOODS, MONEY


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``what`` happened (``received``, ``passed_on``, ``paid``, ``given``; ``…_back`` where it was taken
    back), at which place, and what came in or went out, in fen: less than nothing where it was taken back. ``number``
    is the case's, of what went to a household; goods say how many of what."""

    kind: str
    on: date
    what: str
    place: str
    source: str
    in_fen: int
    out_fen: int
    goods: str = ""
    number: str = ""
    document: str = ""


async def ledger_entries(db: AsyncSession, official: Official, scheme_id: int, funds: Iterable[FundRow]) -> list[Entry]:
    """All entries of the official's area: money first, then goods, each in the order of their days. What a county
    passes on inside its own area is both in and out: it changes no balance."""
    entries = [_of_fund(official, row) for row in funds]
    entries += await _paid(db, official, scheme_id)
    entries += await _given(db, official, scheme_id)
    return sorted(entries, key=lambda one: (one.kind != MONEY, one.on))


def _of_fund(official: Official, row: FundRow) -> Entry:
    inside = row.passed_from is not None and len(official.division or "") == COUNTY
    what = ("passed_on" if row.passed_from is not None else "received") + ("_back" if row.counters else "")
    goods = f"{row.item}{row.quantity}{row.unit}" if row.kind == GOODS else ""
    out_fen = row.worth_fen if inside else 0
    return Entry(
        row.kind, row.received_on, what, row.division, row.source, row.worth_fen, out_fen, goods, "", row.document
    )


async def _paid(db: AsyncSession, official: Official, scheme_id: int) -> list[Entry]:
    base = select(Payment.paid_on, Case.village, Payment.amount_fen, Case.number).join(Case, Case.id == Payment.case_id)
    query, source = with_source(base)
    rows: Any = await db.execute(
        query.add_columns(source.label("source"))
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .order_by(Payment.paid_on, Case.number)
    )
    return [Entry(MONEY, on, "paid", village, code, 0, fen, number=number) for on, village, fen, number, code in rows]


async def _given(db: AsyncSession, official: Official, scheme_id: int) -> list[Entry]:
    rows: Any = await db.execute(
        select(
            Handout.given_on,
            Handout.counters,
            Case.village,
            Fund.source,
            Handout.worth_fen,
            Fund.item,
            Handout.quantity,
            Fund.unit,
            Case.number,
        )
        .select_from(Handout)
        .join(Fund, Fund.id == Handout.fund_id)
        .join(Case, Case.id == Handout.case_id)
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .order_by(Handout.given_on, Case.number, Handout.id)
    )
    return [
        Entry(
            GOODS,
            on,
            "given_back" if counters else "given",
            village,
            source,
            0,
            fen,
            f"{item}{quantity}{unit}",
            number,
        )
        for on, counters, village, source, fen, item, quantity, unit, number in rows
    ]
