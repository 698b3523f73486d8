"""The card that relief is paid to (L2, G4): given by whoever applied, always the head's own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.card_facts import card_facts
from intake.card_numbers import is_card
from intake.citizens import Citizen
from intake.events import Event, Journal
from intake.giving_way import giving_way
from intake.models import Case, EventRow, Grant, Household, Need, Staff
from intake.moves import UNKNOWN, RefusedError
from intake.names import same_name
from intake.open_season import CLOSED, is_closed
from intake.own_cases import access_own, lock_pass
from intake.procedure import ENDED, Role, State
from intake.rules import Refusal
from intake.unit import Unit

GIVEN = "household.card"
"""The event."""
OVER = frozenset(ENDED)
"""Where nothing is paid any more."""
GIVERS = frozenset({Role.VILLAGE, Role.TOWNSHIP})
"""Officials who may give the cards of their own households, too."""
TAIL = 4
"""Digits by which a card is known on a page."""


async def give_card(
    unit: Unit, contact_id: int, official: Official | None, number: str, card: str, holder: str
) -> Case:
    """Keep the card of a case's household until it is paid. ``official`` is who the contact is bound to: villages and
    townships may give the card of their own households too.

    Raises:
        RefusedError: no such case for them, paid or over already, in a closed season, not the head's card, a card that
            another household of the season has, or no card number.
        BusyError: an official is at work on it.
    """
    case = await _access(unit.db, contact_id, official, number)
    async with giving_way(unit.db):
        data = await _keep(unit.db, case, card, holder)
    who = official.actor if official else Citizen(contact_id).actor
    unit.journal.add(Event(unit.now, who, GIVEN, f"case:{case.id}", {"by": contact_id} | data))
    return case


async def put_card(
    db: AsyncSession,
    journal: Journal,
    who: Official,
    now: datetime,
    case_id: int,
    card: str,
    holder: str,
    tail: str | None = None,
) -> Case:
    """Keep the card that an official of the household's area was shown: the head's own, and no other household's (G4).
    ``tail`` is how the card ended that their page showed, empty for none, None where nobody says.

    Raises:
        RefusedError: no such case in their area, paid or over already, in a closed season, another holder than the
            head, a card that another household of the season has, no card number, or somebody gave another card since.
    """
    case = await db.scalar(select(Case).where(Case.id == case_id, within(who, Case.village)))
    if case is None:
        raise RefusedError({case_id: UNKNOWN})
    card = card.replace(" ", "")
    await lock_pass(db, case.id)
    household = await db.get_one(Household, case.household_id, populate_existing=True)
    known = household.bank_card or ""
    if known and (known, household.card_holder) == (card, holder.strip()):
        return case  # sent twice
    if tail is not None and known[-TAIL:] != tail:
        raise RefusedError({case_id: await _changed(db, case_id, known[-TAIL:])})
    data = await _keep(db, case, card, holder)
    journal.add(Event(now, who.actor, GIVEN, f"case:{case_id}", data))
    return case


async def _changed(db: AsyncSession, case_id: int, tail: str) -> Refusal:
    """Who gave another card, and when."""
    query = select(EventRow.actor, EventRow.at).where(EventRow.kind == GIVEN, EventRow.subject == f"case:{case_id}")
    last = (await db.execute(query.order_by(EventRow.seq.desc()).limit(1))).first()
    actor, at = (last.actor, last.at) if last else ("", None)
    staff = int(actor.removeprefix("staff:")) if actor.startswith("staff:") else 0
    who = await db.scalar(select(Staff.name).where(Staff.id == staff))
    key = "refusal.card.changed" if who else "refusal.card.changed_by_contact"
    return Refusal("G4", key, {"who": who or "", "when": at or "", "tail": tail})


async def _keep(db: AsyncSession, case: Case, card: str, holder: str) -> dict[str, object]:
    """Keep the card, or refuse it; what the event says."""
    pass_ = await lock_pass(db, case.id)
    refusal = await _fault(db, case, card, holder)
    if refusal is not None:
        raise RefusedError({case.id: refusal})
    household = await db.get_one(Household, case.household_id)
    changed = household.bank_card is not None
    household.bank_card, household.card_holder = card, holder.strip()
    await db.flush()
    return {"pass": pass_.value, "changed": changed}


async def head_of(db: AsyncSession, contact_id: int, official: Official | None, number: str) -> str:
    """Whose card it has to be, for checking alone; empty where they may give none for this number."""
    try:
        case = await _access(db, contact_id, official, number)
    except RefusedError:
        return ""
    return (await db.get_one(Household, case.household_id)).head


async def _access(db: AsyncSession, contact_id: int, official: Official | None, number: str) -> Case:
    if official is not None and official.role in GIVERS:
        case = await db.scalar(select(Case).where(Case.number == number, within(official, Case.village)))
        if case is not None:
            return case
    return await access_own(db, contact_id, number)


async def _fault(db: AsyncSession, case: Case, card: str, holder: str) -> Refusal | None:
    need, grant = await db.get_one(Need, case.id), await db.get(Grant, case.id)
    state = State(grant.state if grant else need.state)
    if state in OVER:
        return Refusal("G4", "refusal.card.over", {"state": state.value})
    if await is_closed(db, case.scheme_id):
        return CLOSED
    household = await db.get_one(Household, case.household_id, populate_existing=True)
    if not same_name(holder, household.head):
        return Refusal("G4", "refusal.card.not_the_head")
    if not is_card(card):
        return Refusal("L2", "refusal.L2.card_digits", {"digits": len(card)})
    others = (await card_facts(db, {case.id: (case, card)}))[case.id].others
    return Refusal("G4", "refusal.G4.card_shared", {"households": others}) if others else None
