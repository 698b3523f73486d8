"""Who applied for cases, and what every message about one of them has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.models import Case, Contact, Division, Household
from intake.nominations import OWN


@dataclass(frozen=True, slots=True)
class Applicant:
    """The contact that applied for a case, and its channel. ``params`` are the case's number and village, and for a
    nominator, who may have applied for many, the head's name."""

    contact_id: int
    channel: str
    scheme_id: int
    params: Mapping[str, Any]


async def applicants(db: AsyncSession | AsyncConnection, case_ids: Collection[int]) -> dict[int, Applicant]:
    """Who applied for these cases, by case."""
    query = (
        select(
            Case.id,
            Case.number,
            Case.scheme_id,
            Case.contact_id,
            Case.nominator,
            Household.head,
            Division.name,
            Contact.channel,
        )
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Contact, Contact.id == Case.contact_id)
        .where(Case.id.in_(case_ids))
    )
    return {row.id: _applicant(row) for row in await db.execute(query)}


def _applicant(row: Any) -> Applicant:
    named = row.nominator is not None and row.nominator.get("relation") != OWN
    params = {"number": row.number, "village": row.name} | ({"nominee": row.head} if named else {})
    return Applicant(row.contact_id, row.channel, row.scheme_id, params)
