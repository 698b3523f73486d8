"""Form 3: the households that a village proposed, with those that the township cut."""

from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Case, Grant, Household
from intake.papers.form3 import Form3, Registered
from intake.procedure import Pass, State
from intake.reads.papers.area import Area
from intake.reads.papers.form2 import refused_by_county
from intake.reads.seasons import stage_of
from intake.scheme.families import family_of

_PROPOSED = tuple(
    state.value
    for state in (
        State.PROPOSED,
        State.ASKED_VILLAGE,
        State.AUDITED,
        State.BATCHED,
        State.ASKED_TOWNSHIP,
        State.ACCEPTED,
        State.PAID,
        State.CUT,
    )
)
_WAITING = (State.PROPOSED.value, State.ASKED_VILLAGE.value)


async def form3_facts(db: AsyncSession, area: Area, pass_: Pass) -> Form3:
    """The register of one pass, in the order of the cases' numbers. The first pass has no amounts yet."""
    stage: Any = stage_of(pass_)
    amount: Any = Grant.amount_fen if stage is Grant else literal(None)
    rows: Any = await db.execute(
        select(
            Household.head,
            Household.id_number,
            Case.categories,
            Case.household_size,
            Case.persons_in_need,
            Case.group,
            stage.state,
            amount,
        )
        .join(Case, Case.household_id == Household.id)
        .join(stage, stage.case_id == Case.id)
        .where(area.cases, stage.state.in_(_PROPOSED) | refused_by_county(stage, pass_))
        .order_by(Case.village, Case.number)
    )
    found: list[Registered] = []
    waiting = False
    for head, number, categories, size, persons, group, state, fen in rows:
        cut = state == State.CUT.value
        waiting = waiting or state in _WAITING
        family = family_of(area.scheme.families, categories)
        found.append(Registered(head, number, family, size, persons, None if cut else fen, group=group, cut=cut))
    return Form3(area.place, found, audited=bool(found) and not waiting)
