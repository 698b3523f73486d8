"""A refused household appeals."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from intake.appeals import appeal
from intake.attachments import attach
from intake.giving_way import BusyError
from intake.moves import RefusedError
from intake.procedure import Action, find
from intake.reads.own_list import own_list


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@refused``: the person's own cases that were refused or cut."""
    cases = await own_list(at.connection, asker.contact_id)
    found = [one for one in cases if find(one.pass_, one.state, Action.APPEAL)]
    return {"@refused": own.choices(found, given.texts)}


async def take(at: Counter, sent: Sent) -> Told:
    """Make it; what was too late is told why, and whom to call."""
    number = str(sent.answers.get("case", ""))
    known: dict[str, Any] = {"person": sent.given.person, "hotline": sent.given.hotline}
    if not number:
        return Told((Say("appeal.nothing", known),), then="home")
    try:
        async with at.unit() as unit:
            case_id = await appeal(unit, sent.asker.contact_id, number, str(sent.answers["reason"]))
            connection = await unit.db.connection()
            await attach(connection, sent.asker.contact_id, sent.media, f"case:{case_id}")
    except BusyError:
        return Told((Say("own.busy"),), done=False)
    except RefusedError as error:
        (refusal,) = error.refusals.values()
        over = refusal.rule == "G5"
        return Told((Say("appeal.over" if over else "appeal.late", {**known, **refusal.params}),), then="home")
    return Told((Say("appeal.made", {"number": number, **known}),), made={"number": number})
