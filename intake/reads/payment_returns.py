"""A bank's file for officials: what it means for its list as it stands now, or what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, access_list
from intake.card_numbers import mask_card
from intake.models import BankReturn, BankReturnRow, PaymentLine, Staff
from intake.payments.bank_returns import see_return
from intake.payments.codes import RowOutcome
from intake.payments.matching import Closing

ORDER = (
    RowOutcome.UNKNOWN,
    RowOutcome.OVER,
    RowOutcome.UNDER,
    RowOutcome.LATE,
    RowOutcome.DUPLICATE,
    RowOutcome.UNREADABLE,
    RowOutcome.FAILED,
    RowOutcome.PAID,
    RowOutcome.TEXT,
)
"""Rows that somebody has to look at stand first."""
MOST = 100
"""Rows of each outcome that a page shows; all are kept."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row of the file; ``head`` is the household of its line, empty where the list has none. Money in fen."""

    position: int
    head: str
    card: str
    amount_fen: int | None
    said: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A file with its rows by outcome. ``closing`` and ``mark`` are there before it is taken, ``taken_at`` after.
    ``waiting`` are households that it does not name, whose lines go on waiting. Money in fen."""

    list_id: int
    number: str
    counts: Mapping[str, int]
    totals: Mapping[str, int]
    rows: Mapping[RowOutcome, Sequence[ReturnRow]]
    mark: str = ""
    closing: Closing | None = None
    waiting: tuple[tuple[str, int], ...] = field(default=())
    waiting_total: int = 0
    taken_at: datetime | None = None
    taken_by: str = ""
    paid_on: date | None = None


async def return_page(db: AsyncSession, official: Official, list_id: int, return_id: int) -> ReturnPage:
    """A file of a list in the official's area.

    Raises:
        OutOfAreaError: no such list or file there.
        RefusedError, UnsoundError: as for :func:`intake.payments.bank_returns.see_return`.
    """
    found = await access_list(db, official, list_id)
    kept = await db.get(BankReturn, return_id)
    if kept is None or kept.list_id != list_id:
        raise OutOfAreaError
    if kept.taken_at is None:
        return await _seen(db, official, list_id, return_id, found.number)
    who = await db.scalar(select(Staff.name).where(Staff.id == kept.taken_by))
    return ReturnPage(
        list_id,
        found.number,
        kept.counts,
        kept.totals,
        await _taken(db, return_id),
        taken_at=kept.taken_at,
        taken_by=who or "",
        paid_on=kept.paid_on,
    )


async def _seen(db: AsyncSession, official: Official, list_id: int, return_id: int, number: str) -> ReturnPage:
    _kept, seen = await see_return(db, official, list_id, return_id)
    matched = seen.matched
    query = select(PaymentLine.id, PaymentLine.head, PaymentLine.amount_fen).where(PaymentLine.list_id == list_id)
    lines = {row.id: (row.head, row.amount_fen) for row in await db.execute(query)}
    rows: dict[RowOutcome, list[ReturnRow]] = {}
    for row in matched.rows:
        some, said = rows.setdefault(row.outcome, []), row.said
        if len(some) < MOST:
            head = lines[row.line][0] if row.line is not None else ""
            words = " ".join(filter(None, (said.result, said.reason)))
            some.append(ReturnRow(said.position, head, mask_card(said.card), said.amount_fen, words))
    return ReturnPage(
        list_id,
        number,
        matched.counts,
        matched.totals,
        rows,
        seen.mark,
        seen.closing,
        tuple(lines[one] for one in matched.waiting[:MOST]),
        len(matched.waiting),
    )


async def _taken(db: AsyncSession, return_id: int) -> dict[RowOutcome, list[ReturnRow]]:
    found: dict[RowOutcome, list[ReturnRow]] = {}
    for outcome in ORDER:
        query = (
            select(BankReturnRow, PaymentLine.head)
            .outerjoin(PaymentLine, PaymentLine.id == BankReturnRow.line_id)
            .where(BankReturnRow.return_id == return_id, BankReturnRow.outcome == outcome.value)
            .order_by(BankReturnRow.position)
            .limit(MOST)
        )
        for row, head in await db.execute(query):
            some = found.setdefault(outcome, [])
            some.append(ReturnRow(row.position, head or "", mask_card(row.card), row.amount_fen, row.said))
    return found
