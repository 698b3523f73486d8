"""Registers and batches of an official's area: as a list, and one of them with its lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.batches.freeze import COUNTY, LEVELS, TOWNSHIP
from intake.models import Batch, BatchAct, BatchLine, Case, Division, EventRow, Staff
from intake.procedure import Pass, State
from intake.reads.lists import PER_PAGE
from intake.reads.seasons import stage_of

_YES = (State.ACCEPTED.value, State.PAID.value)
_NO = (State.REFUSED.value, State.APPEALED.value, State.FINAL.value, State.CUT.value)


@dataclass(frozen=True, slots=True)
class Listed:
    """One frozen list. Households and money (fen) are those that are on it now; ``accepted`` and ``refused`` (or cut)
    of them, the rest waits. ``left`` were taken off since."""

    id: int
    level: str
    division: str
    place: str
    number: int
    revision: int
    hash: str
    made_at: datetime
    made_by: str
    households: int
    persons: int
    amount_fen: int
    accepted: int
    refused: int
    left: int

    @property
    def waiting(self) -> int:
        """Households that nobody has decided on yet."""
        return self.households - self.accepted - self.refused


async def batches(
    db: AsyncSession, official: Official, scheme_id: int, pass_: Pass, level: str, page: int = 1
) -> tuple[list[Listed], int]:
    """One page of the lists of one level, newest first, and how many there are."""
    digits = next(digits for digits, name in LEVELS.items() if name == level)
    which = (
        Batch.scheme_id == scheme_id,
        Batch.pass_ == pass_.value,
        func.length(Batch.division) == digits,
        within(official, Batch.division),
    )
    total = await db.scalar(select(func.count()).select_from(Batch).where(*which)) or 0
    query = select(Batch.id).where(*which).order_by(Batch.made_at.desc(), Batch.number.desc(), Batch.id.desc())
    ids = list(await db.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
    return await _listed(db, pass_, ids), total


async def one_batch(db: AsyncSession, batch: Batch) -> Listed:
    """One list; whether the official may see it was asked before."""
    (found,) = await _listed(db, Pass(batch.pass_), [batch.id])
    return found


async def _listed(db: AsyncSession, pass_: Pass, ids: Sequence[int]) -> list[Listed]:
    stage = stage_of(pass_)
    live = BatchLine.left_in.is_(None)
    sums: Any = (
        select(
            BatchLine.batch_id,
            _count(live),
            func.coalesce(func.sum(case((live, BatchLine.snapshot["persons"].as_integer()), else_=0)), 0),
            func.coalesce(func.sum(case((live, BatchLine.snapshot["amount_fen"].as_integer()), else_=0)), 0),
            _count(live & stage.state.in_(_YES)),
            _count(live & stage.state.in_(_NO)),
            _count(~live),
        )
        .join(stage, stage.case_id == BatchLine.case_id)
        .where(BatchLine.batch_id.in_(ids))
        .group_by(BatchLine.batch_id)
    )
    counted = {row[0]: row[1:] for row in await db.execute(sums)}
    rows = await db.execute(
        select(Batch, Division.name, Staff.name.label("who"))
        .join(Division, Division.code == Batch.division)
        .outerjoin(Staff, Staff.id == Batch.made_by)
        .where(Batch.id.in_(ids))
        .order_by(Batch.made_at.desc(), Batch.id.desc())
    )
    return [
        Listed(
            batch.id,
            LEVELS[len(batch.division)],
            batch.division,
            place,
            batch.number,
            batch.revision,
            batch.hash.hex(),
            batch.made_at,
            who or "",
            *(int(number) for number in counted[batch.id]),
        )
        for batch, place, who in rows
    ]


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One line as it was frozen, and where its household stands now. Money in fen."""

    case_id: int
    number: str
    head: str
    village: str
    persons: int
    amount_fen: int | None
    state: State
    left: bool
    why: str


async def frozen_lines(db: AsyncSession, batch: Batch, page: int) -> tuple[list[Frozen], int]:
    """One page of the lines, in the order of the cases, and how many there are; those that left too."""
    stage = stage_of(Pass(batch.pass_))
    total = await db.scalar(select(func.count()).select_from(BatchLine).where(BatchLine.batch_id == batch.id)) or 0
    rows: Any = await db.execute(
        select(BatchLine, stage.state, Division.name)
        .join(stage, stage.case_id == BatchLine.case_id)
        .join(Division, Division.code == BatchLine.snapshot["village"].as_string())
        .where(BatchLine.batch_id == batch.id)
        .order_by(BatchLine.case_id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return [_frozen(line, State(state), village) for line, state, village in rows], total


def _frozen(line: BatchLine, state: State, village: str) -> Frozen:
    said = line.snapshot
    return Frozen(
        line.case_id,
        said["number"],
        said["head"],
        village,
        said["persons"],
        said["amount_fen"],
        state,
        line.left_in is not None,
        line.why or "",
    )


@dataclass(frozen=True, slots=True)
class Revision:
    """What made or changed a list: when, by whom (empty for the applicant and the clock), how many left, and the hash
    from then on."""

    number: int
    at: datetime
    who: str
    left: int
    hash: str


async def revisions(db: AsyncSession, batch_id: int) -> list[Revision]:
    """The revisions of a list, oldest first, as the event chain has them."""
    events = list(
        await db.scalars(select(EventRow).where(EventRow.subject == f"batch:{batch_id}").order_by(EventRow.seq))
    )
    staff = {int(event.actor[6:]) for event in events if event.actor.startswith("staff:")}
    names = {
        f"staff:{row.id}": row.name for row in await db.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff)))
    }
    return [
        Revision(
            event.data["revision"],
            event.at,
            names.get(event.actor, ""),
            len(event.data.get("left", ())),
            event.data["hash"],
        )
        for event in events
        if "revision" in event.data
    ]


async def deciders(db: AsyncSession, batch_id: int) -> list[str]:
    """Who of the county has decided on a batch, by name."""
    query = (
        select(Staff.name)
        .join(BatchAct, BatchAct.staff_id == Staff.id)
        .where(BatchAct.batch_id == batch_id, BatchAct.level == COUNTY)
        .order_by(BatchAct.at)
    )
    return list(await db.scalars(query))


async def audited_in(db: AsyncSession, official: Official, scheme_id: int, pass_: Pass) -> dict[str, list[int]]:
    """The audited households of the official's area that are on no batch yet, by village."""
    stage: Any = stage_of(pass_)
    rows = await db.execute(
        select(Case.village, Case.id)
        .join(stage, stage.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, within(official, Case.village), stage.state == State.AUDITED.value)
        .order_by(Case.village, Case.id)
    )
    found: dict[str, list[int]] = {}
    for village, case_id in rows:
        found.setdefault(village, []).append(case_id)
    return found


@dataclass(frozen=True, slots=True)
class OnBatch:
    """The township's batch that a household is on."""

    id: int
    place: str
    number: int


async def batches_of(db: AsyncSession, pass_: Pass, case_ids: Collection[int]) -> dict[int, OnBatch]:
    """The township's batch of each of these cases, where it is on one; whether they may be seen was asked before."""
    query = (
        select(BatchLine.case_id, Batch.id, Division.name, Batch.number)
        .join(Batch, Batch.id == BatchLine.batch_id)
        .join(Division, Division.code == Batch.division)
        .where(
            BatchLine.case_id.in_(case_ids),
            BatchLine.pass_ == pass_.value,
            BatchLine.level == TOWNSHIP,
            BatchLine.left_in.is_(None),
        )
    )
    return {case_id: OnBatch(id_, place, number) for case_id, id_, place, number in await db.execute(query)}
