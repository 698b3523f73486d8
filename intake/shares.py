"""How a village's and a township's money is shared out so far: what the rule against equal shares looks at (L6)."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Case, Division, Grant
from intake.procedure import State
from intake.rules import Share
from intake.scheme.groups import same_place

PASSED_TOWNSHIP = (State.AUDITED, State.BATCHED, State.ASKED_TOWNSHIP, State.ACCEPTED, State.PAID)
"""States of grants that a township has passed and nobody refused since."""

HANGING = (State.ON_NOTICE, State.HELD, State.PROPOSED, State.ASKED_VILLAGE, *PASSED_TOWNSHIP)
"""States of grants that have been posted and were not refused since."""


async def take_turns(db: AsyncSession, division: str) -> None:
    """Before the whole list of a village or township is judged, and behind the cases: wait for those who are about to
    change it. Two at the same instant would each see their own part alone."""
    await db.execute(select(Division.code).where(Division.code == division).with_for_update(key_share=True))


async def shares_of(db: AsyncSession, scheme_id: int, village: str, states: Iterable[State]) -> list[Share]:
    """The shares of a village's households whose grants stand in one of ``states``, each with its natural group."""
    rows = await db.execute(_shares(scheme_id, states).where(Case.village == village))
    return [Share(row.persons_in_need, row.amount_fen or 0, same_place(row.group)) for row in rows]


async def shares_between(db: AsyncSession, scheme_id: int, township: str, states: Iterable[State]) -> list[Share]:
    """The shares of a township's households whose grants stand in one of ``states``, each with its village."""
    beneath = Case.village.between(township, township.ljust(12, "9"))
    rows = await db.execute(_shares(scheme_id, states).where(beneath))
    return [Share(row.persons_in_need, row.amount_fen or 0, row.village) for row in rows]


def _shares(scheme_id: int, states: Iterable[State]) -> Select[int, str, str, int | None]:
    return (
        select(Case.persons_in_need, Case.village, Case.group, Grant.amount_fen)
        .join(Grant, Grant.case_id == Case.id)
        .where(
            Case.scheme_id == scheme_id,
            Grant.state.in_([state.value for state in states]),
            Grant.amount_fen.is_not(None),
        )
    )
