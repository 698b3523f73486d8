"""What places are called on a page: with what stands directly above them, as the village with its township."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.models import Division


async def place_names(db: AsyncSession, codes: Collection[str]) -> dict[str, str]:
    """Places by code with what stands above them before their name."""
    above = aliased(Division)
    query = select(Division.code, Division.name, above.name).outerjoin(above, above.code == Division.parent)
    rows = await db.execute(query.where(Division.code.in_(set(codes))))
    return {code: f"{top or ''}{name}" for code, name, top in rows}


async def villages_in(db: AsyncSession, official: Official, column: Any) -> list[tuple[str, str]]:
    """Code and name of the villages of the official's area that stand in ``column``, in the order of their codes."""
    codes: list[str] = list(await db.scalars(select(column).where(within(official, column)).distinct()))
    return sorted((await place_names(db, codes)).items())
