"""Form 4: what was approved and is paid, to which card, and which goods were handed out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Case, Grant, Handout, Household, Payment
from intake.papers.form4 import Form4, Paid
from intake.reads.handouts import goods_by_case, in_short
from intake.reads.papers.area import GOODS, GRANTED, MONEY, Area
from intake.reads.place_names import place_names
from intake.scheme.families import family_of


async def form4_facts(db: AsyncSession, area: Area) -> Form4:
    """The list, village by village in the order of their codes."""
    rows: Any = (
        await db.execute(
            select(
                Case.village,
                Household.head,
                Case.household_size,
                Case.persons_in_need,
                Payment.bank_card,
                Household.bank_card,
                Case.categories,
                MONEY,
                GOODS,
                Case.id,
            )
            .join(Household, Household.id == Case.household_id)
            .join(Grant, Grant.case_id == Case.id)
            .outerjoin(Payment, Payment.case_id == Case.id)
            .where(area.cases, Grant.state.in_(GRANTED))
            .order_by(Case.village, Case.number)
        )
    ).all()
    names = {} if area.level == "village" else await place_names(db, {row[0] for row in rows})
    goods = in_short(await db.execute(goods_by_case().where(Handout.case_id.in_(select(Case.id).where(area.cases)))))
    families = area.scheme.families
    return Form4(area.place, [_paid(row, families, names, goods) for row in rows])


def _paid(row: Any, families: Mapping[str, str], names: Mapping[str, str], goods: Mapping[int, str]) -> Paid:
    village, head, size, persons, paid_to, card, categories, fen, goods_fen, case_id = row
    family, place = family_of(families, categories), names.get(village, "")
    given = goods.get(case_id, "")
    return Paid(head, size, persons, paid_to or card or "", family, fen, given, place, int(goods_fen))
