"""Township audit and county decision (L8 steps 3 and 4), and sending a case back to its village."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.events import Journal
from intake.models import Case
from intake.moves import Said, move_cases
from intake.procedure import Action, Pass, Role

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
    """The township audits or the county decides, by the official's role; all of the cases or none.

    Raises:
        RefusedError: why not, by case.
    """
    yes, no = _YES_NO.get(official.role, (Action.ACCEPT, Action.REFUSE))
    said = {case_id: Said(yes if ruling.passed else no, reason=ruling.reason) for case_id, ruling in rulings.items()}
    return await move_cases(db, journal, official, now, pass_, said)


async def send_back(
    db: AsyncSession, journal: Journal, official: Official, now: datetime, pass_: Pass, case_id: int, reason: str
) -> Case:
    """Send a case back to the village review for correction; everyone may act again after that.

    Raises:
        RefusedError: no reason given, or not from this state.
    """
    return (await move_cases(db, journal, official, now, pass_, {case_id: Said(Action.RETURN, reason=reason)}))[0]
