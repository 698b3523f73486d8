"""Relatives of a household among those who decide are declared before anybody acts (L12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one
from intake.events import Event, Journal
from intake.models import Case, Relation
from intake.moves import RefusedError
from intake.open_season import open_season
from intake.rules import Refusal
from store.ids import new_id

KINSHIP = ("spouse", "parent", "child", "sibling", "in_law", "other")
"""Who counts as a relative."""
LONGEST_NAME = 60
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Kin:
    """A decision maker who is a relative: the code of :data:`KINSHIP`, and the name where it is not the official who
    declares it."""

    relation: str
    name: str = ""


def kin_fault(kin: Kin) -> Refusal | None:
    """L12: a declaration says how somebody is related, and a name is a name."""
    if kin.relation not in KINSHIP:
        return Refusal("L12", "refusal.L12.no_relation")
    if len(kin.name.strip()) > LONGEST_NAME:
        return Refusal("L12", "refusal.L12.long_name", {"most": LONGEST_NAME})
    return None


def is_named(official: Official, name: str) -> bool:
    """Whether ``name`` means the official: their own name, with or without the place or office that stands before it
    in their account («石门村 张志远») or in what was typed («村主任张志远»)."""
    typed, whole = "".join(name.split()), "".join(official.name.split())
    own = official.name.split()[-1:]
    return len(typed) >= _SHORTEST_NAME and (whole.endswith(typed) or any(typed.endswith(one) for one in own))


async def declare(db: AsyncSession, journal: Journal, official: Official, now: datetime, case_id: int, kin: Kin) -> int:
    """An official declares a relative of a case's household; the declaration's id. The same said again stays as it was.

    Raises:
        OutOfAreaError: no such case in the official's area.
        RefusedError: no relation chosen, the name is too long, or (case id 0) the season is closed.
    """
    case = await access_one(db, official, Case, case_id)
    await open_season(db, case.scheme_id, together=True)
    await access_one(db, official, Case, case_id, lock=True)
    fault = kin_fault(kin)
    if fault is not None:
        raise RefusedError({case_id: fault})
    name = "" if is_named(official, kin.name) else kin.name.strip()
    for known in await db.scalars(select(Relation).where(Relation.case_id == case_id)):
        if (known.name, known.relation) == (name, kin.relation) and (name or known.staff_id == official.id):
            return known.id
    row = Relation(
        id=new_id(now),
        case_id=case_id,
        staff_id=None if name else official.id,
        name=name,
        relation=kin.relation,
        declared_by=official.id,
        declared_at=now,
    )
    db.add(row)
    await db.flush()
    data = {"declaration": row.id, "relation": kin.relation, "staff": row.staff_id}
    journal.add(Event(now, official.actor, "relation.declared", f"case:{case_id}", data))
    return row.id


async def declare_all(
    db: AsyncSession, journal: Journal, official: Official, now: datetime, kin: Mapping[int, Kin]
) -> None:
    """What a meeting declared, by case.

    Raises:
        OutOfAreaError, RefusedError: as :func:`declare`.
    """
    for case_id in sorted(kin):
        await declare(db, journal, official, now, case_id, kin[case_id])
