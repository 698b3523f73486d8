"""The figures of the evaluation report (L10): counts and sums alone, nobody's data."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import within
from intake.codes import FAMILIES
from intake.models import Case, Grant, Need, Notice, Objection, Payment, Review
from intake.papers.evaluation import Evaluation, Line
from intake.procedure import State
from intake.reads.papers.area import GOODS, GRANTED, MONEY, Area
from intake.reads.place_names import place_names
from intake.scheme.families import family_of


async def evaluation_facts(db: AsyncSession, area: Area) -> Evaluation:
    """The season of an area: of a county by its townships, of a township by its villages."""
    granted, paid = Grant.state.in_(GRANTED), Grant.state == State.PAID.value
    digits = 9 if area.level == "county" else 12
    lines = await _lines(db, area, digits, granted, paid)
    scheme = area.scheme
    tiers, families = await _kinds(db, area, granted)
    objections = Counter(await _objections(db, area))
    cut = await _people(db, area, (Need.state == State.CUT.value) | (Grant.state == State.CUT.value))
    return Evaluation(
        place=area.name,
        scheme=scheme.title,
        document=scheme.document,
        opens_on=scheme.opens_on,
        pay_before=scheme.pay_before,
        disasters=scheme.all_disasters(),
        notice_days=scheme.notice_days,
        lines=lines,
        persons=(await _people(db, area, Case.id.is_not(None)))[1],
        paid_persons=(await _people(db, area, paid))[1],
        in_time=(await _people(db, area, paid & (Payment.paid_on < scheme.pay_before)))[0],
        villages=await db.scalar(select(func.count(Case.village.distinct())).where(area.cases)) or 0,
        meetings=await _count(db, area, Review),
        notices=await _count(db, area, Notice),
        objections=objections.total(),
        upheld=objections[True],
        open=objections[None],
        cut=cut[0],
        cut_persons=cut[1],
        tiers={code: tiers[code] for code in scheme.tiers if tiers[code]},
        families={code: families[code] for code in FAMILIES if families[code]},
        supplied=(await _people(db, area, granted & (GOODS > 0)))[0],
        of_villages=digits == 12,
    )


async def _lines(
    db: AsyncSession, area: Area, digits: int, granted: ColumnElement[bool], paid: ColumnElement[bool]
) -> list[Line]:
    place = func.substr(
        Case.village, literal_column("1"), literal_column(str(digits))
    )  # the same text twice, no fields

    def total(which: Any, of: Any) -> Any:
        return func.coalesce(func.sum(case((which, of), else_=0)), 0)

    rows: Any = await db.execute(
        select(
            place,
            func.count(),
            total(Need.accepted, 1),
            total(Need.accepted, Case.persons_in_need),
            total(granted, 1),
            total(granted, Case.persons_in_need),
            total(granted, MONEY),
            total(paid, 1),
            total(paid, MONEY),
            total(granted, GOODS),
        )
        .select_from(Case)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .outerjoin(Payment, Payment.case_id == Case.id)
        .where(area.cases)
        .group_by(place)
        .order_by(place)
    )
    found = [(code, Line(code, *(int(count) for count in counts))) for code, *counts in rows]
    names = await place_names(db, [code for code, _ in found])
    county = area.names[0]
    return [replace(line, place=names[code].removeprefix(county)) for code, line in found]


async def _people(db: AsyncSession, area: Area, which: ColumnElement[bool]) -> tuple[int, int]:
    """Households and persons in need."""
    row: Any = (
        await db.execute(
            select(func.count(), func.coalesce(func.sum(Case.persons_in_need), 0))
            .select_from(Case)
            .join(Need, Need.case_id == Case.id)
            .outerjoin(Grant, Grant.case_id == Case.id)
            .outerjoin(Payment, Payment.case_id == Case.id)
            .where(area.cases, which)
        )
    ).one()
    return row[0], int(row[1])


async def _kinds(
    db: AsyncSession, area: Area, granted: ColumnElement[bool]
) -> tuple[Mapping[str | None, int], Mapping[str, int]]:
    """Granted households by tier and by family type."""
    query = select(Grant.tier, Case.categories).join(Case, Case.id == Grant.case_id).where(area.cases, granted)
    tiers, families = Counter[str | None](), Counter[str]()
    for tier, categories in await db.execute(query):
        tiers[tier] += 1
        families[family_of(area.scheme.families, categories)] += 1
    return tiers, families


async def _objections(db: AsyncSession, area: Area) -> list[bool | None]:
    """Every objection: whether it was upheld, None while it is open."""
    query = select(Objection.upheld).join(Notice, Notice.id == Objection.notice_id)
    return list(await db.scalars(query.where(_of_area(area, Notice))))


async def _count(db: AsyncSession, area: Area, table: type[Review] | type[Notice]) -> int:
    return await db.scalar(select(func.count()).select_from(table).where(_of_area(area, table))) or 0


def _of_area(area: Area, table: type[Review] | type[Notice]) -> ColumnElement[bool]:
    inside = table.village.startswith(area.code, autoescape=True)
    return and_(table.scheme_id == area.scheme_id, inside, within(area.official, table.village))
