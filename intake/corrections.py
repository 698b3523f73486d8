"""Filling the form in again before the village has reviewed it corrects the case; later it changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event, Journal
from intake.models import Case, Household, Need
from intake.normalise import Facts
from intake.procedure import State

REACH = (
    update(Household)
    .where(Household.id == bindparam("household"))
    .values(head=bindparam("name"), phone=bindparam("number"))
)
"""What a known household is called now, and where it is reached."""


@dataclass(frozen=True, slots=True)
class Correction:
    """New answers of the contact that filed the case."""

    case_id: int
    contact_id: int
    submission_id: int
    facts: Facts


async def correct(connection: AsyncConnection, journal: Journal, correction: Correction, now: datetime) -> bool:
    """Put the new answers into the case, if it still waits for its first review or was sent back to it; whether it
    did. The earlier submission stays as it was sent."""
    state = await connection.scalar(
        select(Need.state).where(Need.case_id == correction.case_id).with_for_update(key_share=True)
    )
    if state != State.APPLIED.value:
        return False
    facts = correction.facts
    household_id = await connection.scalar(
        update(Case)
        .where(Case.id == correction.case_id)
        .values(submission_id=correction.submission_id, **facts.circumstances())
        .returning(Case.household_id)
    )
    await connection.execute(REACH, {"household": household_id, "name": facts.head, "number": facts.phone})
    data = {"submission": correction.submission_id, "village": facts.village}
    actor = f"contact:{correction.contact_id}"
    journal.add(Event(now, actor, "case.corrected", f"case:{correction.case_id}", data))
    return True
