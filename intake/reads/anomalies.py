"""Everything in the ledger of an official's area that looks wrong, for :mod:`intake.anomalies` to judge."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.anomalies.anomaly import Anomaly
from intake.anomalies.budgeted import over_budget
from intake.anomalies.countered import Countered, countered, many_countered
from intake.anomalies.lying import Lying, lying
from intake.anomalies.overdrawn import overdrawn, without_stock
from intake.anomalies.payments import Paid, odd_payments
from intake.anomalies.persons import Heads, too_many_helped
from intake.ledger.book import COUNTY, Book
from intake.ledger.left import Left
from intake.models import Case, Grant, Handout, Need, Payment, Staff
from intake.reads.funds import FundRow
from intake.scheme import SchemeContent
from intake.scheme.parts import GOODS
from store.clock import china_date

MOST = 200
"""Rows of one kind that are looked at; whoever has put these right sees the next."""


async def find_anomalies(
    db: AsyncSession,
    official: Official,
    scheme: tuple[int, SchemeContent],
    funds: Sequence[FundRow],
    left: dict[int, Left],
    books: Sequence[Book],
    today: date,
) -> list[Anomaly]:
    """The anomalies, the gravest first. A number of statements that does not depend on what there is."""
    scheme_id, content = scheme
    county = len(official.division or "") == COUNTY
    found: list[Anomaly] = []
    for one in books:
        found += overdrawn(one.places, one.kind, "place")
        found += overdrawn(one.sources, one.kind, "source")
        # A township does not see all that came in from a source: the budget is the county's.
        found += over_budget(one.kind, one.sources, content.budget) if county else []
    first = [row for row in funds if row.counters is None]
    goods = [(row.id, row.item, left[row.id]) for row in first if row.kind == GOODS]
    found += without_stock(goods)
    found += too_many_helped(await _heads(db, official, scheme_id))
    found += odd_payments(await _odd(db, official, scheme_id, content), content)
    found += lying(_lying(first, left, books), today)
    entries = [_of_fund(row) for row in funds if row.counters is not None]
    entries += await _of_handouts(db, official, scheme_id)
    return [*found, *many_countered(entries), *countered(entries)]


def _lying(funds: Sequence[FundRow], left: dict[int, Left], books: Sequence[Book]) -> list[Lying]:
    """Goods and the county's money fund by fund; a township's money as a whole, for a payment names no fund: since the
    last of it came."""
    found = [
        Lying(f"fund:{row.id}", left[row.id].worth_fen, row.received_on)
        for row in funds
        if row.kind == GOODS or len(row.division) == COUNTY
    ]
    rest = {one.name: one.left_fen for book in books if book.kind != GOODS for one in book.places}
    last: dict[str, date] = {}
    for row in funds:
        if row.kind != GOODS and len(row.division) != COUNTY:
            last[row.division] = max(last.get(row.division, row.received_on), row.received_on)
    return [*found, *(Lying(f"place:{code}", rest.get(code, 0), since) for code, since in last.items())]


def _of_fund(row: FundRow) -> Countered:
    return Countered(f"fund:{row.counters}", row.worth_fen, china_date(row.recorded_at), row.recorded_by, row.who)


async def _of_handouts(db: AsyncSession, official: Official, scheme_id: int) -> list[Countered]:
    rows: Any = await db.execute(
        select(Handout.case_id, Handout.worth_fen, Handout.recorded_at, Handout.given_by, Staff.name)
        .join(Case, Case.id == Handout.case_id)
        .join(Staff, Staff.id == Handout.given_by)
        .where(Handout.counters.is_not(None), Case.scheme_id == scheme_id, within(official, Case.village))
        .order_by(Handout.recorded_at.desc())
        .limit(MOST)
    )
    return [Countered(f"case:{case_id}", fen, china_date(at), staff, who) for case_id, fen, at, staff, who in rows]


async def _odd(db: AsyncSession, official: Official, scheme_id: int, content: SchemeContent) -> list[Paid]:
    """Payments outside of the days, or of another amount; only these are fetched."""
    odd = or_(
        Payment.paid_on < content.opens_on,
        Payment.paid_on >= min(content.pay_before, content.closes_on),
        Grant.amount_fen.is_(None),
        Payment.amount_fen != Grant.amount_fen,
    )
    rows: Any = await db.execute(
        select(Case.id, Case.number, Payment.paid_on, Payment.amount_fen, Grant.amount_fen)
        .select_from(Payment)
        .join(Grant, Grant.case_id == Payment.case_id)
        .join(Case, Case.id == Payment.case_id)
        .where(Case.scheme_id == scheme_id, within(official, Case.village), odd)
        .order_by(Case.number)
        .limit(MOST)
    )
    return [Paid(*row) for row in rows]


async def _heads(db: AsyncSession, official: Official, scheme_id: int) -> list[Heads]:
    def total(which: Any, of: Any) -> Any:
        return func.coalesce(func.sum(case((which, of), else_=0)), 0)

    given = select(Handout.case_id).where(Handout.counters.is_(None)).distinct().subquery()
    helped = Payment.case_id.is_not(None) | given.c.case_id.is_not(None)
    rows: Any = await db.execute(
        select(
            Case.village,
            total(Need.accepted, 1),
            total(Need.accepted, Case.persons_in_need),
            total(helped, 1),
            total(helped, Case.persons_in_need),
        )
        .select_from(Case)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Payment, Payment.case_id == Case.id)
        .outerjoin(given, given.c.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, within(official, Case.village))
        .group_by(Case.village)
        .order_by(Case.village)
    )
    return [Heads(village, *(int(count) for count in counts)) for village, *counts in rows]
