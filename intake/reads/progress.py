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
    counted: list[tuple[Pass, Any]] = []
    for pass_ in only:
        stage = stage_of(pass_)
        amount: Any = func.coalesce(func.sum(Grant.amount_fen), 0) if stage is Grant else literal_column("0")
        rows: Any = await db.execute(
            select(stage.state, Case.village, func.count(), func.sum(Case.persons_in_need), amount)
            .join(Case, Case.id == stage.case_id)
            .where(
                Case.scheme_id == scheme_id,
                within(official, Case.village),
                stage.state.in_([state.value for state in states]),
            )
            .group_by(stage.state, Case.village)
        )
        counted += [(pass_, row) for row in sorted(rows, key=lambda row: row.village)]
    names = await _names(db, {row.village for _, row in counted})
    return [
        Waiting(pass_, State(state), code, *names[code], count, int(persons), int(fen))
        for pass_, (state, code, count, persons, fen) in counted
    ]


async def _names(db: AsyncSession, codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Villages and their townships by name: looked up once for each, not for every household that is counted."""
    township = aliased(Division)
    rows = await db.execute(
        select(Division.code, Division.name, township.name.label("above"))
        .join(township, township.code == Division.parent)
        .where(Division.code.in_(codes))
    )
    return {row.code: (row.name, row.above) for row in rows}
