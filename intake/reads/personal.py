"""The personal fields of a case, unmasked."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from intake import phone
from intake.access import Official, access_one
from intake.models import Case, Household


@dataclass(frozen=True, slots=True)
class Personal:
    """The fields that are masked elsewhere, open. Whoever gets this must leave an event."""

    id_number: str
    phone: str
    bank_card: str
    nominator_phone: str


async def personal(db: AsyncSession, official: Official, case_id: int) -> Personal:
    """The open personal fields of a case.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_one(db, official, Case, case_id)
    household = await db.get_one(Household, case.household_id)
    nominator_phone = (case.nominator or {}).get("phone", "")
    return Personal(
        household.id_number,
        phone.national(household.phone),
        household.bank_card or "",
        phone.national(nominator_phone) if nominator_phone else "",
    )
