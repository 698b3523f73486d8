"""The talks that wait for a human, and one of them with its lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.handovers import ANSWER_WITHIN, ANSWERERS, access_handover
from intake.models import Case, Contact, Handover, HandoverLine, Staff

MOST = 500
"""How many are listed: those who wait come first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open handover in the list: since when, by which channel, whether somebody has answered, and whether the
    person waits longer than they should."""

    id: int
    channel: str
    opened_at: datetime
    answered: bool
    late: bool
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """One message: of the person, or of the official named."""

    at: datetime
    official: str
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A handover whole; ``cases`` are the person's own (id, number)."""

    id: int
    channel: str
    opened_at: datetime
    ended_at: datetime | None
    lines: Sequence[Line]
    cases: Sequence[tuple[int, str]]


async def waiting(db: AsyncSession, official: Official, now: datetime) -> list[Waiting]:
    """Open handovers of the official's county: those first where the person had the last word, longest first."""
    if official.role not in ANSWERERS or not official.division:
        return []
    query = (
        select(Handover.id, Contact.channel, Handover.opened_at)
        .join(Contact, Contact.id == Handover.contact_id)
        .where(Handover.ended_at.is_(None), Handover.division.in_(("", official.division[:6])))
    )
    rows = {row.id: row for row in await db.execute(query)}
    since: dict[int, datetime] = {}
    counts: Counter[int] = Counter()
    lines = select(HandoverLine.handover_id, HandoverLine.staff_id, HandoverLine.at).join(
        Handover, (Handover.id == HandoverLine.handover_id) & Handover.ended_at.is_(None)
    )
    for line in await db.execute(lines.order_by(HandoverLine.id)):
        counts[line.handover_id] += 1
        if line.staff_id is not None:
            since.pop(line.handover_id, None)
        else:
            since.setdefault(line.handover_id, line.at)
    found = [
        Waiting(
            row.id,
            row.channel,
            row.opened_at,
            row.id not in since,
            row.id in since and now - since[row.id] > ANSWER_WITHIN,
            counts[row.id],
        )
        for row in rows.values()
    ]
    return sorted(found, key=lambda one: (one.answered, since.get(one.id, one.opened_at)))[:MOST]


async def talk(db: AsyncSession, official: Official, handover_id: int) -> Talk:
    """One handover with its lines.

    Raises:
        OutOfAreaError: no such handover in the official's county.
    """
    found = await access_handover(db, official, handover_id)
    query = (
        select(HandoverLine.at, HandoverLine.text, Staff.name)
        .outerjoin(Staff, Staff.id == HandoverLine.staff_id)
        .where(HandoverLine.handover_id == handover_id)
        .order_by(HandoverLine.at, HandoverLine.id)
    )
    lines = [Line(row.at, row.name or "", row.text) for row in await db.execute(query)]
    cases = await db.execute(select(Case.id, Case.number).where(Case.contact_id == found.contact_id))
    channel = await db.scalar(select(Contact.channel).where(Contact.id == found.contact_id))
    return Talk(
        found.id, channel or "", found.opened_at, found.ended_at, lines, [(row.id, row.number) for row in cases]
    )
