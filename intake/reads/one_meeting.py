"""One review meeting whole, for the officials of its area (L7)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_meeting
from intake.models import Case, Division, Household, Review, Staff, Vote


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the meeting said of one household."""

    case_id: int
    number: str
    head: str
    votes_for: int
    votes_against: int


@dataclass(frozen=True, slots=True)
class OneMeeting:
    """A meeting, who wrote it into the console, and its households."""

    review: Review
    village_name: str
    recorded_by: str
    spoken: tuple[Spoken, ...]


async def one_meeting(db: AsyncSession, official: Official, review_id: int) -> OneMeeting:
    """Everything of a meeting.

    Raises:
        OutOfAreaError: no such meeting in the official's area.
    """
    review = await access_meeting(db, official, review_id)
    village, by = await db.get_one(Division, review.village), await db.get_one(Staff, review.recorded_by)
    rows = await db.execute(
        select(Case.id, Case.number, Household.head, Vote.votes_for, Vote.votes_against)
        .join(Case, Case.id == Vote.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(Vote.review_id == review_id)
        .order_by(Case.number)
    )
    return OneMeeting(review, village.name, by.name, tuple(Spoken(*row) for row in rows))
