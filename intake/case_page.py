"""One case whole, and the list in which cases are found, for officials: masked, and through the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import id_number, phone
from intake.access import Official, access_case, within
from intake.models import (
    Approval,
    Case,
    Division,
    EventRow,
    Grant,
    Household,
    Need,
    Notice,
    NoticeCase,
    Payment,
    Review,
    Staff,
    Vote,
)
from intake.procedure import Pass, State

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case stands in one pass. Money in fen."""

    pass_: Pass
    state: State
    revision: int
    changed_at: datetime
    tier: str | None = None
    amount_fen: int | None = None
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's history. ``who`` is an official's name, empty for the applicant and for the clock;
    ``data`` is the event's: codes and ids."""

    at: datetime
    kind: str
    actor: str
    who: str
    reason: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that spoke of the case, with its minutes."""

    pass_: Pass
    held_on: date
    form: str
    present: int
    votes_for: int
    votes_against: int
    minutes: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of a case that officials of its area see; personal fields masked. Money in fen."""

    case: Case
    village_name: str
    head: str
    id_masked: str
    phone_masked: str
    card_masked: str
    nominated: bool
    stages: tuple[Stage, ...]
    meetings: tuple[Met, ...]
    notices: tuple[tuple[int, Pass, datetime], ...]
    payment: tuple[int, date] | None
    history: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """The fields that are masked elsewhere, open. Whoever gets this must leave an event."""

    id_number: str
    phone: str
    bank_card: str
    nominator: Mapping[str, Any]


def mask_card(card: str | None) -> str:
    """The last four digits of a card, or nothing."""
    return f"**** {card[-4:]}" if card else ""


async def personal(db: AsyncSession, official: Official, case_id: int) -> Personal:
    """The open personal fields of a case.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_case(db, official, case_id)
    household = await db.get_one(Household, case.household_id)
    return Personal(
        household.id_number, phone.national(household.phone), household.bank_card or "", dict(case.nominator or {})
    )


async def dossier(db: AsyncSession, official: Official, case_id: int) -> Dossier:
    """Everything of one case.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_case(db, official, case_id)
    household = await db.get_one(Household, case.household_id)
    village = await db.get_one(Division, case.village)
    notices = await db.execute(
        select(Notice.id, Notice.pass_, Notice.opens_at)
        .join(NoticeCase, NoticeCase.notice_id == Notice.id)
        .where(NoticeCase.case_id == case_id)
        .order_by(Notice.opens_at)
    )
    payment = await db.get(Payment, case_id)
    return Dossier(
        case=case,
        village_name=village.name,
        head=household.head,
        id_masked=id_number.mask(household.id_number),
        phone_masked=phone.mask(household.phone),
        card_masked=mask_card(household.bank_card),
        nominated=case.nominator is not None,
        stages=await _stages(db, case_id),
        meetings=await _meetings(db, case_id),
        notices=tuple((row.id, Pass(row.pass_), row.opens_at) for row in notices),
        payment=(payment.amount_fen, payment.paid_on) if payment else None,
        history=await _history(db, case_id),
    )


async def _stages(db: AsyncSession, case_id: int) -> tuple[Stage, ...]:
    stages = []
    need, grant = await db.get(Need, case_id), await db.get(Grant, case_id)
    if need is not None:
        stages.append(Stage(Pass.NEED, State(need.state), need.revision, need.changed_at))
    if grant is not None:
        money = (grant.tier, grant.amount_fen, grant.statement or "")
        stages.append(Stage(Pass.GRANT, State(grant.state), grant.revision, grant.changed_at, *money))
    return tuple(stages)


async def _meetings(db: AsyncSession, case_id: int) -> tuple[Met, ...]:
    rows = await db.execute(
        select(Review, Vote)
        .join(Vote, Vote.review_id == Review.id)
        .where(Vote.case_id == case_id)
        .order_by(Review.recorded_at)
    )
    return tuple(
        Met(
            Pass(review.pass_),
            review.held_on,
            review.form,
            review.present,
            vote.votes_for,
            vote.votes_against,
            review.minutes,
        )
        for review, vote in rows
    )


async def _history(db: AsyncSession, case_id: int) -> tuple[Step, ...]:
    events = list(
        await db.scalars(select(EventRow).where(EventRow.subject == f"case:{case_id}").order_by(EventRow.seq))
    )
    approvals = await db.execute(select(Approval.id, Approval.reason).where(Approval.case_id == case_id))
    reasons = {row.id: row.reason for row in approvals}
    staff = {int(event.actor[6:]) for event in events if event.actor.startswith("staff:")}
    people = await db.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff)))
    names = {f"staff:{row.id}": row.name for row in people}
    return tuple(
        Step(
            event.at,
            event.kind,
            event.actor.partition(":")[0],
            names.get(event.actor, ""),
            reasons.get(event.data.get("approval", 0), ""),
            event.data,
        )
        for event in events
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One case in a list; ``pass_`` and ``state`` are where it stands now. Money in fen."""

    id: int
    number: str
    head: str
    village_name: str
    persons: int
    pass_: Pass
    state: State
    amount_fen: int | None
    filed_at: datetime


async def find_cases(
    db: AsyncSession,
    official: Official,
    *,
    words: str = "",
    at: tuple[Pass, State] | None = None,
    village: str = "",
    page: int = 1,
) -> tuple[list[Found], int]:
    """One page of :data:`PER_PAGE` cases of the official's area, newest first, and how many there are in all.

    ``words`` is part of the head's name or of the case number; ``at`` is where the case stands now.
    """
    query = (
        select(Case, Household.head, Division.name, Need.state, Grant.state, Grant.amount_fen)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(within(official, Case.village))
    )
    if words:
        query = query.where(
            or_(Household.head.contains(words, autoescape=True), Case.number.contains(words, autoescape=True))
        )
    if village:
        query = query.where(Case.village == village)
    if at is not None:
        pass_, state = at
        if pass_ is Pass.GRANT:
            query = query.where(Grant.state == state.value)
        else:
            query = query.where(Need.state == state.value, Grant.case_id.is_(None))
    total = await db.scalar(select(func.count()).select_from(query.with_only_columns(Case.id).subquery())) or 0
    rows = await db.execute(
        query.order_by(Case.filed_at.desc(), Case.number.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    )
    found = []
    for case, head, place, need, grant, amount in rows:
        pass_, state = (Pass.GRANT, State(grant)) if grant else (Pass.NEED, State(need))
        found.append(
            Found(case.id, case.number, head, place, case.persons_in_need, pass_, state, amount, case.filed_at)
        )
    return found, total


async def villages(db: AsyncSession, official: Official) -> list[tuple[str, str]]:
    """Code and name of the villages of the official's area that have cases."""
    having = select(Case.village).where(within(official, Case.village)).distinct()
    rows = await db.execute(
        select(Division.code, Division.name).where(Division.code.in_(having)).order_by(Division.code)
    )
    return [(code, name) for code, name in rows]
