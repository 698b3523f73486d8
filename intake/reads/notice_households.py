"""The households on one notice, and the objections to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.attachments import KEPT
from intake.models import Attachment, Case, Household, Notice, NoticeCase, Objection
from intake.procedure import Pass, State
from intake.reads.seasons import stage_of


@dataclass(frozen=True, slots=True)
class Disputed:
    """An objection to a line of a notice, with its answer once there is one. ``by_chat``: a citizen made it by
    themselves, with ``voices``; settled without being ``upheld`` or not, it was dropped, for the household withdrew."""

    id: int
    case_id: int
    head: str
    text: str
    made_at: datetime
    settled_at: datetime | None
    upheld: bool | None
    answer: str
    by_chat: bool
    voices: tuple[int, ...]


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
    query = select(Objection).where(Objection.notice_id == notice.id).order_by(Objection.made_at)
    disputes = list(await db.scalars(query))
    voices = await _voices(db, [row.id for row in disputes if row.contact_id is not None])
    return rows, [
        Disputed(
            row.id,
            row.case_id,
            names[row.case_id],
            row.text,
            row.made_at,
            row.settled_at,
            row.upheld,
            row.answer or "",
            row.contact_id is not None,
            tuple(voices.get(f"objection:{row.id}", ())),
        )
        for row in disputes
        if row.case_id in names
    ]


async def _voices(db: AsyncSession, objections: Sequence[int]) -> dict[str, list[int]]:
    """The voices that can be heard, by what they belong to."""
    subjects = [f"objection:{one}" for one in objections]
    kept = (Attachment.subject.in_(subjects), Attachment.state == KEPT)
    found: dict[str, list[int]] = {}
    for row in await db.execute(select(Attachment.subject, Attachment.id).where(*kept).order_by(Attachment.id)):
        found.setdefault(row.subject, []).append(row.id)
    return found
