"""The statistics of needs and of relief given (L11), household by household."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import phone
from intake.models import Case, Division, Grant, Household, Need, Payment
from intake.papers.statistics import Counted, Statistics
from intake.procedure import State
from intake.reads.papers.area import GOODS, Area
from intake.scheme.families import family_of


async def statistics_facts(db: AsyncSession, area: Area, sheet: str, more: tuple[str, ...]) -> Statistics:
    """``need``: whose need was accepted; ``given``: who was paid or handed
    goods. ``more`` are the county's own columns."""
    given = sheet == "given"
    query = (
        select(
            Household.head,
            Household.id_number,
            Household.phone,
            Case.categories,
            Case.household_size,
            Division.name,
            Case.group,
            Case.persons_in_need,
            Payment.amount_fen,
            GOODS,
        )
        .join(Case, Case.household_id == Household.id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .outerjoin(Payment, Payment.case_id == Case.id)
        .where(area.cases, (Grant.state == State.PAID.value) | (GOODS > 0) if given else Need.accepted)
        .order_by(Case.village, Case.number)
    )
    rows: Any = await db.execute(query)
    return Statistics(sheet, area.name, [_counted(row, area.scheme.families, given) for row in rows], more)


def _counted(row: Any, families: Mapping[str, str], given: bool) -> Counted:
    head, number, reached, categories, size, village, group, persons, fen, goods_fen = row
    family = family_of(families, categories)
    return Counted(
        head,
        number,
        phone.national(reached),
        family,
        size,
        f"{village}{group}",
        persons,
        fen if given else None,
        (int(goods_fen or 0) or None) if given else None,
    )
