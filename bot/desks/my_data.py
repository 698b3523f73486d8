"""What is stored of a person: shown, put right, deleted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.desks.data_words import data_words
from bot.effects import Say, SetLanguage
from bot.models import SessionRow
from bot.session import Session
from intake import phone
from intake.moves import RefusedError
from intake.personal_data import forget, held, set_phone
from intake.procedure import State
from intake.reads.own_list import own_list
from locales import HOME


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@open``: the person's own cases that are not paid yet."""
    async with at.reading() as db:
        found = [one for one in await own_list(db, asker.contact_id) if one.state is not State.PAID]
    return {"@open": own.choices(found, given.texts)}


async def take(at: Counter, sent: Sent) -> Told:
    """Do it."""
    match sent.answers["what"]:
        case "phone" if "phone" in sent.answers:
            return await _phone(at, sent)
        case "erase":
            return await _erase(at, sent)
    contact_id = sent.asker.contact_id
    cases, counts = await own_list(at.connection, contact_id), await held(at.connection, contact_id)
    drafts = select(SessionRow.flow, SessionRow.document).where(
        SessionRow.contact_id == contact_id, SessionRow.flow != sent.flow
    )
    rows = await at.connection.execute(drafts.order_by(SessionRow.flow))
    # What only carries answers over to the next in a row was never begun.
    begun = [row.flow for row in rows if not Session.from_json(row.flow, row.document).fresh]
    return Told(data_words(cases, counts, begun, sent.given))


async def _phone(at: Counter, sent: Sent) -> Told:
    number = str(sent.answers["phone"])
    try:
        async with at.unit() as unit:
            await set_phone(unit, sent.asker.contact_id, str(sent.answers["case"]), number)
    except RefusedError:
        return Told((Say("my_data.phone.late", {"person": sent.given.person}),), then="home")
    return Told((Say("my_data.phone.done", {"phone": phone.mask(number)}),), then="home")


async def _erase(at: Counter, sent: Sent) -> Told:
    if not sent.answers["erase"]:
        return Told((Say("my_data.erase.not"),), then="home")
    contact_id = sent.asker.contact_id
    await at.connection.execute(delete(SessionRow).where(SessionRow.contact_id == contact_id))
    await forget(at.connection, contact_id)
    cases = await own_list(at.connection, contact_id)
    kept = (Say("my_data.erase.kept", {"person": sent.given.person}),) if cases else ()
    return Told((SetLanguage(HOME), Say("my_data.erase.done"), *kept), forget=True, then="home")
