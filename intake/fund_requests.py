"""The request for the season's money (L11): its households and persons equal the reported need, or it is refused.

Each township asks its county, the county those above it. Requests are never changed: a new one is a new revision, and
the newest counts.
"""

from dataclasses import dataclass
from datetime import date

from intake.access import Official
from intake.events import Event
from intake.models import FundRequest
from intake.moves import RefusedError
from intake.open_season import CLOSED, hold_season
from intake.procedure import Role
from intake.reads.fund_requests import need_of, newest
from intake.reads.seasons import current_scheme
from intake.rules import Refusal
from intake.unit import Unit
from store.clock import china_date

ASKING = frozenset({Role.TOWNSHIP, Role.COUNTY})
"""Who asks."""
LONGEST_DOCUMENT = 60
"""Characters of a document's number."""
REQUESTED = "fund.requested"
"""The event."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: households and persons in need, money and the value of goods in fen, the number of the paper
    and its day."""

    households: int
    persons: int
    money_fen: int
    goods_fen: int
    document: str
    requested_on: date


async def record_request(unit: Unit, official: Official, asked: Asked, after: int) -> FundRequest:
    """Record what the official's division asked for. ``after`` is the newest revision that they have seen, 0 for none;
    the same sent twice is one.

    Raises:
        RefusedError: numbers that are not those of the reported need, nobody in need, no money, no paper, a day in the
            future, a closed season, another role, or somebody was faster.
    """
    found = await current_scheme(unit.db, official)
    if official.role not in ASKING or not official.division or found is None:
        raise RefusedError({0: Refusal("L11", "refusal.role")})
    scheme = await hold_season(unit.db, found[0].id)  # whoever comes second sees what the first recorded
    before = await newest(unit.db, official.division, scheme.id)
    if before is not None and before.revision != after and _same(before, asked):
        return before
    refusal = CLOSED if scheme.closed_at is not None else _fault(asked, china_date(unit.now))
    if before is not None and before.revision != after:
        refusal = refusal or Refusal("L11", "refusal.L11.request_overtaken")
    refusal = refusal or _differs(asked, *await need_of(unit.db, official.division, scheme.id))
    if refusal is not None:
        raise RefusedError({0: refusal})
    row = FundRequest(
        scheme_id=scheme.id,
        division=official.division,
        revision=before.revision + 1 if before else 1,
        households=asked.households,
        persons=asked.persons,
        money_fen=asked.money_fen,
        goods_fen=asked.goods_fen,
        document=asked.document.strip(),
        requested_on=asked.requested_on,
        recorded_by=official.id,
        recorded_at=unit.now,
        scheme_version=scheme.version,
    )
    unit.db.add(row)
    await unit.db.flush()
    told = ("division", "revision", "households", "persons", "money_fen", "goods_fen", "scheme_version")
    data = {name: getattr(row, name) for name in told}
    unit.journal.add(Event(unit.now, official.actor, REQUESTED, f"scheme:{scheme.id}", data))
    return row


def _same(before: FundRequest, asked: Asked) -> bool:
    return asked == Asked(
        before.households,
        before.persons,
        before.money_fen,
        before.goods_fen,
        before.document,
        before.requested_on,
    )


def _fault(asked: Asked, today: date) -> Refusal | None:
    if min(asked.money_fen, asked.goods_fen) < 0 or asked.money_fen + asked.goods_fen == 0:
        return Refusal("L11", "refusal.L11.request_no_money")
    if not 1 <= len(asked.document.strip()) <= LONGEST_DOCUMENT:
        return Refusal("L11", "refusal.L11.request_no_document")
    if asked.requested_on > today:
        return Refusal("L11", "refusal.L11.request_in_future")
    return None


def _differs(asked: Asked, households: int, persons: int) -> Refusal | None:
    """L11: the numbers of the request equal those that were reported."""
    if not households:
        return Refusal("L11", "refusal.L11.nobody_in_need")
    if (asked.households, asked.persons) == (households, persons):
        return None
    fields = {"asked_households": asked.households, "asked_persons": asked.persons}
    return Refusal("L11", "refusal.L11.request_differs", {**fields, "households": households, "persons": persons})
