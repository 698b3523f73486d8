"""Form 2: what a township sent to the county, batch by batch, and what the county approved of it."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.batches.freeze import TOWNSHIP
from intake.models import Approval, Batch, BatchLine, Case, Grant, Payment
from intake.papers.form2 import Form2
from intake.papers.words import Sum
from intake.procedure import Action, Pass, State
from intake.reads.papers.area import GOODS, MONEY, Area
from intake.reads.seasons import stage_of
from store.clock import china_date

_APPROVED = (State.ACCEPTED.value, State.PAID.value)


def refused_by_county(stage: Any, pass_: Pass) -> Any:
    """The condition that the county, not the village, refused a case."""
    acts = select(Approval.id).where(
        Approval.case_id == stage.case_id,
        Approval.pass_ == pass_.value,
        Approval.revision == stage.revision,
        Approval.action == Action.REFUSE.value,
    )
    return (stage.state == State.REFUSED.value) & acts.exists()


async def form2_facts(db: AsyncSession, area: Area, pass_: Pass, number: int | None = None) -> Form2:
    """The counts of one pass, of one batch by its number or of all together; the first pass has no money yet.
    Goods are those that were handed out."""
    batches = [
        batch
        for batch in await batches_of(db, area, pass_)
        if batch.division == area.code and number in (None, batch.number)
    ]
    ids = [batch.id for batch in batches]
    stage: Any = stage_of(pass_)
    sent = await _sum(db, area, pass_, ids)
    decided = await _sum(db, area, pass_, ids, stage.state.in_(_APPROVED))
    on = china_date(batches[-1].made_at) if len(batches) == 1 else None
    return Form2(area.place, on, sent if sent.households else None, decided if decided.households else None)


async def batches_of(db: AsyncSession, area: Area, pass_: Pass, level: str = TOWNSHIP) -> list[Batch]:
    """The frozen lists of one level that have a household of this area on them, in the order of their numbers."""
    on = (
        select(BatchLine.batch_id)
        .join(Case, Case.id == BatchLine.case_id)
        .where(area.cases, BatchLine.pass_ == pass_.value, BatchLine.level == level, BatchLine.left_in.is_(None))
    )
    return list(await db.scalars(select(Batch).where(Batch.id.in_(on)).order_by(Batch.division, Batch.number)))


async def numbers_of(db: AsyncSession, area: Area) -> int:
    """The highest number of a township's batches, whichever pass."""
    highest = select(func.max(Batch.number)).where(Batch.scheme_id == area.scheme_id, Batch.division == area.code)
    return await db.scalar(highest) or 0


async def _sum(db: AsyncSession, area: Area, pass_: Pass, ids: list[int], *which: Any) -> Sum:
    stage = stage_of(pass_)
    money: Any = func.sum(MONEY) if stage is Grant else func.sum(0)
    goods: Any = func.sum(GOODS) if stage is Grant else func.sum(0)
    query = select(func.count(), func.coalesce(func.sum(Case.persons_in_need), 0), money, goods).select_from(Case)
    query = query.join(stage, stage.case_id == Case.id).join(BatchLine, BatchLine.case_id == Case.id)
    if stage is Grant:
        query = query.outerjoin(Payment, Payment.case_id == Case.id)
    inside = (BatchLine.batch_id.in_(ids), BatchLine.left_in.is_(None))
    counted: Any = (await db.execute(query.where(area.cases, *inside, *which))).one()
    households, persons, fen, goods_fen = counted
    return Sum(households, int(persons), int(fen or 0) if stage is Grant else None, int(goods_fen or 0))
