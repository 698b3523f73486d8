"""The review meetings of a village (L7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Review, Vote
from intake.procedure import Pass


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting in a list; ``voted`` is over how many households it voted."""

    id: int
    pass_: Pass
    held_on: date
    form: str
    voted: int


async def village_meetings(
    db: AsyncSession, official: Official, scheme_id: int, village: str, most: int | None = None
) -> list[Meeting]:
    """The meetings of a village in a season, as far as it is the official's, newest first; the ``most`` newest."""
    voted = select(func.count()).where(Vote.review_id == Review.id).correlate(Review).scalar_subquery()
    rows: Any = await db.execute(
        select(Review.id, Review.pass_, Review.held_on, Review.form, voted)
        .where(Review.scheme_id == scheme_id, Review.village == village, within(official, Review.village))
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(most)
    )
    return [Meeting(id_, Pass(pass_), held_on, form, count) for id_, pass_, held_on, form, count in rows]
