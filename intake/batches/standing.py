"""How households stand now, in the form in which a list freezes them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.batches.line import snapshot
from intake.models import Case, Grant, Household
from intake.procedure import Pass


async def standing(db: AsyncSession, pass_: Pass, case_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The snapshots of these cases as of now, by case id."""
    money = pass_ is Pass.GRANT
    none: Any = literal(None)
    query = (
        select(
            Case.id,
            Case.number,
            Household.head,
            Household.id_index,
            Case.village,
            Case.group,
            Case.household_size,
            Case.persons_in_need,
            Case.categories,
            Grant.tier if money else none,
            Grant.amount_fen if money else none,
        )
        .join(Household, Household.id == Case.household_id)
        .where(Case.id.in_(case_ids))
    )
    if money:
        query = query.join(Grant, Grant.case_id == Case.id)
    return {
        row[0]: snapshot(
            number=row[1],
            head=row[2],
            id_index=row[3],
            village=row[4],
            group=row[5],
            size=row[6],
            persons=row[7],
            categories=row[8],
            tier=row[9],
            amount_fen=row[10],
        )
        for row in await db.execute(query)
    }
