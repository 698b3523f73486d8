"""Goods that households were given: of one household line by line, of many in short."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, access_one, within
from intake.handouts import ENTITLED
from intake.models import Attachment, Case, Division, Fund, Grant, Handout, Household, Staff
from intake.reads.lists import paged
from intake.reads.masked import mask_name


@dataclass(frozen=True, slots=True)
class Handed:
    """Goods of one fund that a household was given; ``received_by`` is who took them if not the head, masked unless
    opened. ``taken_back`` says that a counter entry followed, and ``why``. Money in fen."""

    id: int
    act: int
    item: str
    quantity: int
    unit: str
    worth_fen: int
    source: str
    given_on: date
    who: str
    received_by: str
    relation: str
    taken_back: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A picture that proves a handout: ``channel`` is ``signature`` or ``photo``."""

    act: int
    id: int
    channel: str


async def handed_to(
    db: AsyncSession, official: Official, case_id: int, *, opened: bool = False
) -> tuple[list[Handed], list[Proof]]:
    """What one household was given, the latest first, and the proofs.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    await access_one(db, official, Case, case_id)
    back = aliased(Handout)
    rows: Any = await db.execute(
        select(Handout, Fund.item, Fund.unit, Fund.source, Staff.name, back.recorded_at, back.reason)
        .join(Fund, Fund.id == Handout.fund_id)
        .join(Staff, Staff.id == Handout.given_by)
        .outerjoin(back, back.counters == Handout.id)
        .where(Handout.case_id == case_id, Handout.counters.is_(None))
        .order_by(Handout.recorded_at.desc(), Handout.id)
    )
    found = [
        Handed(
            row.id,
            row.act,
            item,
            row.quantity,
            unit,
            row.worth_fen,
            source,
            row.given_on,
            who,
            row.received_by if opened else mask_name(row.received_by),
            row.relation,
            taken_back,
            why or "",
        )
        for row, item, unit, source, who, taken_back, why in rows
    ]
    subjects = {f"handout:{one.act}": one.act for one in found}
    files: Any = await db.execute(
        select(Attachment.subject, Attachment.id, Attachment.channel)
        .where(Attachment.subject.in_(subjects))
        .order_by(Attachment.id)
    )
    return found, [Proof(subjects[subject], key, channel) for subject, key, channel in files]


async def belongs(db: AsyncSession, case_id: int, act: int) -> bool:
    """Whether a household was given something in an act."""
    return bool(await db.scalar(select(exists().where(Handout.case_id == case_id, Handout.act == act))))


@dataclass(frozen=True, slots=True)
class Entitled:
    """A household that may be given goods, and what it was given already, in short."""

    id: int
    number: str
    village_name: str
    head: str
    persons: int
    given: str


async def entitled(
    db: AsyncSession, official: Official, scheme_id: int, village: str, page: int, *, waiting: bool
) -> tuple[list[Entitled], int]:
    """One page of the households whose grant the county accepted, in the order of village and number, and how many
    there are; ``waiting``: only those that were given nothing yet."""
    given = exists().where(Handout.case_id == Case.id, _standing())
    query = (
        select(Case.id, Case.number, Division.name, Household.head, Case.persons_in_need)
        .join(Grant, Grant.case_id == Case.id)
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .where(Case.scheme_id == scheme_id, within(official, Case.village), Grant.state.in_(ENTITLED))
        .order_by(Case.village, Case.number)
    )
    if village:
        query = query.where(Case.village == village)
    if waiting:
        query = query.where(~given)
    rows, total = await paged(db, query, page)
    goods = await goods_of(db, [row[0] for row in rows])
    return [Entitled(*row, goods.get(row[0], "")) for row in rows], total


def _standing() -> Any:
    """A handout that nobody took back."""
    back = aliased(Handout)
    return Handout.counters.is_(None) & ~exists().where(back.counters == Handout.id)


async def goods_of(db: AsyncSession, case_ids: Collection[int]) -> dict[int, str]:
    """What these households have, in short, by case: each item with how many of which unit, one after the other."""
    query = goods_by_case().where(Handout.case_id.in_(case_ids))
    return in_short(await db.execute(query))


def goods_by_case() -> Any:
    """Rows of case, item, unit, pieces and worth in fen of what households have, without what was taken back."""
    return (
        select(Handout.case_id, Fund.item, Fund.unit, func.sum(Handout.quantity), func.sum(Handout.worth_fen))
        .join(Fund, Fund.id == Handout.fund_id)
        .group_by(Handout.case_id, Fund.item, Fund.unit)
        .having(func.sum(Handout.quantity) != 0)
        .order_by(Handout.case_id, Fund.item, Fund.unit)
    )


def in_short(rows: Any) -> dict[int, str]:
    """Rows of :func:`goods_by_case` in words, by case."""
    parts: dict[int, list[str]] = {}
    for case_id, item, unit, pieces, *_ in rows:
        parts.setdefault(case_id, []).append(f"{item}{int(pieces)}{unit}")
    return {case_id: " ".join(words) for case_id, words in parts.items()}
