"""Referrals to other services as officials of the area see them: the list, and one with its chain (X3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one, within
from intake.models import Discovery, Referral, Staff
from intake.reads.lists import count_late, paged
from intake.reads.place_names import place_names
from intake.referral_codes import ANSWERERS, NEXT, ReferralState, answered_by
from intake.referrals import origin


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One line of the list; ``overdue``: it is open, and its time is over."""

    id: int
    place: str
    service: str
    state: ReferralState
    opened_at: datetime
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One referral. ``begun`` is the path of what it began with (``visit/5``); ``chain`` are (id, service, state) from
    the first on; ``mine`` says that this official answers for the service, ``next_service`` what they may pass on to,
    empty where that is done or the chain ends."""

    id: int
    place: str
    service: str
    state: ReferralState
    opened_at: datetime
    due_at: datetime
    overdue: bool
    ended_at: datetime | None
    ended_by: str
    answer: str
    begun: str
    chain: tuple[tuple[int, str, str], ...]
    mine: bool
    next_service: str


async def find_referrals(
    db: AsyncSession,
    official: Official,
    now: datetime,
    *,
    standing: str = "",
    service: str = "",
    village: str = "",
    page: int = 1,
) -> tuple[list[ReferralRow], int]:
    """One page of the referrals of the official's area, the open ones first, of those what is due first; and how many
    there are in all. ``standing`` is ``open``, ``overdue`` or ``ended``."""
    waits = Referral.state == ReferralState.OPEN.value
    kept = [within(official, Referral.village)]
    kept += {"open": [waits], "overdue": [waits, Referral.due_at < now], "ended": [~waits]}.get(standing, [])
    kept += [Referral.service == service] if service else []
    kept += [Referral.village == village] if village else []
    order = (case((waits, 0), else_=1), case((waits, Referral.due_at)), Referral.ended_at.desc(), Referral.id)
    query = select(Referral).where(*kept).order_by(*order)
    rows, total = await paged(db, query, page)
    names = await place_names(db, [row.village for (row,) in rows])
    return [
        ReferralRow(
            row.id,
            names[row.village],
            row.service,
            ReferralState(row.state),
            row.opened_at,
            row.due_at,
            _overdue(row, now),
        )
        for (row,) in rows
    ], total


async def count_open(db: AsyncSession, official: Official, now: datetime) -> tuple[int, int]:
    """How many referrals wait for this official, and how many of them are overdue."""
    theirs = Referral.service.in_(answered_by(official.role))
    waits = (within(official, Referral.village), theirs, Referral.state == ReferralState.OPEN.value)
    return await count_late(db, Referral.due_at, now, *waits)


async def referred(db: AsyncSession, source: str) -> tuple[tuple[int, str, str], ...]:
    """(id, service, state) of the referrals that were opened from ``source`` (``visit:5``). Whoever calls this has
    seen to it that the reader may see that."""
    query = select(Referral.id, Referral.service, Referral.state).where(Referral.source == source)
    return tuple((row.id, row.service, row.state) for row in await db.execute(query.order_by(Referral.id)))


async def referral_page(db: AsyncSession, official: Official, referral_id: int, now: datetime) -> ReferralPage:
    """One referral.

    Raises:
        OutOfAreaError: no such referral in the official's area.
    """
    found = await access_one(db, official, Referral, referral_id)
    begun = await origin(db, found.source)
    kind = "discovery" if isinstance(begun, Discovery) else "visit"
    chain = await _chain(db, found)
    mine = official.role in ANSWERERS[found.service]
    return ReferralPage(
        id=found.id,
        place=(await place_names(db, [found.village]))[found.village],
        service=found.service,
        state=ReferralState(found.state),
        opened_at=found.opened_at,
        due_at=found.due_at,
        overdue=_overdue(found, now),
        ended_at=found.ended_at,
        ended_by=await db.scalar(select(Staff.name).where(Staff.id == found.ended_by)) or "",
        answer=found.answer,
        begun=f"{kind}/{begun.id}" if begun else "",
        chain=tuple((one.id, one.service, one.state) for one in chain),
        mine=mine,
        next_service=NEXT.get(found.service, "") if mine and chain[-1].id == found.id else "",
    )


def _overdue(row: Referral, now: datetime) -> bool:
    return row.state == ReferralState.OPEN.value and row.due_at < now


async def _chain(db: AsyncSession, found: Referral) -> list[Referral]:
    """From the first referral of the chain to the last; no longer than the chain of X3."""
    chain = [found]
    while chain[0].source.startswith("referral:") and len(chain) <= len(NEXT):
        chain.insert(0, await db.get_one(Referral, int(chain[0].source.partition(":")[2])))
    while len(chain) <= len(NEXT):
        after = await db.scalar(select(Referral).where(Referral.source == f"referral:{chain[-1].id}"))
        if after is None:
            break
        chain.append(after)
    return chain
