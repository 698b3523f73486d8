"""People found in need who did not ask (G1): told by anyone, looked at by the village and those above it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from intake.access import Official, access_one, within
from intake.attachments import attach
from intake.discovery_codes import OUTCOMES, DiscoveryState, due_at
from intake.events import Event, Letter
from intake.models import Case, Discovery
from intake.referrals import OvertakenError, open_referrals
from intake.unit import Unit
from store.clock import china_date
from store.ids import new_id

_PERSON = ("who", "phone", "teller", "teller_phone")


class NoSuchCaseError(LookupError):
    """No case of that number in the official's area."""


async def tell_of_someone(
    unit: Unit, contact_id: int, official: Official | None, answers: Mapping[str, Any], media: Collection[int] = ()
) -> Discovery:
    """Take down that someone is in need. ``answers`` are those of the flow ``discover``; ``official`` is None where no
    account is bound; ``media`` are the contact's attachments."""
    urgent = answers["urgent"] == "yes"
    found = Discovery(
        id=new_id(unit.now),
        village=answers["village"],
        contact_id=contact_id,
        staff_id=official.id if official else None,
        person={field: answers.get(field) or "" for field in _PERSON},
        situations=list(answers["situations"]),
        urgent=urgent,
        note=answers["seen"],
        state=DiscoveryState.NEW.value,
        found_at=unit.now,
        due_at=due_at(unit.now, urgent=urgent),
        outcome="",
    )
    unit.db.add(found)
    await unit.db.flush()
    subject, actor = f"discovery:{found.id}", official.actor if official else f"contact:{contact_id}"
    data = {"village": found.village, "urgent": found.urgent}
    unit.journal.add(Event(unit.now, actor, "discovery.told", subject, data))
    if media:
        await attach(await unit.db.connection(), contact_id, media, subject)
    return found


async def say_what_came(
    unit: Unit, official: Official, discovery_id: int, seen: str, state: DiscoveryState, words: str, number: str = ""
) -> None:
    """Write down what came of it; who told of it hears so in general words. ``seen`` is the state that the official's
    page showed; ``number`` the case that they applied with.

    Raises:
        OutOfAreaError: no such discovery in the official's area.
        OvertakenError: somebody was faster, or ``state`` cannot follow.
        NoSuchCaseError: ``number`` is no case of the official's area.
    """
    found = await access_one(unit.db, official, Discovery, discovery_id, lock=True)
    before = DiscoveryState(found.state)
    if found.state != seen or state not in OUTCOMES.get(before, ()):
        raise OvertakenError
    data: dict[str, Any] = {"state": state.value}
    if state is DiscoveryState.APPLIED:
        query = select(Case.id).where(Case.number == number, within(official, Case.village))
        data["case"] = await unit.db.scalar(query)
        if data["case"] is None:
            raise NoSuchCaseError
    found.state, found.handled_by, found.handled_at = state.value, official.id, unit.now
    found.outcome = f"{found.outcome}\n{words}".strip()
    told = {"told_on": china_date(found.found_at).isoformat()}
    key = f"discovery.handled:{found.id}:{state.value}"
    letter = Letter(found.contact_id, key, f"discover.letter.{state.value}", told)
    subject = f"discovery:{found.id}"
    unit.journal.add(Event(unit.now, official.actor, "discovery.handled", subject, data, (letter,)))


async def refer_someone(
    unit: Unit, official: Official, discovery_id: int, services: Collection[str]
) -> tuple[str, ...]:
    """Refer someone who was found in need to other services; those that were opened, without what is open already.

    Raises:
        OutOfAreaError: no such discovery in the official's area.
    """
    found = await access_one(unit.db, official, Discovery, discovery_id, lock=True)
    source = f"discovery:{found.id}"
    return await open_referrals(unit, official.actor, source, found.village, services, urgent=found.urgent)
