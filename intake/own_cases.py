"""The one door to cases for people who are no officials: what their own contact applied for, and nothing else."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.models import Case, Grant
from intake.moves import UNKNOWN, RefusedError, lock_cases
from intake.procedure import Pass


async def access_own(db: AsyncSession, contact_id: int, number: str) -> Case:
    """The case of this number, if this contact applied for it; it is read anew.

    Raises:
        RefusedError: it did not; whether there is such a case is not told.
    """
    query = select(Case).where(Case.number == number, Case.contact_id == contact_id)
    case = await db.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise RefusedError({0: UNKNOWN})
    return case


async def own_ids(db: AsyncSession | AsyncConnection, asked: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The ids of the cases that are asked for by contact and number, of those that these contacts applied for."""
    query = select(Case.contact_id, Case.number, Case.id).where(Case.number.in_({number for _, number in asked}))
    return {(row.contact_id, row.number): row.id for row in await db.execute(query)}


async def lock_pass(db: AsyncSession, case_id: int) -> Pass:
    """Lock a case in both passes; the pass that it is in now."""
    await lock_cases(db, Pass.NEED, [case_id])
    await lock_cases(db, Pass.GRANT, [case_id])
    return Pass.NEED if await db.get(Grant, case_id) is None else Pass.GRANT
