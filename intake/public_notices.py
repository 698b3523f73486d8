"""What anybody may read: posted notices (L7, L8). Only the lines as they were posted, never the cases behind them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.models import Division, Notice, Scheme, SchemeVersion
from intake.posted_lines import posted_lines
from intake.procedure import Pass
from intake.scheme import SchemeContent

SHOWN_AFTER = timedelta(days=30)
"""How long an ended notice stays to be read."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One household on a notice: the facts of L8, and the amount in fen where the scheme says so."""

    head: str
    persons: int
    reliefs: tuple[str, ...]
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """One posted list. It runs until ``closes_at``, whether or not the clock's work has been done yet."""

    id: int
    pass_: Pass
    opens_at: datetime
    closes_at: datetime
    running: bool
    complaint_phone: str
    lines: tuple[PublicLine, ...]
    scheme: SchemeContent


async def public_notices(db: AsyncSession, village: str, now: datetime) -> list[PublicNotice]:
    """The notices of a village that run or ended less than :data:`SHOWN_AFTER` ago, newest first, without households
    that withdrew meanwhile."""
    rows: Any = (
        await db.execute(
            select(Notice, SchemeVersion.content)
            .join(Scheme, Scheme.id == Notice.scheme_id)
            .join(SchemeVersion, (SchemeVersion.scheme_id == Scheme.id) & (SchemeVersion.version == Scheme.version))
            .where(Notice.village == village, Notice.closes_at > now - SHOWN_AFTER)
            .order_by(Notice.opens_at.desc(), Notice.id.desc())
        )
    ).all()
    lines = await posted_lines(db, [notice for notice, _ in rows])
    return [
        PublicNotice(
            notice.id,
            Pass(notice.pass_),
            notice.opens_at,
            notice.closes_at,
            notice.closes_at > now,
            notice.complaint_phone,
            tuple(_public(line.facts) for line in lines[notice.id] if line.withdrawn_at is None),
            SchemeContent.from_json(content),
        )
        for notice, content in rows
    ]


def _public(facts: dict[str, Any]) -> PublicLine:
    return PublicLine(facts["head"], facts["persons"], tuple(facts["reliefs"]), facts.get("amount_fen"))


@dataclass(frozen=True, slots=True)
class PublicVillage:
    """A village with running notices; ``until`` is when the last of them ends."""

    code: str
    name: str
    township: str
    notices: int
    until: datetime


async def villages_with_notices(db: AsyncSession, under: str, now: datetime) -> list[PublicVillage]:
    """The villages whose code begins with ``under`` that have a running notice."""
    township = aliased(Division)
    rows = await db.execute(
        select(Division.code, Division.name, township.name, func.count(), func.max(Notice.closes_at))
        .join(Notice, Notice.village == Division.code)
        .join(township, township.code == Division.parent)
        .where(Division.code.startswith(under, autoescape=True), Notice.closes_at > now)
        .group_by(Division.code, Division.name, township.name)
        .order_by(Division.code)
    )
    return [PublicVillage(*row) for row in rows]
