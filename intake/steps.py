"""Single steps with one case, beside the work that is done on whole lists: ask for what is missing, complete it, send
back, appeal and settle, reopen."""

from intake import appeals
from intake.access import Official
from intake.moves import Said, move_cases
from intake.procedure import Action, Pass
from intake.unit import Unit

SINGLE = (
    Action.ASK,
    Action.COMPLETE,
    Action.RETURN,
    Action.ALLOW_APPEAL,
    Action.REJECT_APPEAL,
    Action.APPEAL,
    Action.REOPEN,
)
"""The steps taken on the page of a case, in the order in which it shows them."""


async def step(unit: Unit, official: Official, pass_: Pass, case_id: int, action: Action, reason: str) -> None:
    """Take one of :data:`SINGLE` with one case, and say why.

    Raises:
        RefusedError: the procedure says no; nothing was changed.
    """
    match action:
        case Action.APPEAL:
            await appeals.take_down(unit, official, pass_, case_id, reason)
        case Action.ALLOW_APPEAL | Action.REJECT_APPEAL:
            allowed = action is Action.ALLOW_APPEAL
            await appeals.settle(unit, official, pass_, case_id, reason, allowed=allowed)
        case _:
            said = {case_id: Said(action, reason=reason)}
            await move_cases(unit.db, unit.journal, official, unit.now, pass_, said)
