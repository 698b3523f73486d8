"""A refused household appeals; the county looks once more, by somebody who has not decided on it (G5, L12)."""

from sqlalchemy import select

from intake.access import Official
from intake.citizens import Citizen
from intake.events import Event
from intake.giving_way import giving_way
from intake.models import Appeal
from intake.moves import Said, move_cases
from intake.own_cases import access_own, lock_pass
from intake.procedure import Action, Pass
from intake.unit import Unit
from store.ids import new_id


async def appeal(unit: Unit, contact_id: int, number: str, text: str) -> int:
    """The contact that applied says why the no is wrong; the case's id.

    Raises:
        RefusedError: not this contact's, not refused, too late, or no reason given.
        BusyError: an official is at work on it.
    """
    case = await access_own(unit.db, contact_id, number)
    async with giving_way(unit.db):
        pass_ = await lock_pass(unit.db, case.id)
        await _make(unit, Citizen(contact_id), pass_, case.id, text)
    return case.id


async def take_down(unit: Unit, official: Official, pass_: Pass, case_id: int, text: str) -> None:
    """The village writes down what somebody says who does not write.

    Raises:
        RefusedError: not in its area, not refused, too late, or no reason given.
    """
    await _make(unit, official, pass_, case_id, text)


async def _make(unit: Unit, who: Official | Citizen, pass_: Pass, case_id: int, text: str) -> None:
    said = {case_id: Said(Action.APPEAL, reason=text)}
    await move_cases(unit.db, unit.journal, who, unit.now, pass_, said)
    made = Appeal(
        id=new_id(unit.now),
        case_id=case_id,
        pass_=pass_.value,
        text=text.strip(),
        made_at=unit.now,
        contact_id=who.contact_id if isinstance(who, Citizen) else None,
        taken_by=who.id if isinstance(who, Official) else None,
    )
    unit.db.add(made)
    await unit.db.flush()
    unit.journal.add(Event(unit.now, who.actor, "appeal.made", f"appeal:{made.id}", {"case": case_id}))


async def settle(unit: Unit, official: Official, pass_: Pass, case_id: int, answer: str, *, allowed: bool) -> None:
    """Allowed: the household is reviewed anew. Rejected: the no stands, and the answer says why.

    Raises:
        RefusedError: nothing to settle, not this role's, decided on it before, or no answer given.
    """
    action = Action.ALLOW_APPEAL if allowed else Action.REJECT_APPEAL
    await move_cases(unit.db, unit.journal, official, unit.now, pass_, {case_id: Said(action, reason=answer)})
    open_ = select(Appeal).where(Appeal.case_id == case_id, Appeal.pass_ == pass_.value, Appeal.settled_at.is_(None))
    for one in await unit.db.scalars(open_):
        one.settled_at, one.settled_by, one.allowed = unit.now, official.id, allowed
        data = {"case": case_id, "allowed": allowed}
        unit.journal.add(Event(unit.now, official.actor, "appeal.settled", f"appeal:{one.id}", data))
    await unit.db.flush()
