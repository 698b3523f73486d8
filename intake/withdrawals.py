"""An application is withdrawn by the contact that sent it, until the county has decided."""

from sqlalchemy import update

from intake.citizens import Citizen
from intake.events import Event
from intake.giving_way import giving_way
from intake.models import Notice, NoticeCase
from intake.moves import Said, move_cases
from intake.notices import letters_to, open_objections
from intake.own_cases import access_own, lock_pass
from intake.procedure import Action, Pass
from intake.unit import Unit

REASONS = ("better", "wrong", "elsewhere", "unsaid")
"""Why: life is better again; filled in wrongly; helped by somebody else; not said."""


async def withdraw(unit: Unit, contact_id: int, number: str, why: str) -> Pass:
    """Withdraw the pass that the case is in; what the village voted stays. A household on a notice is no longer on it,
    and objections to it need no answer any more.

    Raises:
        RefusedError: not this contact's, or decided already, or withdrawn before.
        BusyError: an official is at work on it.
    """
    case = await access_own(unit.db, contact_id, number)
    who = Citizen(contact_id)
    async with giving_way(unit.db):
        pass_ = await lock_pass(unit.db, case.id)
        await move_cases(unit.db, unit.journal, who, unit.now, pass_, {case.id: Said(Action.WITHDRAW, why=why)})
        hanging = update(NoticeCase).where(NoticeCase.case_id == case.id, NoticeCase.withdrawn_at.is_(None))
        await unit.db.execute(hanging.values(withdrawn_at=unit.now))
        await _drop_objections(unit, who, case.id)
    return pass_


async def _drop_objections(unit: Unit, who: Citizen, case_id: int) -> None:
    for objection in await open_objections(unit.db, case_id):
        objection.settled_at = unit.now
        notice = await unit.db.get_one(Notice, objection.notice_id)
        letters = await letters_to(unit.db, objection, notice, "withdrawn")
        subject = f"objection:{objection.id}"
        unit.journal.add(Event(unit.now, who.actor, "objection.dropped", subject, {"case": case_id}, letters))
    await unit.db.flush()
