"""The statistics of needs and of relief given (L11), household by household."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import phone
from intake.models import Case, Division, Grant, Household, Need, Payment
from intake.papers.statistics import Counted, Statistics
from intake.procedure import State
from intake.reads.papers.area import Area, family_of


async def statistics_facts(db: AsyncSession, area: Area, sheet: str, more: tuple[str, ...]) -> Statistics:
    """``need``: whose need was accepted; ``given``: who was paid. ``more`` are the county's own columns."""
    given = sheet == "given"
    query = (
        select(Case, Household, Division.name, Payment.amount_fen)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .outerjoin(Payment, Payment.case_id == Case.id)
        .where(area.cases, Grant.state == State.PAID.value if given else Need.accepted)
        .order_by(Case.village, Case.number)
    )
    rows: Any = await db.execute(query)
    families = area.scheme.families
    found = [
        _counted(case, household, village, fen if given else None, families) for case, household, village, fen in rows
    ]
    return Statistics(sheet, area.name, found, more)


def _counted(case: Case, household: Household, village: str, fen: int | None, families: Any) -> Counted:
    return Counted(
        household.head,
        household.id_number,
        phone.national(household.phone),
        family_of(families, case.categories),
        case.household_size,
        f"{village}{case.group}",
        case.persons_in_need,
        fen,
    )
