"""Form 2: what a township audited and what the county approved of it."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Approval, Case, Grant, Payment
from intake.papers.form2 import Form2
from intake.papers.words import Sum
from intake.procedure import Action, Pass, State
from intake.reads.papers.area import MONEY, Area
from intake.reads.seasons import stage_of

_PASSED = (State.AUDITED.value, State.ACCEPTED.value, State.PAID.value)
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


async def form2_facts(db: AsyncSession, area: Area, pass_: Pass) -> Form2:
    """The counts of one pass; the first has no money yet."""
    stage: Any = stage_of(pass_)
    audited = await _sum(db, area, pass_, stage.state.in_(_PASSED) | refused_by_county(stage, pass_))
    decided = await _sum(db, area, pass_, stage.state.in_(_APPROVED))
    return Form2(area.place, None, audited if audited.households else None, decided if decided.households else None)


async def _sum(db: AsyncSession, area: Area, pass_: Pass, which: Any) -> Sum:
    stage = stage_of(pass_)
    money: Any = func.sum(MONEY) if stage is Grant else func.sum(0)
    query = select(func.count(), func.coalesce(func.sum(Case.persons_in_need), 0), money).select_from(Case)
    query = query.join(stage, stage.case_id == Case.id)
    if stage is Grant:
        query = query.outerjoin(Payment, Payment.case_id == Case.id)
    counted: Any = (await db.execute(query.where(area.cases, which))).one()
    households, persons, fen = counted
    return Sum(households, int(persons), int(fen or 0) if stage is Grant else None)
