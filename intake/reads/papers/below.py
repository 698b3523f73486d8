"""The places beneath a place."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Division


async def below(db: AsyncSession, official: Official, code: str) -> list[tuple[str, str]]:
    """Code and name of the divisions right beneath one, as far as they are in the official's area."""
    rows = await db.execute(
        select(Division.code, Division.name)
        .where(Division.parent == code, within(official, Division.code))
        .order_by(Division.code)
    )
    return [(found, name) for found, name in rows]
