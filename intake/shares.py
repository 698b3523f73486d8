"""How a village's money is shared out so far: what the rule against equal shares looks at (L6)."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Case, Grant
from intake.procedure import State
from intake.rules import Share

HANGING = (State.ON_NOTICE, State.HELD, State.PROPOSED, State.AUDITED, State.BATCHED, State.ACCEPTED, State.PAID)
"""States of grants that have been posted and were not refused since."""


async def shares_of(db: AsyncSession, scheme_id: int, village: str, states: Iterable[State]) -> list[Share]:
    """The shares of a village's households whose grants stand in one of ``states``."""
    rows = await db.execute(
        select(Case.persons_in_need, Grant.amount_fen)
        .join(Grant, Grant.case_id == Case.id)
        .where(
            Case.scheme_id == scheme_id,
            Case.village == village,
            Grant.state.in_([state.value for state in states]),
            Grant.amount_fen.is_not(None),
        )
    )
    return [Share(row.persons_in_need, row.amount_fen) for row in rows if row.amount_fen is not None]
