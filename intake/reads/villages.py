"""The villages of an official's area."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.models import Division

VILLAGE = 5
"""The level of villages and neighbourhoods."""


@dataclass(frozen=True, slots=True)
class Village:
    """A village and the township above it, by name."""

    code: str
    name: str
    township: str


async def all_villages(db: AsyncSession, official: Official) -> list[Village]:
    """Every village of the official's area, with cases or without, in the order of their codes."""
    township = aliased(Division)
    rows = await db.execute(
        select(Division.code, Division.name, township.name)
        .join(township, township.code == Division.parent)
        .where(Division.level == VILLAGE, within(official, Division.code))
        .order_by(Division.code)
    )
    return [Village(*row) for row in rows]
