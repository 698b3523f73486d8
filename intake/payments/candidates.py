"""Which accepted grants of an area can be put on a payment list, and which cannot, and why (L2, G4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.bank_cards import GIVEN
from intake.card_facts import shared_cards
from intake.card_numbers import is_card
from intake.finding import index_of
from intake.models import Case, Contact, Division, EventRow, Grant, Household, PaymentLine, PaymentList
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
    rows = await _rows(db, *inside(official, scheme_id, division), unlisted())
    failed = await _failed(db, official, scheme_id, division)
    cards = _Cards(
        failed, await _given_since(db, failed), await _taken(db, scheme_id), await shared_cards(db, scheme_id)
    )
    banks = content.paying_banks()
    return [_payable(row, cards, bank_of(row.bank_card or "", banks)) for row in rows]


async def _rows(db: AsyncSession, *which: ColumnElement[bool]) -> Sequence[Any]:
    query = (
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
        .where(*which)
        .order_by(Case.village, Case.number)
    )
    return (await db.execute(query)).all()


@dataclass(frozen=True, slots=True)
class _Cards:
    """What is known of the season's cards: lines that came back and the cases whose card was given ``anew`` since, by
    case; whose card each card on a list is, and how many households have it, by its keyed index."""

    failed: Mapping[int, PaymentLine]
    anew: Collection[int]
    taken: Mapping[bytes, Collection[int]]
    shared: Mapping[bytes, int]

    def blocked(self, row: Any, bank: Bank | None) -> Blocked | None:
        """Why this household cannot be listed, the gravest first."""
        card, last = row.bank_card or "", self.failed.get(row.id)
        index = row.card_index or index_of(card)
        others = self.shared.get(index, 0) > 1 or any(one != row.id for one in self.taken.get(index, ()))
        faults = (
            (not card, Blocked.NO_CARD),
            (not is_card(card), Blocked.NOT_A_CARD),
            (others, Blocked.SHARED),
            (row.another_name, Blocked.ANOTHER_NAME),
            (last is not None and last.card_index == index and row.id not in self.anew, Blocked.FAILED_CARD),
            (bank is None, Blocked.NO_BANK),
        )
        return next((why for wrong, why in faults if wrong), None)


def _payable(row: Any, cards: _Cards, bank: Bank | None) -> Payable:
    card, last = row.bank_card or "", cards.failed.get(row.id)
    return Payable(
        row.id,
        row.number,
        row.village,
        row.name,
        row.head,
        row.amount_fen or 0,
        card,
        row.card_index or index_of(card),
        row.contact_id,
        row.channel in CHAT,
        last.id if last else None,
        (last.reason or "") if last else "",
        bank,
        cards.blocked(row, bank),
    )


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
