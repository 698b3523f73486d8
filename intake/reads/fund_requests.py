"""Requests for funds as officials see them (L11): by division, the newest first, and whether they still stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.models import Case, FundRequest, Need, Staff
from intake.procedure import Role


@dataclass(frozen=True, slots=True)
class Requested:
    """One revision of a division's request. Money and goods in fen."""

    division: str
    revision: int
    households: int
    persons: int
    money_fen: int
    goods_fen: int
    document: str
    requested_on: date
    recorded_by: str
    recorded_at: datetime

    def equals(self, households: int, persons: int) -> bool:
        """L11: whether it asks for those who are reported in need."""
        return (self.households, self.persons) == (households, persons)


def asks_for(official: Official) -> str:
    """The division for which an official asks, or whose request is theirs to look at; empty for a village."""
    if not official.division or official.role in (Role.VILLAGE, Role.ADMIN):
        return ""
    return official.division


async def requests(db: AsyncSession, official: Official, scheme_id: int) -> dict[str, list[Requested]]:
    """All requests of the official's area and of its county, by division, the newest revision first."""
    seen = or_(within(official, FundRequest.division), FundRequest.division == (official.division or "")[:6])
    rows = await db.execute(
        select(FundRequest, Staff.name)
        .join(Staff, Staff.id == FundRequest.recorded_by)
        .where(FundRequest.scheme_id == scheme_id, seen)
        .order_by(FundRequest.division, FundRequest.revision.desc())
    )
    found: dict[str, list[Requested]] = {}
    for row, name in rows:
        found.setdefault(row.division, []).append(_requested(row, name))
    return found


async def newest(db: AsyncSession, division: str, scheme_id: int) -> FundRequest | None:
    """The request of a division that counts: its newest revision."""
    query = select(FundRequest).where(FundRequest.scheme_id == scheme_id, FundRequest.division == division)
    return await db.scalar(query.order_by(FundRequest.revision.desc()).limit(1))


async def need_of(db: AsyncSession, division: str, scheme_id: int) -> tuple[int, int]:
    """Households and persons reported in need in a division."""
    query = (
        select(func.count(), func.coalesce(func.sum(Case.persons_in_need), 0))
        .join(Need, Need.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, Need.accepted, Case.village.between(division, division.ljust(12, "9")))
    )
    households, persons = (await db.execute(query)).one()
    return int(households), int(persons)


async def stands(db: AsyncSession, official: Official, scheme_id: int) -> bool | None:
    """Whether the request of the official's division is recorded and equals the reported need: None where there is
    none, False where the need has changed since."""
    division = asks_for(official)
    known = await newest(db, division, scheme_id) if division else None
    if known is None:
        return None
    return (known.households, known.persons) == await need_of(db, division, scheme_id)


def standing(found: Sequence[Requested], households: int, persons: int) -> bool | None:
    """The same of what was read already."""
    return found[0].equals(households, persons) if found else None


def _requested(row: FundRequest, name: str) -> Requested:
    return Requested(
        row.division,
        row.revision,
        row.households,
        row.persons,
        row.money_fen,
        row.goods_fen,
        row.document,
        row.requested_on,
        name,
        row.recorded_at,
    )
