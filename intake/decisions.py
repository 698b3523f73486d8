"""Township audit and county decision (L8 steps 3 and 4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.batches.check import lists_of
from intake.batches.freeze import TOWNSHIP, VILLAGE
from intake.batches.sending import act_on, prove
from intake.events import Journal
from intake.models import Case
from intake.moves import RefusedError, Said, lock_cases, move_cases, scheme_of
from intake.procedure import Action, Pass, Role
from intake.rules import equal_by_area
from intake.shares import PASSED_TOWNSHIP, shares_between, take_turns

_YES_NO = {
    Role.TOWNSHIP: (Action.PASS_AUDIT, Action.CUT),
    Role.COUNTY: (Action.ACCEPT, Action.REFUSE),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Yes or no to one case, with the reason that a no needs."""

    passed: bool
    reason: str = ""


async def rule_on(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    pass_: Pass,
    rulings: Mapping[int, Ruling],
) -> list[Case]:
    """The township audits what is on its villages' registers, or the county decides on what is on a batch, by the
    official's role; all of the cases or none. The list must still be what was sent up.

    Raises:
        RefusedError: why not, by case; under 0 that the township's money would be shared out by village (L6).
    """
    yes, no = _YES_NO.get(official.role, (Action.ACCEPT, Action.REFUSE))
    said = {case_id: Said(yes if ruling.passed else no, reason=ruling.reason) for case_id, ruling in rulings.items()}
    await lock_cases(db, pass_, said)
    lists = await lists_of(db, pass_, TOWNSHIP if official.role is Role.COUNTY else VILLAGE, said)
    await prove(db, lists)
    moved = await move_cases(db, journal, official, now, pass_, said)
    if official.role is Role.COUNTY:
        await act_on(db, official, now, lists)
    elif pass_ is Pass.GRANT and official.role is Role.TOWNSHIP:
        await _judge_villages(db, {case.scheme_id for case in moved}, official.division or "")
    return moved


async def _judge_villages(db: AsyncSession, scheme_ids: Collection[int], township: str) -> None:
    """L6: what the township passes must not be money shared out by village, whatever happened in each."""
    await take_turns(db, township)
    for scheme_id in scheme_ids:
        shares = await shares_between(db, scheme_id, township, PASSED_TOWNSHIP)
        refusal = equal_by_area(shares, (await scheme_of(db, scheme_id))[1])
        if refusal is not None:
            raise RefusedError({0: refusal})
