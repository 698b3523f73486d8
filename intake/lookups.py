"""Finding the case of somebody who did not apply by this contact: by its number and the end of the head's ID number."""

import hmac
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from intake import id_number
from intake.models import Case, Household, Submission
from intake.unit import Unit
from store.clock import china_date
from store.ids import new_id

FLOW = "status"
PER_CONTACT = 5
"""Wrong pairs of one contact in a day, after which it is told to call."""
PER_NUMBER = 20
"""Wrong pairs for one number in a day, whoever sent them: four characters are soon guessed by many."""


class TooManyError(Exception):
    """Too many wrong pairs today."""


async def look_up(unit: Unit, contact_id: int, number: str, tail: str) -> int | None:
    """The id of the case with this number, if ``tail`` ends with the last four characters of the head's ID number. None
    where there is no such case and where the pair is wrong alike; that counts.

    Raises:
        TooManyError: of this contact, or for this number; then not even a right pair counts.
    """
    by_contact = _keys("contact", str(contact_id), unit.now, PER_CONTACT)
    by_number = _keys("number", number, unit.now, PER_NUMBER)
    missed = [await _missed(unit.db, keys) for keys in (by_contact, by_number)]
    if missed[0] >= PER_CONTACT or missed[1] >= PER_NUMBER:
        raise TooManyError
    query = select(Case.id, Household.id_number).join(Household, Household.id == Case.household_id)
    row = (await unit.db.execute(query.where(Case.number == number))).one_or_none()
    typed = id_number.clean(tail).upper()[-4:]
    if row is not None and hmac.compare_digest(typed.encode(), row.id_number[-4:].encode()):
        return int(row.id)
    await _miss(unit, contact_id, (by_contact[missed[0]], by_number[missed[1]]), number)
    return None


def _keys(what: str, which: str, now: datetime, most: int) -> list[str]:
    return [f"{FLOW}:{what}:{which}:{china_date(now):%Y%m%d}:{one}" for one in range(most)]


async def _missed(db: AsyncSession, keys: list[str]) -> int:
    return await db.scalar(select(func.count()).where(Submission.key.in_(keys))) or 0


async def _miss(unit: Unit, contact_id: int, keys: tuple[str, str], number: str) -> None:
    """What was sent and fitted nothing, under keys that count: they are unique, so no two at once count as one."""
    for key in keys:
        sent = {"contact_id": contact_id, "content": {"answers": {"number": number}}, "sent_at": unit.now}
        try:
            async with unit.db.begin_nested():
                unit.db.add(Submission(id=new_id(unit.now), key=key, flow=FLOW, flow_version=1, **sent))
                await unit.db.flush()
        except IntegrityError:
            continue  # another process counted there: one less counts for us, one more does no harm
