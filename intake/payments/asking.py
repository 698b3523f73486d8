"""Asking who applied for the card that money can be paid to (L2), before a list is made."""

from sqlalchemy import select

from intake.access import Official, access_one
from intake.events import Event, Letter
from intake.models import Case, Grant
from intake.moves import lock_cases
from intake.open_season import open_season
from intake.payments.candidates import unlisted
from intake.payments.refusing import refused
from intake.payments.settling import whom_to_ask
from intake.procedure import Pass
from intake.unit import Unit
from store.clock import china_date


async def ask_for_card(unit: Unit, official: Official, case_id: int) -> None:
    """Ask by chat, once a day at the most.

    Raises:
        RefusedError: no money waits for a card, for it was listed or paid meanwhile; they applied on paper or otherwise
            without a chat, and have to be asked in person; or the season is closed.
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_one(unit.db, official, Case, case_id)
    await open_season(unit.db, case.scheme_id, together=True)
    await lock_cases(unit.db, Pass.GRANT, [case.id])
    if await unit.db.scalar(select(Grant.case_id).where(Grant.case_id == case.id, unlisted())) is None:
        raise refused("G4", "changed")
    ask = (await whom_to_ask(unit.db, [case.id]))[case.id]
    if not ask.by_chat:
        raise refused("G6", "in_person", number=case.number)
    key = f"payment.card_asked:{case.id}:{china_date(unit.now).isoformat()}"
    letter = Letter(ask.contact_id, key, "message.card_asked", ask.params)
    unit.journal.add(Event(unit.now, official.actor, "payment.card_asked", f"case:{case.id}", {}, (letter,)))
