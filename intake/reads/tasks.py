"""What waits for an official, counted: their part of the procedure, notices that hang, people to be visited, needs to
be met, talks to be answered."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Discovery, Referral
from intake.procedure import Pass, State, actions
from intake.reads import handovers
from intake.reads.progress import waiting
from intake.reads.running_notices import running_notices
from intake.reads.seasons import current_scheme

STEPS = (State.APPLIED, State.REVIEWED, State.HELD, State.PROPOSED, State.AUDITED, State.ACCEPTED)
"""States in which a household waits for an official, in the order of the procedure."""


@dataclass(frozen=True, slots=True)
class Task:
    """``count`` of ``kind``: a state of the procedure, ``notice``, ``discovery``, ``referral`` or ``handover``.
    ``late`` of them are past their time."""

    kind: str
    count: int
    late: int = 0


async def tasks(db: AsyncSession, official: Official, now: datetime) -> list[Task]:
    """What waits for this official, in the order of the procedure; nothing that there is none of."""
    found = [*await _procedure(db, official)]
    notices = [one for one in await running_notices(db, official) if not one.closed]
    found.append(Task("notice", len(notices)))
    found.append(await _due(db, official, Discovery, "new", now))
    found.append(await _due(db, official, Referral, "open", now))
    talks = await handovers.waiting(db, official, now)
    found.append(Task("handover", len(talks), sum(talk.late for talk in talks)))
    return [task for task in found if task.count]


async def _procedure(db: AsyncSession, official: Official) -> list[Task]:
    scheme = await current_scheme(db, official)
    rows = await waiting(db, official, scheme[0].id, STEPS) if scheme else []
    mine: Counter[State] = Counter()
    for row in rows:
        # A need that is accepted waits for nobody: its grant does.
        if (row.pass_, row.state) != (Pass.NEED, State.ACCEPTED) and actions(row.pass_, row.state, official.role):
            mine[row.state] += row.households
    return [Task(state.value, mine[state]) for state in STEPS]


async def _due(
    db: AsyncSession, official: Official, table: type[Discovery] | type[Referral], state: str, now: datetime
) -> Task:
    mine = (within(official, table.village), table.state == state)
    count = await db.scalar(select(func.count()).select_from(table).where(*mine))
    late = await db.scalar(select(func.count()).select_from(table).where(*mine, table.due_at < now))
    return Task(table.__tablename__, count or 0, late or 0)
