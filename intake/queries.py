"""What officials look at: how much waits where, and the households behind it. Everything goes through the door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake import id_number
from intake.access import Official, access_case, within
from intake.models import (
    Approval,
    Case,
    Division,
    Grant,
    Household,
    Need,
    Notice,
    NoticeCase,
    Objection,
    Review,
    Scheme,
    Vote,
)
from intake.moves import scheme_of
from intake.procedure import BACK_TO_REVIEW, Pass, State
from intake.scheme import SchemeContent


def stage_of(pass_: Pass) -> type[Need] | type[Grant]:
    """The table of a pass."""
    return Need if pass_ is Pass.NEED else Grant


async def current_scheme(db: AsyncSession, official: Official) -> tuple[Scheme, SchemeContent] | None:
    """The newest season's scheme of the official's county, or None where there is none."""
    if official.division is None:
        return None
    query = select(Scheme.id).where(Scheme.county == official.division[:6]).order_by(Scheme.season.desc()).limit(1)
    scheme_id = await db.scalar(query)
    return None if scheme_id is None else await scheme_of(db, scheme_id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many households of a village stand in one state of a pass. Money in fen, 0 in the NEED pass."""

    pass_: Pass
    state: State
    village: str
    village_name: str
    township_name: str
    households: int
    persons: int
    amount_fen: int


async def waiting(
    db: AsyncSession,
    official: Official,
    scheme_id: int,
    states: Collection[State],
    only: Collection[Pass] = tuple(Pass),
) -> list[Waiting]:
    """The official's area by pass, village and state, in the order of the villages' codes."""
    found: list[Waiting] = []
    township = aliased(Division)
    for pass_ in only:
        stage = stage_of(pass_)
        amount: Any = func.coalesce(func.sum(Grant.amount_fen), 0) if stage is Grant else literal_column("0")
        rows: Any = await db.execute(
            select(
                stage.state,
                Case.village,
                Division.name,
                township.name,
                func.count(),
                func.sum(Case.persons_in_need),
                amount,
            )
            .join(Case, Case.id == stage.case_id)
            .join(Division, Division.code == Case.village)
            .join(township, township.code == Division.parent)
            .where(
                Case.scheme_id == scheme_id,
                within(official, Case.village),
                stage.state.in_([state.value for state in states]),
            )
            .group_by(stage.state, Case.village, Division.name, township.name)
            .order_by(Case.village)
        )
        found += [
            Waiting(pass_, State(state), code, village, above, count, int(persons), int(fen))
            for state, code, village, above, count, persons, fen in rows
        ]
    return found


@dataclass(frozen=True, slots=True)
class Running:
    """A notice whose days are not over, or that was closed with objections still open."""

    id: int
    pass_: Pass
    village: str
    village_name: str
    households: int
    closes_at: datetime
    closed: bool
    objections: int


async def running_notices(db: AsyncSession, official: Official) -> list[Running]:
    """The notices of the official's area that still need an eye, the one that ends first on top."""
    open_objections = (
        select(func.count())
        .where(Objection.notice_id == Notice.id, Objection.settled_at.is_(None))
        .correlate(Notice)
        .scalar_subquery()
    )
    rows: Any = await db.execute(
        select(Notice, Division.name, open_objections)
        .join(Division, Division.code == Notice.village)
        .where(within(official, Notice.village), Notice.closed_at.is_(None) | (open_objections > 0))
        .order_by(Notice.closes_at, Notice.id)
    )
    return [
        Running(
            notice.id,
            Pass(notice.pass_),
            notice.village,
            name,
            len(notice.lines),
            notice.closes_at,
            notice.closed_at is not None,
            objections,
        )
        for notice, name, objections in rows
    ]


@dataclass(frozen=True, slots=True)
class Voted:
    """What the last review meeting of a pass said of a household."""

    held_on: date
    votes_for: int
    votes_against: int
    present: int


@dataclass(frozen=True, slots=True)
class Line:
    """One household in one pass, with its ID number masked. Money in fen. ``came_back`` is why the review has to look
    again, empty the first time."""

    id: int
    number: str
    village: str
    village_name: str
    head: str
    id_masked: str
    household_size: int
    persons: int
    categories: tuple[str, ...]
    disasters: tuple[str, ...]
    reliefs: tuple[str, ...]
    reason: str
    state: State
    tier: str | None
    amount_fen: int | None
    statement: str
    has_card: bool
    came_back: str
    voted: Voted | None


