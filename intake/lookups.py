"""Finding the case of somebody who did not apply by this contact: by its number and the end of the head's ID number."""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from intake import id_number
from intake.models import Case, Household, Submission
from store.clock import china_date
from store.ids import new_id

FLOW = "status"
PER_CONTACT = 5
"""Wrong pairs of one contact in a day, after which it is told to call."""
PER_NUMBER = 20
"""Wrong pairs for one number in a day, whoever sent them: four characters are soon guessed by many."""


class No(Enum):
    """Why a case is not told: there is none of that number, or the pair is wrong, which is one thing; or too many wrong
    pairs today, of the contact or for the number: then not even a right pair counts."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Pair:
    """A case's number, and the last four characters of the head's ID number as somebody typed them."""

    contact_id: int
    number: str
    tail: str


_MISS = {
    "sqlite": sqlite.insert(Submission).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(Submission).on_conflict_do_nothing(index_elements=["key"]),
}


async def look_up(connection: AsyncConnection, now: datetime, pairs: Sequence[Pair]) -> list[int | No]:
    """The id of the case that each pair opens, in their order, in a few statements for all. A wrong pair counts."""
    counted = [(_name("contact", str(pair.contact_id), now), _name("number", pair.number, now)) for pair in pairs]
    missed = await _missed(connection, counted)
    query = select(Case.id, Case.number, Household.id_number).join(Household, Household.id == Case.household_id)
    found = await connection.execute(query.where(Case.number.in_({pair.number for pair in pairs})))
    cases = {row.number: row for row in found}
    outcomes: list[int | No] = []
    misses: list[dict[str, Any]] = []
    for pair, (by_contact, by_number) in zip(pairs, counted, strict=True):
        case = cases.get(pair.number)
        if missed[by_contact] >= PER_CONTACT or missed[by_number] >= PER_NUMBER:
            outcomes.append(No.TOO_MANY)
        elif case is not None and _ends(case.id_number, pair.tail):
            outcomes.append(int(case.id))
        else:
            outcomes.append(No.WRONG)
            for name in (by_contact, by_number):
                misses.append(_miss(pair, f"{name}:{missed[name]}", now))
                missed[name] += 1
    if misses:  # in the order of their keys, so that two processes never wait for each other in a ring
        await connection.execute(_MISS[connection.dialect.name], sorted(misses, key=lambda row: str(row["key"])))
    return outcomes


def _name(what: str, which: str, now: datetime) -> str:
    return f"{FLOW}:{what}:{which}:{china_date(now):%Y%m%d}"


async def _missed(connection: AsyncConnection, counted: Sequence[tuple[str, str]]) -> Counter[str]:
    """How many wrong pairs there were today under each name."""
    most: Mapping[str, int] = {
        name: most for pair in counted for name, most in zip(pair, (PER_CONTACT, PER_NUMBER), strict=True)
    }
    keys = [f"{name}:{one}" for name, some in most.items() for one in range(some)]
    found = await connection.scalars(select(Submission.key).where(Submission.key.in_(keys)))
    return Counter(key.rpartition(":")[0] for key in found)


def _ends(number: str, tail: str) -> bool:
    return hmac.compare_digest(id_number.clean(tail).upper()[-4:].encode(), number[-4:].encode())


def _miss(pair: Pair, key: str, now: datetime) -> dict[str, Any]:
    """What was sent and fitted nothing, under a key that counts: it is unique, so no two at once count as one. Where
    another process counts there first, one less counts for us, which does no harm."""
    content = {"answers": {"number": pair.number}}
    about = {"flow": FLOW, "flow_version": 1, "contact_id": pair.contact_id, "sent_at": now}
    return {"id": new_id(now), "key": key, "content": content, **about}
