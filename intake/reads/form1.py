"""Form 1 of a case as it is printed: everything that was filled in, open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one
from intake.models import Case, Household, Submission
from intake.nominations import OWN, Nominator
from intake.normalise import Facts
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Form1:
    """An application. ``answers`` are by the keys of its questions, as the case has them now; those that no column of
    the case holds are as they were sent. ``nominator`` is who applied for the household, None where it did itself.
    Whoever gets this must leave an event."""

    number: str
    village: str
    filed_on: date
    answers: Mapping[str, Any]
    nominator: Nominator | None


async def form1(db: AsyncSession, official: Official, case_id: int) -> Form1:
    """The form of one case.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_one(db, official, Case, case_id)
    household = await db.get_one(Household, case.household_id)
    sent = await db.get_one(Submission, case.submission_id)
    nominator = Nominator.from_json(case.nominator) if case.nominator else None
    lent = nominator is not None and nominator.phone == household.phone
    kept = {key: getattr(case, key) for key in _IN_CASE}
    known = {"head": household.head, "id_number": household.id_number, "phone": None if lent else household.phone}
    return Form1(
        number=case.number,
        village=case.village,
        filed_on=china_date(case.filed_at),
        answers={**sent.content["answers"], **kept, **known},
        nominator=nominator if nominator and nominator.relation != OWN else None,
    )


_IN_CASE = tuple(
    field for field in Facts.__dataclass_fields__ if field not in ("head", "id_number", "phone", "borrowed")
)
