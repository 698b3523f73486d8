"""An application is taken back."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from intake.moves import RefusedError
from intake.procedure import Action, State, find
from intake.reads.own_list import own_list
from intake.withdrawals import withdraw


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@open``: the person's own cases that are not decided yet; ``@nominated``: it is for another household."""
    async with at.reading() as db:
        cases = await own_list(db, asker.contact_id)
    found = [one for one in cases if find(one.pass_, one.state, Action.WITHDRAW)]
    meant = answers.get("case") or (found[0].number if len(found) == 1 else "")
    nominated = any(one.nominated for one in found if one.number == meant)
    return {"@open": own.choices(found, given.texts), "@nominated": nominated}


async def take(at: Counter, sent: Sent) -> Told:
    """Withdraw it; what was too late is told why."""
    number, known = str(sent.answers.get("case", "")), {"person": sent.given.person, "hotline": sent.given.hotline}
    if not number:
        return Told((Say("withdraw.nothing", known),), then="home")
    try:
        async with at.unit() as unit:
            await withdraw(unit, sent.asker.contact_id, number, str(sent.answers["why"]))
    except RefusedError as error:
        again = error.only.params.get("state") == State.WITHDRAWN.value
        return Told((Say("withdraw.again" if again else "withdraw.late", known),), then="home")
    return Told((Say("withdraw.done", {"number": number, **known}),), made={"number": number})
