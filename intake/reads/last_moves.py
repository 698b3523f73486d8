"""Who moved cases last, for the official who comes too late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Approval, Case, Staff
from intake.procedure import Action, Pass
from intake.reads.seasons import stage_of


@dataclass(frozen=True, slots=True)
class Moved:
    """The action that brought a case to where it stands, and who took it."""

    staff_id: int
    name: str
    action: Action
    at: datetime


async def last_moves(db: AsyncSession, official: Official, pass_: Pass, ids: Collection[int]) -> dict[int, Moved]:
    """The last move of these cases in a pass, as far as they lie in the official's area and a person made it."""
    stage = stage_of(pass_)
    rows = await db.execute(
        select(Approval.case_id, Staff.id, Staff.name, Approval.action, Approval.at)
        .join(Staff, Staff.id == Approval.staff_id)
        .join(Case, Case.id == Approval.case_id)
        .join(stage, stage.case_id == Case.id)
        .where(
            Approval.case_id.in_(ids),
            Approval.pass_ == pass_.value,
            Approval.at == stage.changed_at,
            within(official, Case.village),
        )
        .order_by(Approval.id)
    )
    return {case_id: Moved(staff_id, name, Action(action), at) for case_id, staff_id, name, action, at in rows}
