"""The minutes of a meeting."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, within
from intake.models import Approval, Case, Grant, Household, Review, Vote
from intake.papers.minutes import Judged, Minutes
from intake.procedure import Action, Pass
from intake.reads.place_names import place_names


async def minutes_facts(db: AsyncSession, official: Official, village: str, review_id: int) -> Minutes:
    """The minutes of one meeting of a village.

    Raises:
        OutOfAreaError: no such meeting in that village, or it lies outside the official's area.
    """
    wanted = select(Review).where(Review.id == review_id, Review.village == village, within(official, Review.village))
    review = await db.scalar(wanted)
    if review is None:
        raise OutOfAreaError
    rows: Any = await db.execute(
        select(Household.head, Case.persons_in_need, Vote.votes_for, Vote.votes_against, Approval, Grant)
        .join(Case, Case.id == Vote.case_id)
        .join(Household, Household.id == Case.household_id)
        .outerjoin(
            Approval,
            (Approval.case_id == Case.id)
            & (Approval.pass_ == review.pass_)
            & (Approval.at == review.recorded_at)
            & Approval.action.in_((Action.PASS_REVIEW.value, Action.REFUSE_REVIEW.value)),
        )
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Vote.review_id == review.id)
        .order_by(Case.number)
    )
    names = await place_names(db, [village])
    judged = [_judged(review.pass_, *row) for row in rows]
    return Minutes(
        names[village],
        review.pass_,
        review.held_on,
        review.form,
        review.present,
        review.minutes,
        judged,
        review.place or "",
        (review.begins_at, review.ends_at),
        review.chair or "",
        review.clerk or "",
        review.attendance or (),
    )


def _judged(
    pass_: str, head: str, persons: int, votes_for: int, against: int, act: Approval | None, grant: Grant | None
) -> Judged:
    """The amount is the grant's own only while no later meeting spoke of it."""
    passed = None if act is None else act.action == Action.PASS_REVIEW.value
    same = pass_ == Pass.GRANT.value and grant is not None and act is not None and act.revision == grant.revision
    return Judged(head, persons, votes_for, against, passed, grant.amount_fen if grant and same and passed else None)
