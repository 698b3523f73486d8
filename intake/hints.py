"""Giving the villages a proposal for their households, as a hint: their meetings still set tier and amount (L7)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from intake.access import Official, within
from intake.allocation.result import Plan
from intake.allocation.spend import Limit
from intake.events import Event
from intake.models import AllocationHint, Case
from intake.moves import RefusedError
from intake.open_season import open_season
from intake.reads.hints import last_given
from intake.rules import Refusal
from intake.unit import Unit


async def give_hints(
    unit: Unit,
    official: Official,
    scheme_id: int,
    plan: Plan,
    why: Mapping[int, Mapping[str, Any]],
    seen: str | None = None,
) -> int:
    """Put the plan's proposals in the place of all earlier ones of the official's area; how many there are. ``why`` is
    the explanation by case. What has an amount already gets none. ``seen`` is when the newest was given that the
    official has seen (ISO 8601), empty for none, None where nobody says.

    Raises:
        RefusedError: the season was closed, or a colleague has given another one since.
    """
    await open_season(unit.db, scheme_id)  # two presses at once take turns
    last = await last_given(unit.db, official, scheme_id)
    if seen is not None and last is not None and last.staff_id != official.id and last.at.isoformat() != seen:
        raise RefusedError({0: Refusal("L9", "refusal.L9.hint_overtaken", {"who": last.who, "when": last.at})})
    ours = select(Case.id).where(Case.scheme_id == scheme_id, within(official, Case.village))
    await unit.db.execute(delete(AllocationHint).where(AllocationHint.case_id.in_(ours)))
    may = set(await unit.db.scalars(ours))
    rows = [
        {
            "case_id": one.household.key,
            "tier": one.tier,
            "amount_fen": one.amount_fen,
            "why": why[one.household.key],
            "made_by": official.id,
            "made_at": unit.now,
        }
        for one in plan.proposals
        if one.limit is not Limit.SETTLED and one.household.key in may
    ]
    if rows:
        await unit.db.execute(insert(AllocationHint), rows)
    data = {
        "division": official.division,
        "households": len(rows),
        "money_fen": sum(purse.given_fen for purse in plan.purses),
    }
    unit.journal.add(Event(unit.now, official.actor, "allocation.hinted", f"scheme:{scheme_id}", data))
    return len(rows)
