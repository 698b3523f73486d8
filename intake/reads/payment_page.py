"""One payment list with a page of its lines, who made and released it, and the bank's files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, access_list
from intake.card_numbers import mask_card
from intake.models import BankReturn, Case, Division, PaymentLine, PaymentList, PaymentRelease, Staff
from intake.payments.codes import Outcome
from intake.reads.lists import PER_PAGE, paged
from intake.reads.payment_lists import ListRow, odd_of, sums_of
from intake.reads.payment_matters import Loose, loose


@dataclass(frozen=True, slots=True)
class LineRow:
    """One household of a list; its card masked. ``repays`` is the list of the line that came back, ``repaid`` the list
    that pays this one again: id and number. Money in fen."""

    id: int
    position: int
    case_id: int
    number: str
    head: str
    village_name: str
    card: str
    amount_fen: int
    outcome: Outcome
    reason: str
    paid_on: date | None
    repays: tuple[int, str] | None
    repaid: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A file of the bank; ``taken_at`` None: it was only looked at."""

    id: int
    read_at: datetime
    taken_at: datetime | None
    rows: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list; ``released`` are the names and instants of those who released it. Money in fen."""

    row: ListRow
    hash: str
    source: str
    format: str
    made_by: str
    released: tuple[tuple[str, datetime], ...]
    released_by_me: bool
    sent_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    why: str
    lines: tuple[LineRow, ...]
    total: int
    returns: tuple[Answered, ...]
    loose: tuple[Loose, ...]


async def list_page(
    db: AsyncSession, official: Official, list_id: int, *, outcome: str = "", page: int = 1
) -> ListPage:
    """A list of the official's area.

    Raises:
        OutOfAreaError: no such list there.
    """
    found = await access_list(db, official, list_id)
    place = await db.get_one(Division, found.division)
    sums, odd = await sums_of(db, [list_id]), await odd_of(db, [list_id])
    query = select(PaymentRelease.staff_id, Staff.name, PaymentRelease.at).join(Staff)
    released = (await db.execute(query.where(PaymentRelease.list_id == list_id).order_by(PaymentRelease.nth))).all()
    staff = select(Staff.id, Staff.name).where(Staff.id.in_({found.made_by, found.ended_by or 0}))
    people = {row.id: row.name for row in await db.execute(staff)}
    lines, total = await _lines(db, list_id, outcome, page)
    return ListPage(
        row=ListRow.of(found, place.name, sums.get(list_id, {}), odd.get(list_id, 0)),
        hash=found.hash.hex(),
        source=found.source,
        format=str(found.template.get("format", "")),
        made_by=people.get(found.made_by, ""),
        released=tuple((row.name, row.at) for row in released),
        released_by_me=official.id in {row.staff_id for row in released},
        sent_at=found.sent_at,
        ended_by=people.get(found.ended_by or 0, ""),
        ended_at=found.ended_at,
        why=found.why or "",
        lines=lines,
        total=total,
        returns=await _returns(db, list_id),
        loose=tuple(await loose(db, official, found.scheme_id, list_id=list_id)) if odd else (),
    )


async def _lines(db: AsyncSession, list_id: int, outcome: str, page: int) -> tuple[tuple[LineRow, ...], int]:
    query = select(PaymentLine.id).where(PaymentLine.list_id == list_id).order_by(PaymentLine.position)
    if outcome:
        query = query.where(PaymentLine.outcome == outcome)
    ids, total = await paged(db, query, page, PER_PAGE)
    before, before_list = aliased(PaymentLine), aliased(PaymentList)
    rows: Sequence[Any] = (
        await db.execute(
            select(PaymentLine, Case.number, Division.name, before_list.id, before_list.number)
            .join(Case, Case.id == PaymentLine.case_id)
            .join(Division, Division.code == Case.village)
            .outerjoin(before, before.id == PaymentLine.repays)
            .outerjoin(before_list, before_list.id == before.list_id)
            .where(PaymentLine.id.in_([row.id for row in ids]))
            .order_by(PaymentLine.position)
        )
    ).all()
    again = await _repaid(db, [row[0].id for row in rows])
    return tuple(
        LineRow(
            line.id,
            line.position,
            line.case_id,
            number,
            line.head,
            village,
            mask_card(line.card),
            line.amount_fen,
            Outcome(line.outcome),
            line.reason or "",
            line.paid_on,
            (before_id, before_number) if before_id else None,
            again.get(line.id),
        )
        for line, number, village, before_id, before_number in rows
    ), total


async def _repaid(db: AsyncSession, ids: Sequence[int]) -> dict[int | None, tuple[int, str]]:
    """The lists that pay these lines again."""
    query = (
        select(PaymentLine.repays, PaymentList.id, PaymentList.number)
        .join(PaymentList, PaymentList.id == PaymentLine.list_id)
        .where(PaymentLine.repays.in_(ids), PaymentLine.outcome != Outcome.DROPPED.value)
    )
    return {row[0]: (row[1], row[2]) for row in await db.execute(query)}


async def _returns(db: AsyncSession, list_id: int) -> tuple[Answered, ...]:
    query = select(BankReturn.id, BankReturn.read_at, BankReturn.taken_at, BankReturn.counts)
    rows = await db.execute(query.where(BankReturn.list_id == list_id).order_by(BankReturn.id))
    return tuple(Answered(row.id, row.read_at, row.taken_at, sum(row.counts.values())) for row in rows)
