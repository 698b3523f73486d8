"""What happened to a case: its events, with the names and reasons behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Approval, EventRow, Staff


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


async def history(db: AsyncSession, case_id: int) -> tuple[Step, ...]:
    """The events of one case, oldest first."""
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
