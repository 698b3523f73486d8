"""What of the payments somebody has to look after: households for a list, rows to ask the bank about, people to be
asked in person."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.card_numbers import mask_card
from intake.models import (
    BankReturn,
    BankReturnRow,
    Case,
    Contact,
    Division,
    Grant,
    Household,
    PaymentLine,
    PaymentList,
)
from intake.payments.candidates import CHAT, inside, unlisted
from intake.payments.codes import Outcome
from intake.reads.payment_lists import ODD

MOST = 20
"""Rows of each that a page shows; one more says that there are more."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Accepted grants of a township that no list has; ``without`` of them have no card. Money in fen."""

    township: str
    name: str
    households: int
    amount_fen: int
    without: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A row of a bank's file that somebody has to ask about. Money in fen."""

    list_id: int
    number: str
    return_id: int
    position: int
    outcome: str
    card: str
    amount_fen: int | None
    said: str


@dataclass(frozen=True, slots=True)
class InPerson:
    """A household whose money came back (``reason``), or that has no card, and whom no chat reaches. Money in fen."""

    case_id: int
    number: str
    head: str
    village_name: str
    amount_fen: int
    reason: str


async def ready(db: AsyncSession, official: Official, scheme_id: int) -> list[Ready]:
    """What can be put on lists, by township."""
    township = func.substr(Case.village, 1, 9)
    counted = (
        select(
            township.label("code"),
            func.count().label("households"),
            func.sum(Grant.amount_fen).label("fen"),
            func.count().filter(Household.bank_card.is_(None)).label("without"),
        )
        .join(Grant, Grant.case_id == Case.id)
        .join(Household, Household.id == Case.household_id)
        .where(*inside(official, scheme_id, official.division or ""), unlisted())
        .group_by(township)
        .subquery()
    )
    query = select(counted, Division.name).join(Division, Division.code == counted.c.code).order_by(counted.c.code)
    rows = await db.execute(query)
    return [Ready(row.code, row.name, row.households, int(row.fen or 0), row.without) for row in rows]


async def loose(db: AsyncSession, official: Official, scheme_id: int, *, list_id: int = 0) -> list[Loose]:
    """Rows of bank files that somebody has to ask about, the newest file first: :data:`MOST`, and one more."""
    query = (
        select(
            PaymentList.id,
            PaymentList.number,
            BankReturn.id,
            BankReturnRow.position,
            BankReturnRow.outcome,
            BankReturnRow.card,
            BankReturnRow.amount_fen,
            BankReturnRow.said,
        )
        .join(BankReturn, BankReturn.list_id == PaymentList.id)
        .join(BankReturnRow, BankReturnRow.return_id == BankReturn.id)
        .where(
            within(official, PaymentList.division),
            PaymentList.scheme_id == scheme_id,
            BankReturnRow.outcome.in_(ODD),
        )
        .order_by(BankReturn.id.desc(), BankReturnRow.position)
        .limit(MOST + 1)
    )
    rows = await db.execute(query.where(PaymentList.id == list_id) if list_id else query)
    return [Loose(*row[:5], mask_card(row[5]), *row[6:]) for row in rows]


async def in_person(db: AsyncSession, official: Official, scheme_id: int) -> list[InPerson]:
    """Accepted households that no list has because their money came back or they have no card, and whom no chat
    reaches: :data:`MOST`, and one more."""
    last = (
        select(PaymentLine.case_id, func.max(PaymentLine.id).label("id"))
        .where(PaymentLine.outcome == Outcome.FAILED.value)
        .group_by(PaymentLine.case_id)
        .subquery()
    )
    query = (
        select(Case.id, Case.number, Household.head, Division.name, Grant.amount_fen, PaymentLine.reason)
        .join(Grant, Grant.case_id == Case.id)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Contact, Contact.id == Case.contact_id)
        .outerjoin(last, last.c.case_id == Case.id)
        .outerjoin(PaymentLine, and_(PaymentLine.id == last.c.id))
        .where(
            *inside(official, scheme_id, official.division or ""),
            unlisted(),
            Contact.channel.not_in(CHAT),
            PaymentLine.id.is_not(None) | Household.bank_card.is_(None),
        )
        .order_by(Case.village, Case.number)
        .limit(MOST + 1)
    )
    rows = await db.execute(query)
    return [InPerson(*row[:4], row[4] or 0, row[5] or "") for row in rows]
