"""Payment lists of an area, with what became of their lines."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import BankReturn, BankReturnRow, Division, PaymentLine, PaymentList, PaymentRelease
from intake.payments.codes import ANOMALIES, ListState, Outcome
from intake.reads.lists import PER_PAGE, paged

ODD = [one.value for one in ANOMALIES]
Sums = dict[Outcome, tuple[int, int]]
"""Households and fen by outcome."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list in a table; ``odd`` rows of bank files have to be asked about. Money in fen."""

    id: int
    number: str
    place: str
    bank_name: str
    state: ListState
    made_at: datetime
    lines: int
    total_fen: int
    sums: Sums
    odd: int

    @classmethod
    def of(cls, one: PaymentList, place: str, sums: Sums, odd: int) -> "ListRow":
        """The row of a stored list."""
        bank = str(one.template.get("name", one.bank))
        return cls(
            one.id, one.number, place, bank, ListState(one.state), one.made_at, one.lines, one.total_fen, sums, odd
        )


async def find_lists(
    db: AsyncSession,
    official: Official,
    scheme_id: int,
    *,
    township: str = "",
    bank: str = "",
    state: str = "",
    page: int = 1,
) -> tuple[list[ListRow], int]:
    """One page of the lists of the official's area, the newest first, and how many there are."""
    kept = [within(official, PaymentList.division), PaymentList.scheme_id == scheme_id]
    kept += [PaymentList.division == township] if township else []
    kept += [PaymentList.bank == bank] if bank else []
    kept += [PaymentList.state == state] if state else []
    newest = (PaymentList.made_at.desc(), PaymentList.id.desc())
    query = select(PaymentList, Division.name).join(Division, Division.code == PaymentList.division).where(*kept)
    rows, total = await paged(db, query.order_by(*newest), page, PER_PAGE)
    ids = [one.id for one, _place in rows]
    sums, odd = await sums_of(db, ids), await odd_of(db, ids)
    return [ListRow.of(one, place, sums.get(one.id, {}), odd.get(one.id, 0)) for one, place in rows], total


async def list_places(db: AsyncSession, official: Official, scheme_id: int) -> list[tuple[str, str]]:
    """Code and name of the places whose lists there are."""
    query = (
        select(Division.code, Division.name)
        .join(PaymentList, PaymentList.division == Division.code)
        .where(within(official, PaymentList.division), PaymentList.scheme_id == scheme_id)
        .distinct()
        .order_by(Division.code)
    )
    return [(row.code, row.name) for row in await db.execute(query)]


async def sums_of(db: AsyncSession, ids: Collection[int]) -> dict[int, Sums]:
    """What became of the lines of these lists."""
    query = (
        select(PaymentLine.list_id, PaymentLine.outcome, func.count(), func.sum(PaymentLine.amount_fen))
        .where(PaymentLine.list_id.in_(ids))
        .group_by(PaymentLine.list_id, PaymentLine.outcome)
    )
    found: dict[int, Sums] = {}
    for list_id, outcome, count, fen in await db.execute(query):
        found.setdefault(list_id, {})[Outcome(outcome)] = (count, int(fen))
    return found


async def odd_of(db: AsyncSession, ids: Collection[int]) -> dict[int, int]:
    """How many rows of the bank's files have to be asked about, by list."""
    query = (
        select(BankReturn.list_id, func.count())
        .join(BankReturnRow, BankReturnRow.return_id == BankReturn.id)
        .where(BankReturn.list_id.in_(ids), BankReturnRow.outcome.in_(ODD))
        .group_by(BankReturn.list_id)
    )
    return {row[0]: row[1] for row in await db.execute(query)}


async def count_to_release(db: AsyncSession, official: Official, scheme_id: int) -> int:
    """Lists of the official's area that wait for a release and that this official has not released (L12)."""
    mine = select(PaymentRelease.list_id).where(PaymentRelease.staff_id == official.id)
    query = select(func.count()).where(
        within(official, PaymentList.division),
        PaymentList.scheme_id == scheme_id,
        PaymentList.state == ListState.MADE.value,
        PaymentList.id.not_in(mine),
    )
    return await db.scalar(query) or 0