async def lines(
    db: AsyncSession,
    official: Official,
    scheme_id: int,
    pass_: Pass,
    states: Collection[State],
    *,
    village: str | None = None,
    most: int = 50,
) -> list[Line]:
    """The first ``most`` households of the official's area in these states, in the order of village and number."""
    stage = stage_of(pass_)
    query = (
        select(Case, Household, Division.name, stage)
        .join(Household, Household.id == Case.household_id)
        .join(stage, stage.case_id == Case.id)
        .join(Division, Division.code == Case.village)
        .where(
            Case.scheme_id == scheme_id,
            within(official, Case.village),
            stage.state.in_([state.value for state in states]),
        )
        .order_by(Case.village, Case.number)
        .limit(most)
    )
    if village is not None:
        query = query.where(Case.village == village)
    rows: Any = (await db.execute(query)).all()
    ids = [row[0].id for row in rows]
    back = await _came_back(db, pass_, {row[0].id: row[3].revision for row in rows})
    voted = await _voted(db, pass_, ids)
    return [
        Line(
            id=case.id,
            number=case.number,
            village=case.village,
            village_name=village_name,
            head=household.head,
            id_masked=id_number.mask(household.id_number),
            household_size=case.household_size,
            persons=case.persons_in_need,
            categories=tuple(case.categories),
            disasters=tuple(case.disasters),
            reliefs=tuple(case.reliefs),
            reason=case.reason,
            state=State(stood.state),
            tier=stood.tier if pass_ is Pass.GRANT else None,
            amount_fen=stood.amount_fen if pass_ is Pass.GRANT else None,
            statement=(stood.statement or "") if pass_ is Pass.GRANT else "",
            has_card=bool(household.bank_card),
            came_back=back.get(case.id, ""),
            voted=voted.get(case.id),
        )
        for case, household, village_name, stood in rows
    ]


async def _came_back(db: AsyncSession, pass_: Pass, revisions: dict[int, int]) -> dict[int, str]:
    rows = await db.execute(
        select(Approval.case_id, Approval.revision, Approval.reason)
        .where(
            Approval.case_id.in_([case_id for case_id, revision in revisions.items() if revision > 1]),
            Approval.pass_ == pass_.value,
            Approval.action.in_([action.value for action in BACK_TO_REVIEW]),
        )
        .order_by(Approval.at)
    )
    return {row.case_id: row.reason for row in rows if row.revision == revisions[row.case_id] - 1}


async def _voted(db: AsyncSession, pass_: Pass, ids: Sequence[int]) -> dict[int, Voted]:
    rows = await db.execute(
        select(Vote.case_id, Review.held_on, Vote.votes_for, Vote.votes_against, Review.present)
        .join(Review, Review.id == Vote.review_id)
        .where(Vote.case_id.in_(ids), Review.pass_ == pass_.value)
        .order_by(Review.recorded_at)
    )
    return {row[0]: Voted(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class Named:
    """A household by its head, and how many of it are in need."""

    head: str
    persons: int


async def heads(db: AsyncSession, official: Official, ids: Collection[int]) -> dict[int, Named]:
    """The households of these cases, as far as they lie in the official's area."""
    rows = await db.execute(
        select(Case.id, Household.head, Case.persons_in_need)
        .join(Household, Household.id == Case.household_id)
        .where(Case.id.in_(ids), within(official, Case.village))
    )
    return {case_id: Named(head, persons) for case_id, head, persons in rows}


async def card_on_file(db: AsyncSession, official: Official, case_id: int) -> str:
    """The card that the household was paid to before, to be paid to again; empty where there is none.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_case(db, official, case_id)
    return (await db.get_one(Household, case.household_id)).bank_card or ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """An objection to a line of a notice, with its answer once there is one."""

    id: int
    case_id: int
    head: str
    text: str
    made_at: datetime
    settled_at: datetime | None
    upheld: bool | None
    answer: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A household of a notice and where it stands now."""

    case_id: int
    head: str
    state: State


async def on_notice(db: AsyncSession, official: Official, notice: Notice) -> tuple[list[Posted], list[Disputed]]:
    """The households of a notice and the objections to them."""
    stage = stage_of(Pass(notice.pass_))
    posted = await db.execute(
        select(Case.id, Household.head, stage.state)
        .join(NoticeCase, NoticeCase.case_id == Case.id)
        .join(Household, Household.id == Case.household_id)
        .join(stage, stage.case_id == Case.id)
        .where(NoticeCase.notice_id == notice.id, within(official, Case.village))
        .order_by(Case.number)
    )
    rows = [Posted(case_id, head, State(state)) for case_id, head, state in posted]
    names = {row.case_id: row.head for row in rows}
    disputes = await db.scalars(select(Objection).where(Objection.notice_id == notice.id).order_by(Objection.made_at))
    return rows, [
        Disputed(
            row.id, row.case_id, names[row.case_id], row.text, row.made_at, row.settled_at, row.upheld, row.answer or ""
        )
        for row in disputes
        if row.case_id in names
    ]
