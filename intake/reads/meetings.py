"""The review meetings that spoke of a case."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Review, Vote
from intake.procedure import Pass


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that spoke of the case, with its minutes."""

    id: int
    pass_: Pass
    held_on: date
    form: str
    present: int
    votes_for: int
    votes_against: int
    minutes: str


async def meetings(db: AsyncSession, case_id: int) -> tuple[Met, ...]:
    """The meetings of one case, oldest first."""
    rows = await db.execute(
        select(Review, Vote)
        .join(Vote, Vote.review_id == Review.id)
        .where(Vote.case_id == case_id)
        .order_by(Review.recorded_at)
    )
    return tuple(
        Met(
            review.id,
            Pass(review.pass_),
            review.held_on,
            review.form,
            review.present,
            vote.votes_for,
            vote.votes_against,
            review.minutes,
        )
        for review, vote in rows
    )
