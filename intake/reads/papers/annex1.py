"""Annex 1: who was given what because of the disaster. What civil affairs gave is theirs to fill in."""

from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import id_number
from intake.models import Case, Division, Grant, Household, Payment
from intake.papers.annex1 import Affected, Annex1
from intake.reads.papers.area import GRANTED, MONEY, Area
from intake.reads.place_names import place_names


async def annex1_facts(db: AsyncSession, area: Area, disaster: str, today: date) -> Annex1:
    """The heads of the households that were granted relief; ``disaster`` is its name as the official gives it."""
    rows: Any = (
        await db.execute(
            select(Case.village, Case.group, Household.head, Household.id_number, MONEY, Division.name)
            .join(Household, Household.id == Case.household_id)
            .join(Division, Division.code == Case.village)
            .join(Grant, Grant.case_id == Case.id)
            .outerjoin(Payment, Payment.case_id == Case.id)
            .where(area.cases, Grant.state.in_(GRANTED))
            .order_by(Case.village, Case.number)
        )
    ).all()
    townships = await place_names(db, {row[0][:9] for row in rows})
    return Annex1(disaster, [_affected(row, townships[row[0][:9]], today) for row in rows])


def _affected(row: Any, area: str, today: date) -> Affected:
    _village, group, head, number, fen, village = row
    female, age = None, None
    with suppress(id_number.IdNumberError):
        known = id_number.parse(number, today)
        had = (today.month, today.day) >= (known.birth.month, known.birth.day)
        female, age = known.female, today.year - known.birth.year - (not had)
    return Affected(area, head, female, age, number, f"{village}{group}", fen)
