"""The lines of posted notices with the cases behind them (L8): what is public is the line alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.models import Case, Notice, NoticeCase


@dataclass(frozen=True, slots=True)
class PostedLine:
    """One line as it was posted. ``place`` counts from 0 and stays; ``withdrawn_at``: public until then."""

    place: int
    case_id: int
    facts: dict[str, Any]
    withdrawn_at: datetime | None


async def posted_lines(db: AsyncSession | AsyncConnection, notices: Collection[Notice]) -> dict[int, list[PostedLine]]:
    """The lines of each notice by its id. They were posted in the order of the case numbers, which never change."""
    rows = await db.execute(
        select(NoticeCase.notice_id, NoticeCase.case_id, NoticeCase.withdrawn_at)
        .join(Case, Case.id == NoticeCase.case_id)
        .where(NoticeCase.notice_id.in_([notice.id for notice in notices]))
        .order_by(NoticeCase.notice_id, Case.number)
    )
    behind: dict[int, list[Any]] = {notice.id: [] for notice in notices}
    for row in rows:
        behind[row.notice_id].append(row)
    return {
        notice.id: [
            PostedLine(place, row.case_id, facts, row.withdrawn_at)
            for place, (row, facts) in enumerate(zip(behind[notice.id], notice.lines, strict=True))
        ]
        for notice in notices
    }
