"""The households that wait in some states of a pass, with what an official needs to rule on them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import id_number
from intake.access import Official, within
from intake.models import BatchLine, Case, Division, Household
from intake.procedure import Pass, State
from intake.reads.earlier import Voted, came_back, last_votes
from intake.reads.relatives import Relative, relatives
from intake.reads.seasons import stage_of


@dataclass(frozen=True, slots=True)
class Line:
    """One household in one pass, with its ID number masked. Money in fen. ``came_back`` is why the review has to look
    again, empty the first time."""

    id: int
    number: str
    village: str
    village_name: str
    head: str
    id_masked: str
    household_size: int
    persons: int
    categories: tuple[str, ...]
    disasters: tuple[str, ...]
    reliefs: tuple[str, ...]
    reason: str
    state: State
    revision: int
    submission: int
    tier: str | None
    amount_fen: int | None
    statement: str
    has_card: bool
    came_back: str
    voted: Voted | None
    relatives: tuple[Relative, ...] = ()


async def lines(
    db: AsyncSession,
    official: Official,
    scheme_id: int,
    pass_: Pass,
    states: Collection[State],
    *,
    village: str | None = None,
    batch: int | None = None,
    most: int = 50,
) -> list[Line]:
    """The first ``most`` households of the official's area in these states, in the order of village and number; of one
    village or one batch alone, where it is named."""
    stage = stage_of(pass_)
    query = (
        select(Case, Household, Division.name, stage)
        .join(Household, Household.id == Case.household_id)
        .join(stage, stage.case_id == Case.id)
        .join(Division, Division.code == Case.village)
        .where(
            Case.scheme_id == scheme_id,
            within(official, Case.village),
            stage.state.in_([state.value for state in states]),
        )
        .order_by(Case.village, Case.number)
        .limit(most)
    )
    if village is not None:
        query = query.where(Case.village == village)
    if batch is not None:
        query = query.join(BatchLine, BatchLine.case_id == Case.id).where(
            BatchLine.batch_id == batch, BatchLine.left_in.is_(None)
        )
    rows: Any = (await db.execute(query)).all()
    ids = [row[0].id for row in rows]
    back = await came_back(db, pass_, {row[0].id: row[3].revision for row in rows})
    voted = await last_votes(db, pass_, ids)
    kin = await relatives(db, ids)
    return [
        Line(
            id=case.id,
            number=case.number,
            village=case.village,
            village_name=village_name,
            head=household.head,
            id_masked=id_number.mask(household.id_number),
            household_size=case.household_size,
            persons=case.persons_in_need,
            categories=tuple(case.categories),
            disasters=tuple(case.disasters),
            reliefs=tuple(case.reliefs),
            reason=case.reason,
            state=State(stood.state),
            revision=stood.revision,
            submission=case.submission_id,
            tier=stood.tier if pass_ is Pass.GRANT else None,
            amount_fen=stood.amount_fen if pass_ is Pass.GRANT else None,
            statement=(stood.statement or "") if pass_ is Pass.GRANT else "",
            has_card=bool(household.bank_card),
            came_back=back.get(case.id, ""),
            voted=voted.get(case.id),
            relatives=kin.get(case.id, ()),
        )
        for case, household, village_name, stood in rows
    ]
