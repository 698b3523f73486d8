"""What a contact applied for: its own cases, and nobody else's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from intake.models import Case, Division, Grant, Household, Need
from intake.nominations import OWN
from intake.procedure import Pass, State

MOST = 20
"""So many are offered to pick from, the newest first; older ones are found by their number."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One of them, and where it stands. ``nominated``: for another household. Numbers are open here: who sees them sent
    them."""

    id: int
    number: str
    head: str
    village: str
    village_name: str
    pass_: Pass
    state: State
    nominated: bool
    id_number: str
    phone: str
    bank_card: str


async def own_list(db: AsyncSession | AsyncConnection, contact_id: int) -> list[OwnCase]:
    """The newest cases of a contact."""
    rows: Any = await db.execute(
        select(
            Case.id,
            Case.number,
            Case.village,
            Case.nominator,
            Household.head,
            Household.id_number,
            Household.phone,
            Household.bank_card,
            Division.name,
            Need.state.label("need"),
            Grant.state.label("grant"),
        )
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Case.contact_id == contact_id)
        .order_by(Case.filed_at.desc(), Case.number.desc())
        .limit(MOST)
    )
    return [
        OwnCase(
            id=row.id,
            number=row.number,
            head=row.head,
            village=row.village,
            village_name=row.name,
            pass_=Pass.GRANT if row.grant else Pass.NEED,
            state=State(row.grant or row.need),
            nominated=row.nominator is not None and row.nominator.get("relation") != OWN,
            id_number=row.id_number,
            phone=row.phone,
            bank_card=row.bank_card or "",
        )
        for row in rows
    ]
