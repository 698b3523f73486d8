"""How much waits where: households by pass, village and state."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, within
from intake.models import Case, Division, Grant
from intake.procedure import Pass, State
from intake.reads.seasons import stage_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many households of a village stand in one state of a pass. Money in fen, 0 in the NEED pass."""

    pass_: Pass
    state: State
    village: str
    village_name: str
    township_name: str
    households: int
    persons: int
    amount_fen: int


async def waiting(
    db: AsyncSession,
    official: Official,
    scheme_id: int,
    states: Collection[State],
    only: Collection[Pass] = tuple(Pass),
) -> list[Waiting]:
    """The official's area by pass, village and state, in the order of the villages' codes."""
    found: list[Waiting] = []
    township = aliased(Division)
    for pass_ in only:
        stage = stage_of(pass_)
        amount: Any = func.coalesce(func.sum(Grant.amount_fen), 0) if stage is Grant else literal_column("0")
        rows: Any = await db.execute(
            select(
                stage.state,
                Case.village,
                Division.name,
                township.name,
                func.count(),
                func.sum(Case.persons_in_need),
                amount,
            )
            .join(Case, Case.id == stage.case_id)
            .join(Division, Division.code == Case.village)
            .join(township, township.code == Division.parent)
            .where(
                Case.scheme_id == scheme_id,
                within(official, Case.village),
                stage.state.in_([state.value for state in states]),
            )
            .group_by(stage.state, Case.village, Division.name, township.name)
            .order_by(Case.village)
        )
        found += [
            Waiting(pass_, State(state), code, village, above, count, int(persons), int(fen))
            for state, code, village, above, count, persons, fen in rows
        ]
    return found
