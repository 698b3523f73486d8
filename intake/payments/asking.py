"""Asking who applied for the card that money can be paid to (L2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one
from intake.events import Event, Letter
from intake.models import Case, Grant
from intake.moves import lock_cases, scheme_of
from intake.open_season import open_season
from intake.payments.candidates import CHAT, unlisted
from intake.payments.refusing import refused
from intake.procedure import Pass
from intake.reads.applicants import applicants
from intake.unit import Unit
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for a card: the contact that applied, and whether they can be asked by chat; ``params`` are what
    every message about a case has."""

    contact_id: int
    by_chat: bool
    params: Mapping[str, Any]


async def whom_to_ask(db: AsyncSession, case_ids: Collection[int]) -> dict[int, Asked]:
    """Who applied for these cases, by case."""
    found = await applicants(db, case_ids)
    schemes = {
        scheme_id: (await scheme_of(db, scheme_id))[1] for scheme_id in {one.scheme_id for one in found.values()}
    }
    return {
        case_id: Asked(
            one.contact_id,
            one.channel in CHAT,
            {**one.params, "hotline": schemes[one.scheme_id].hotline, "phone": schemes[one.scheme_id].contact_phone},
        )
        for case_id, one in found.items()
    }


async def ask_for_card(unit: Unit, official: Official, case_id: int) -> None:
    """Ask by chat before a list is made, once a day at the most.

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
