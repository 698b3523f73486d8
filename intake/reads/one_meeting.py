"""One review meeting whole, for the officials of its area (L7)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, within
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
    found = (
        await db.execute(
            select(Review, Division.name, Staff.name)
            .join(Division, Division.code == Review.village)
            .join(Staff, Staff.id == Review.recorded_by)
            .where(Review.id == review_id, within(official, Review.village))
        )
    ).one_or_none()
    if found is None:
        raise OutOfAreaError
    rows = await db.execute(
        select(Case.id, Case.number, Household.head, Vote.votes_for, Vote.votes_against)
        .join(Case, Case.id == Vote.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(Vote.review_id == review_id)
        .order_by(Case.number)
    )
    return OneMeeting(*found, tuple(Spoken(*row) for row in rows))
