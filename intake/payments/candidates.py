"""Which accepted grants of an area can be put on a payment list, and which cannot, and why (L2, G4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.bank_cards import GIVEN
from intake.card_facts import still_counts
from intake.card_numbers import is_card
from intake.finding import index_of
from intake.models import Case, Contact, Division, EventRow, Grant, Household, Need, PaymentLine, PaymentList
from intake.payments.cards import bank_of
from intake.payments.codes import LIVE, Blocked, Outcome
from intake.procedure import State
from intake.scheme import SchemeContent
from intake.scheme.banks import Bank

CHAT = frozenset({"web", "wechat", "telegram"})
"""Channels on which a person can be asked; whoever applied otherwise is asked in person."""


@dataclass(frozen=True, slots=True)
class Payable:
    """An accepted grant that no list has. ``failed`` is the id of its last line, if that came back. Money in fen."""

    case_id: int
    number: str
    village: str
    village_name: str
    head: str
    amount_fen: int
    card: str
    index: bytes
    contact_id: int
    by_chat: bool
    failed: int | None = None
    failed_reason: str = ""
    bank: Bank | None = None
    blocked: Blocked | None = None


def unlisted() -> ColumnElement[bool]:
    """Whether a grant is accepted and on no list."""
    line = aliased(PaymentLine)
    on_a_list = exists().where(line.case_id == Grant.case_id, line.outcome.in_(LIVE))
    return (Grant.state == State.ACCEPTED.value) & ~on_a_list


def inside(official: Official, scheme_id: int, division: str) -> tuple[ColumnElement[bool], ...]:
    """Cases of a division within the official's area."""
    return (
        Case.scheme_id == scheme_id,
        within(official, Case.village),
        Case.village.between(division, division.ljust(12, "9")),
    )


async def candidates(
    db: AsyncSession, official: Official, scheme_id: int, content: SchemeContent, division: str
) -> list[Payable]:
    """All of them, in the order of village and number; ``blocked`` says why one cannot be listed."""
    rows: Sequence[Any] = (
        await db.execute(
            select(
                Case.id,
                Case.number,
                Case.village,
                Division.name,
                Household.head,
                Grant.amount_fen,
                Household.bank_card,
                Household.card_index,
                (Household.card_holder_index != Household.head_index).label("another_name"),
                Case.contact_id,
                Contact.channel,
            )
            .join(Grant, Grant.case_id == Case.id)
            .join(Household, Household.id == Case.household_id)
            .join(Division, Division.code == Case.village)
            .join(Contact, Contact.id == Case.contact_id)
            .where(*inside(official, scheme_id, division), unlisted())
            .order_by(Case.village, Case.number)
        )
    ).all()
    failed = await _failed(db, official, scheme_id, division)
    anew = await _given_since(db, failed)
    taken = await _taken(db, scheme_id)
    shared = await _shared(db, scheme_id)
    made = []
    for row in rows:
        card = row.bank_card or ""
        index, last = row.card_index or index_of(card), failed.get(row.id)
        bank = bank_of(card, content.paying_banks())
        blocked = None
        if not card:
            blocked = Blocked.NO_CARD
        elif not is_card(card):
            blocked = Blocked.NOT_A_CARD
        elif shared.get(index, 0) > 1 or taken.get(index, {row.id}) - {row.id}:
            blocked = Blocked.SHARED
        elif row.another_name:
            blocked = Blocked.ANOTHER_NAME
        elif last and last.card_index == index and row.id not in anew:
            blocked = Blocked.FAILED_CARD
        elif bank is None:
            blocked = Blocked.NO_BANK
        made.append(
            Payable(
                row.id,
                row.number,
                row.village,
                row.name,
                row.head,
                row.amount_fen or 0,
                card,
                index,
                row.contact_id,
                row.channel in CHAT,
                last.id if last else None,
                (last.reason or "") if last else "",
                bank,
                blocked,
            )
        )
    return made


async def _failed(db: AsyncSession, official: Official, scheme_id: int, division: str) -> dict[int, PaymentLine]:
    """The last line that came back, by case, of those that no list has now."""
    query = (
        select(PaymentLine)
        .join(Case, Case.id == PaymentLine.case_id)
        .join(Grant, Grant.case_id == Case.id)
        .where(*inside(official, scheme_id, division), unlisted(), PaymentLine.outcome == Outcome.FAILED.value)
        .order_by(PaymentLine.settled_at, PaymentLine.id)
    )
    return {line.case_id: line for line in await db.scalars(query)}


async def _given_since(db: AsyncSession, failed: Mapping[int, PaymentLine]) -> set[int]:
    """Cases whose card was given once more after the payment to it had come back: it was looked at."""
    if not failed:
        return set()
    query = (
        select(EventRow.subject, func.max(EventRow.at))
        .where(EventRow.kind == GIVEN, EventRow.subject.in_([f"case:{case_id}" for case_id in failed]))
        .group_by(EventRow.subject)
    )
    given = {int(row[0].partition(":")[2]): row[1] for row in await db.execute(query)}
    settled = {case_id: line.settled_at for case_id, line in failed.items()}
    return {case_id for case_id, at in given.items() if (since := settled[case_id]) is not None and at > since}


async def _shared(db: AsyncSession, scheme_id: int) -> dict[bytes, int]:
    """How many households of the season that are not out have each card, of those that several have (G4)."""
    having = (
        select(Household.card_index, func.count())
        .join(Case, Case.household_id == Household.id)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, Household.card_index.is_not(None), still_counts())
        .group_by(Household.card_index)
        .having(func.count() > 1)
    )
    return {bytes(index): count for index, count in await db.execute(having) if index is not None}


async def _taken(db: AsyncSession, scheme_id: int) -> dict[bytes, set[int]]:
    """Whose card each card on the season's lists is."""
    query = (
        select(PaymentLine.card_index, PaymentLine.case_id)
        .join(PaymentList, PaymentList.id == PaymentLine.list_id)
        .where(PaymentList.scheme_id == scheme_id, PaymentLine.outcome.in_(LIVE))
    )
    found: dict[bytes, set[int]] = {}
    for index, case_id in await db.execute(query):
        found.setdefault(bytes(index), set()).add(case_id)
    return found


def by_bank(payable: Collection[Payable]) -> dict[str, list[Payable]]:
    """Those that can be listed, by the code of their bank."""
    found: dict[str, list[Payable]] = {}
    for one in payable:
        if one.blocked is None and one.bank is not None:
            found.setdefault(one.bank.code, []).append(one)
    return found
