"""What waits for an official, counted: their part of the procedure, notices that hang, people to be visited, needs to
be met, talks to be answered."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.procedure import Pass, State, actions
from intake.reads import handovers
from intake.reads.discoveries import count_new
from intake.reads.progress import waiting
from intake.reads.referrals import count_open
from intake.reads.running_notices import running_notices
from intake.reads.seasons import current_scheme

STEPS = (
    State.APPLIED,
    State.INCOMPLETE,
    State.REVIEWED,
    State.HELD,
    State.PROPOSED,
    State.ASKED_VILLAGE,
    State.AUDITED,
    State.BATCHED,
    State.ASKED_TOWNSHIP,
    State.APPEALED,
    State.ACCEPTED,
)
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
    found.append(Task("discovery", *await count_new(db, official, now)))
    found.append(Task("referral", *await count_open(db, official, now)))
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
