"""Funds as officials see them: every row of their area, and what is left of each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import PREFIX, Official, OutOfAreaError, within
from intake.fund_left import left_of
from intake.ledger.left import Left
from intake.models import Division, Fund, Staff
from intake.procedure import Role
from intake.scheme.parts import GOODS


@dataclass(frozen=True, slots=True)
class FundRow:
    """One row of the funds; see :class:`intake.models.Fund`. Money in fen."""

    id: int
    scheme_id: int
    division: str
    place: str
    source: str
    kind: str
    item: str
    unit: str
    quantity: int
    worth_fen: int
    received_on: date
    document: str
    passed_from: int | None
    counters: int | None
    recorded_by: int
    who: str
    recorded_at: datetime
    reason: str


def of_area(official: Official, column: Any) -> ColumnElement[bool]:
    """The funds of the official's area: the county's and its townships'; a village's are those of its township."""
    if official.role is Role.VILLAGE and official.division is not None:
        ours = len(official.division) == PREFIX[Role.VILLAGE]
        return column == official.division[: PREFIX[Role.TOWNSHIP]] if ours else false()
    return within(official, column)


async def fund_rows(db: AsyncSession, official: Official, scheme_id: int) -> list[FundRow]:
    """Every row of the area and season, counter entries too, in the order in which they were written down."""
    return await _rows(db, of_area(official, Fund.division), Fund.scheme_id == scheme_id)


async def fund_page(db: AsyncSession, official: Official, fund_id: int) -> tuple[list[FundRow], Left]:
    """One fund, then everything that was passed on from it or taken back; and what is left of it.

    Raises:
        OutOfAreaError: no such fund in the official's area, or a counter entry.
    """
    about = (Fund.id == fund_id) | (Fund.counters == fund_id) | (Fund.passed_from == fund_id)
    rows = await _rows(db, of_area(official, Fund.division), about)
    first = [row for row in rows if row.id == fund_id and row.counters is None]
    if not first:
        raise OutOfAreaError
    others = [row for row in rows if row.id != fund_id]
    return [*first, *others], (await left_of(db, [fund_id]))[fund_id]


@dataclass(frozen=True, slots=True)
class Stock:
    """Goods of one fund of a township, and what is left of them."""

    fund: FundRow
    left: Left


async def stocks(db: AsyncSession, official: Official, scheme_id: int, township: str = "") -> list[Stock]:
    """The goods of the official's area, or of one of its townships, fund by fund: what is handed out from."""
    rows = await fund_rows(db, official, scheme_id)
    goods = [row for row in rows if row.kind == GOODS and row.counters is None and row.division.startswith(township)]
    left = await left_of(db, [row.id for row in goods])
    return [Stock(row, left[row.id]) for row in goods]


async def _rows(db: AsyncSession, *which: ColumnElement[bool]) -> list[FundRow]:
    rows: Any = await db.execute(
        select(Fund, Division.name, Staff.name)
        .join(Division, Division.code == Fund.division)
        .join(Staff, Staff.id == Fund.recorded_by)
        .where(*which)
        .order_by(Fund.recorded_at, Fund.id)
    )
    return [
        FundRow(
            one.id,
            one.scheme_id,
            one.division,
            place,
            one.source,
            one.kind,
            one.item,
            one.unit,
            one.quantity,
            one.worth_fen,
            one.received_on,
            one.document,
            one.passed_from,
            one.counters,
            one.recorded_by,
            who,
            one.recorded_at,
            one.reason,
        )
        for one, place, who in rows
    ]
