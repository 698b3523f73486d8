"""The ledger of money and goods (L10, G4) as sums by place, source and kind, of an official's area."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.ledger.book import Sum
from intake.models import Case, Fund, Handout, Payment
from intake.payment_sources import with_source
from intake.reads.funds import FundRow
from intake.scheme.parts import GOODS, MONEY


async def sums_out(db: AsyncSession, official: Official, scheme_id: int) -> list[Sum]:
    """What went out to households, by village and source: paid, and handed out."""
    return [*await _paid(db, official, scheme_id), *await _handed(db, official, scheme_id)]


def sums_in(rows: list[FundRow]) -> list[Sum]:
    """What came in and was passed on, row by row of the funds of an area."""
    found = []
    for row in rows:
        inside = row.passed_from is not None
        received, given = (0, row.worth_fen) if inside else (row.worth_fen, 0)
        found.append(Sum(row.division, row.source, row.kind, received_fen=received, given_fen=given))
        if inside:
            found.append(Sum(row.division[:6], row.source, row.kind, passed_fen=row.worth_fen))
    return found


async def _paid(db: AsyncSession, official: Official, scheme_id: int) -> list[Sum]:
    query, source = with_source(select(func.sum(Payment.amount_fen)).join(Case, Case.id == Payment.case_id))
    rows: Any = await db.execute(
        query.add_columns(Case.village, source.label("source"))
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .group_by(Case.village, source.label("source"))
    )
    return [Sum(village, code, MONEY, out_fen=int(fen)) for fen, village, code in rows]


async def _handed(db: AsyncSession, official: Official, scheme_id: int) -> list[Sum]:
    rows: Any = await db.execute(
        select(Case.village, Fund.source, func.sum(Handout.worth_fen))
        .select_from(Handout)
        .join(Case, Case.id == Handout.case_id)
        .join(Fund, Fund.id == Handout.fund_id)
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .group_by(Case.village, Fund.source)
    )
    return [Sum(village, source, GOODS, out_fen=int(fen)) for village, source, fen in rows]
