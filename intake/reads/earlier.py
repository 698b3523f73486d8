"""What was said of households before: why they came back to the review, and how the last meeting voted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Approval, Review, Vote
from intake.procedure import BACK_TO_REVIEW, Pass


@dataclass(frozen=True, slots=True)
class Voted:
    """What the last review meeting of a pass said of a household."""

    held_on: date
    votes_for: int
    votes_against: int
    present: int


async def came_back(db: AsyncSession, pass_: Pass, revisions: Mapping[int, int]) -> dict[int, str]:
    """Why cases (with their present revision) were sent back to the review the last time; without those never sent."""
    rows = await db.execute(
        select(Approval.case_id, Approval.revision, Approval.reason)
        .where(
            Approval.case_id.in_([case_id for case_id, revision in revisions.items() if revision > 1]),
            Approval.pass_ == pass_.value,
            Approval.action.in_([action.value for action in BACK_TO_REVIEW]),
        )
        .order_by(Approval.at)
    )
    return {row.case_id: row.reason for row in rows if row.revision == revisions[row.case_id] - 1}


async def last_votes(db: AsyncSession, pass_: Pass, ids: Sequence[int]) -> dict[int, Voted]:
    """The last vote on each of these cases in a pass; without those never voted on."""
    rows = await db.execute(
        select(Vote.case_id, Review.held_on, Vote.votes_for, Vote.votes_against, Review.present)
        .join(Review, Review.id == Vote.review_id)
        .where(Vote.case_id.in_(ids), Review.pass_ == pass_.value)
        .order_by(Review.recorded_at)
    )
    return {row[0]: Voted(*row[1:]) for row in rows}
