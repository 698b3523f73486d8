"""Applying again after an application was withdrawn opens the same case once more, as a new revision."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.corrections import Correction, put
from intake.events import Event, Journal
from intake.models import Case, Grant, Need
from intake.procedure import Pass, State


async def reopen(connection: AsyncConnection, journal: Journal, correction: Correction, now: datetime) -> str:
    """Open a withdrawn case for whoever applies now, the same contact or another; its number. Empty: it is not
    withdrawn, nothing happens. A withdrawn first pass takes the new answers; in the second the household stands on the
    list of the needy with the old ones (L11), and the village reviews the amount anew."""
    for pass_, stage in ((Pass.NEED, Need), (Pass.GRANT, Grant)):
        is_it = stage.case_id == correction.case_id
        row = (
            await connection.execute(select(stage.state, stage.revision).where(is_it).with_for_update(key_share=True))
        ).one_or_none()
        if row is None or row.state != State.WITHDRAWN.value:
            continue
        again = {"state": State.APPLIED.value, "revision": row.revision + 1, "changed_at": now}
        await connection.execute(update(stage).where(is_it).values(**again))
        await _hand_over(connection, correction, pass_, now)
        data = {"submission": correction.submission_id, "pass": pass_.value, "revision": row.revision + 1}
        actor = f"contact:{correction.contact_id}"
        journal.add(Event(now, actor, "case.reopened", f"case:{correction.case_id}", data))
        return str(await connection.scalar(select(Case.number).where(Case.id == correction.case_id)))
    return ""


async def _hand_over(connection: AsyncConnection, correction: Correction, pass_: Pass, now: datetime) -> None:
    if pass_ is Pass.NEED:
        await put(connection, correction, contact_id=correction.contact_id, filed_at=now)
    else:
        case = update(Case).where(Case.id == correction.case_id)
        await connection.execute(case.values(contact_id=correction.contact_id))
