"""Filling the form in again before the village has reviewed it corrects the case; later it changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event, Journal
from intake.finding import initials, name_index, phone_index, phone_tail_index
from intake.models import Case, Household, Need
from intake.nominations import renewed
from intake.normalise import Facts
from intake.procedure import Action, Pass, State
from store.ids import new_id

_HOUSEHOLD = update(Household).where(Household.id == bindparam("household"))
_CALLED = _HOUSEHOLD.values(head=bindparam("name"), initials=bindparam("letters"), head_index=bindparam("called"))
_REACHED = _CALLED.values(phone=bindparam("number"), phone_tail_index=bindparam("tail"), phone_index=bindparam("whole"))


_KNOWN = (
    select(Case.nominator, Case.household_id, Household.phone)
    .join(Household, Household.id == Case.household_id)
    .where(Case.id == bindparam("case"))
)


async def reach(connection: AsyncConnection, households: Sequence[tuple[int, Facts]]) -> None:
    """What known households are called now, and where they are reached. A nominator's phone never takes the place of
    one that a household had of its own."""
    called: list[dict[str, Any]] = []
    reached: list[dict[str, Any]] = []
    for key, facts in households:
        row: dict[str, Any] = {"household": key, "name": facts.head, "letters": initials(facts.head)}
        row["called"] = name_index(facts.head)
        if facts.borrowed:
            called.append(row)
        else:
            phone = facts.phone
            reached.append({**row, "number": phone, "tail": phone_tail_index(phone), "whole": phone_index(phone)})
    for statement, rows in ((_CALLED, called), (_REACHED, reached)):
        if rows:
            await connection.execute(statement, rows)


@dataclass(frozen=True, slots=True)
class Correction:
    """New answers of the contact that filed the case."""

    case_id: int
    contact_id: int
    submission_id: int
    facts: Facts
    nominator: Mapping[str, Any] | None = None


async def correct(connection: AsyncConnection, journal: Journal, correction: Correction, now: datetime) -> bool:
    """Put the new answers into the case, if it waits for its review, or for what the village asked for; whether it
    did. The earlier submission stays as it was sent."""
    state = await connection.scalar(
        select(Need.state).where(Need.case_id == correction.case_id).with_for_update(key_share=True)
    )
    if state not in (State.APPLIED.value, State.INCOMPLETE.value):
        return False
    await put(connection, correction)
    if state == State.INCOMPLETE.value:
        await _complete(connection, journal, correction, now)
    data = {"submission": correction.submission_id, "village": correction.facts.village}
    actor = f"contact:{correction.contact_id}"
    journal.add(Event(now, actor, "case.corrected", f"case:{correction.case_id}", data))
    return True


async def _complete(connection: AsyncConnection, journal: Journal, correction: Correction, now: datetime) -> None:
    """Whoever was asked for what is missing has sent it: the village goes on."""
    waits = select(Need.revision).where(Need.case_id == correction.case_id)
    revision = (await connection.execute(waits)).scalar_one()
    changed = {"state": State.APPLIED.value, "changed_at": now}
    await connection.execute(update(Need).where(Need.case_id == correction.case_id).values(**changed))
    data = {
        "pass": Pass.NEED.value,
        "action": Action.COMPLETE.value,
        "from": State.INCOMPLETE.value,
        "to": State.APPLIED.value,
        "revision": revision,
        "act": new_id(now),
    }
    actor = f"contact:{correction.contact_id}"
    journal.add(Event(now, actor, "case.moved", f"case:{correction.case_id}", data))


async def put(connection: AsyncConnection, correction: Correction, **changes: object) -> None:
    """Put the new answers into the case, with other ``changes`` of its row."""
    facts = correction.facts
    known = (await connection.execute(_KNOWN, {"case": correction.case_id})).one()
    nominator = renewed(known.nominator, correction.nominator)
    changes |= {"submission_id": correction.submission_id, "nominator": nominator, **facts.circumstances()}
    await connection.execute(update(Case).where(Case.id == correction.case_id).values(**changes))
    lent = (known.nominator or {}).get("phone") == known.phone
    await reach(connection, [(known.household_id, replace(facts, borrowed=facts.borrowed and not lent))])
