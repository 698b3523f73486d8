"""What lists have in common: one page with how many there are in all, and how many wait too long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

Columns = TypeVarTuple("Columns")

PER_PAGE = 50
"""Rows of a page of the console."""


async def paged(
    db: AsyncSession, query: Select[*Columns], page: int, per_page: int = PER_PAGE
) -> tuple[Sequence[Row[*Columns]], int]:
    """The rows of one page of ``query``, and how many it has in all."""
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    rows = await db.execute(query.limit(per_page).offset((page - 1) * per_page))
    return rows.all(), await db.scalar(counted) or 0


async def count_late(db: AsyncSession, due_at: Any, now: datetime, *waits: ColumnElement[bool]) -> tuple[int, int]:
    """How many there are of which ``waits`` holds, and how many of them were ``due_at`` some time before now."""
    late = func.sum(case((due_at < now, 1), else_=0))
    count, overdue = (await db.execute(select(func.count(), late).where(*waits))).one()
    return count, overdue or 0
