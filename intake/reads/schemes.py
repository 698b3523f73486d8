"""The schemes of an official's county: its seasons, and the versions of one with who saved them and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.models import Division, Scheme, SchemeVersion, Staff
from intake.scheme import SchemeContent


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a season's scheme; ``who`` saved it, empty for an operator. ``closed``: the season is."""

    season: str
    number: int
    since: datetime
    who: str
    content: SchemeContent
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A division of the county by code, name, and the code above it."""

    code: str
    name: str
    parent: str | None
    level: int


def county_of(official: Official) -> str:
    """The six digits of the official's county; empty where they have none."""
    return (official.division or "")[:6]


async def seasons(db: AsyncSession, official: Official) -> list[str]:
    """The seasons of the official's county, the newest first."""
    query = select(Scheme.season).where(Scheme.county == county_of(official)).order_by(Scheme.season.desc())
    return list(await db.scalars(query))


async def scheme_id_of(db: AsyncSession, official: Official, season: str) -> int:
    """The scheme of one of :func:`seasons`."""
    query = select(Scheme.id).where(Scheme.county == county_of(official), Scheme.season == season)
    return (await db.scalars(query)).one()


async def versions(
    db: AsyncSession, official: Official, season: str, *, most: int = 50, number: int | None = None
) -> list[Version]:
    """The versions of a season in the official's county, the newest first; or only the one of that ``number``."""
    query = (
        select(
            Scheme.season,
            SchemeVersion.version,
            SchemeVersion.since,
            SchemeVersion.content,
            Staff.name,
            Scheme.closed_at,
        )
        .join(SchemeVersion, SchemeVersion.scheme_id == Scheme.id)
        .outerjoin(Staff, Staff.id == SchemeVersion.saved_by)
        .where(Scheme.county == county_of(official), Scheme.season == season)
        .order_by(SchemeVersion.version.desc())
        .limit(most)
    )
    if number is not None:
        query = query.where(SchemeVersion.version == number)
    return [
        Version(
            row.season,
            row.version,
            row.since,
            row.name or "",
            SchemeContent.from_json(row.content),
            row.closed_at is not None,
        )
        for row in await db.execute(query)
    ]


async def newest(db: AsyncSession, official: Official) -> Version | None:
    """The version in force of the newest season, or None where the county has no scheme."""
    found = await seasons(db, official)
    return (await versions(db, official, found[0], most=1))[0] if found else None


async def places(db: AsyncSession, official: Official) -> dict[str, Place]:
    """The divisions of the official's county by their codes, in the order of the codes."""
    query = select(Division).where(Division.code.startswith(county_of(official))).order_by(Division.code)
    if not county_of(official):
        return {}
    return {row.code: Place(row.code, row.name, row.parent, row.level) for row in await db.scalars(query)}
