"""What of a season is still open, by kind (L10): looked at before it is closed."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Notice, Objection, Report
from intake.procedure import UNDECIDED, Pass, State
from intake.reads.progress import waiting
from intake.report_access import reports_of
from intake.report_codes import ENDED, ReportState, is_overdue

UNPAID = "unpaid"
"""An approved grant whose money is not out."""

_CASES = (*UNDECIDED, State.APPEALED)


async def open_matters(db: AsyncSession, official: Official, scheme_id: int, now: datetime) -> Mapping[str, int]:
    """How many there are of each kind: ``need.<state>`` and ``grant.<state>`` households under way, ``unpaid``
    grants, ``notices`` that hang, ``objections`` without an answer, ``reports`` past their day (of those that the
    official may know of)."""
    found: Counter[str] = Counter()
    for row in await waiting(db, official, scheme_id, (*_CASES, State.ACCEPTED)):
        if row.state is not State.ACCEPTED:
            found[f"{row.pass_.value}.{row.state.value}"] += row.households
        elif row.pass_ is Pass.GRANT:
            found[UNPAID] += row.households
    ours = (Notice.scheme_id == scheme_id, within(official, Notice.village))
    hang = select(func.count()).select_from(Notice).where(*ours, Notice.closed_at.is_(None))
    found["notices"] = await db.scalar(hang) or 0
    said = select(func.count()).select_from(Objection).join(Notice, Notice.id == Objection.notice_id)
    found["objections"] = await db.scalar(said.where(*ours, Objection.settled_at.is_(None))) or 0
    reports = select(Report.state, Report.made_at).where(
        reports_of(official), Report.state.not_in([state.value for state in ENDED])
    )
    for state, made_at in await db.execute(reports):
        found["reports"] += is_overdue(ReportState(state), made_at, now)
    return {kind: count for kind, count in found.items() if count}
