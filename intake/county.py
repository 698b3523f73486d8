"""Setting up a county: its divisions, its scheme in versions, its officials. Every change leaves an event."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import PREFIX, Official
from intake.divisions import Row
from intake.events import Event, Journal
from intake.models import Division, Scheme, SchemeVersion, Staff
from intake.procedure import Role
from intake.scheme import SchemeContent
from intake.scheme.faults import faults
from store.ids import new_id

COUNTY_DIGITS = 6


class CountyError(ValueError):
    """A county cannot be set up like this; the message says what is wrong and gives an example of right."""


class ClosedError(CountyError):
    """The season was closed: its scheme changes no more."""


class StaleError(Exception):
    """Somebody saved a newer version of the scheme since it was looked at; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many divisions were ``added``, and how many, old or new, got coordinates that they did not have."""

    added: int
    placed: int


async def save_divisions(db: AsyncSession, rows: Iterable[Row]) -> Saved:
    """Add the divisions that are not there yet, parents first as in ``rows``, and give those that are there the
    coordinates that ``rows`` have for them; a row without coordinates leaves what is known."""
    known = {
        code: (latitude, longitude)
        for code, latitude, longitude in await db.execute(select(Division.code, Division.latitude, Division.longitude))
    }
    rows = list(rows)
    new = [_division(row) for row in rows if row.code not in known]
    moved = [
        {"code": row.code, "latitude": row.latitude, "longitude": row.longitude}
        for row in rows
        if row.position and row.code in known and row.position != known[row.code]
    ]
    if new:
        await db.execute(insert(Division), new)
    if moved:
        await db.execute(update(Division), moved)
    return Saved(len(new), len(moved) + sum(one["latitude"] is not None for one in new))


def _division(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "level": row.level,
        "name": row.name,
        "short": row.short,
        "parent": row.parent,
        "mca_code": row.mca_code or None,
        "latitude": row.latitude,
        "longitude": row.longitude,
    }


async def save_scheme(
    db: AsyncSession,
    journal: Journal,
    now: datetime,
    county: str,
    season: str,
    content: SchemeContent,
    *,
    by: Official | None = None,
    based_on: int | None = None,
) -> Scheme:
    """A county's scheme of a season: new, or the next version of the one there is. What was decided under an earlier
    version stays under it. ``by`` is the official who saves it, None an operator; ``based_on`` is the version that
    they looked at, 0 where there was none: of two who save at once, the second is told.

    Raises:
        CountyError: the county or a place that was hit is not among the divisions, or the content cannot be used.
        ClosedError: the season was closed.
        StaleError: somebody saved another version meanwhile.
    """
    await _check_scheme(db, county, season, content)
    # The county's row is the lock: a new season has none of its own yet.
    await db.execute(select(Division.code).where(Division.code == county).with_for_update(key_share=True))
    query = select(Scheme).where(Scheme.county == county, Scheme.season == season).with_for_update()
    scheme = await db.scalar(query.execution_options(populate_existing=True))
    if based_on is not None and based_on != (scheme.version if scheme else 0):
        raise StaleError
    if scheme is not None and scheme.closed_at is not None:
        raise ClosedError(f"the season {season} of {county} was closed: take it up again in the console first")
    if scheme is None:
        scheme = Scheme(id=new_id(now), county=county, season=season, version=0, last_number=0)
        db.add(scheme)
    scheme.version += 1
    await db.flush()
    version = SchemeVersion(
        scheme_id=scheme.id,
        version=scheme.version,
        content=content.to_json(),
        since=now,
        saved_by=by.id if by else None,
    )
    db.add(version)
    data = {"county": county, "season": season, "version": scheme.version}
    journal.add(Event(now, by.actor if by else "operator", "scheme.saved", f"scheme:{scheme.id}", data))
    return scheme


async def _check_scheme(db: AsyncSession, county: str, season: str, content: SchemeContent) -> None:
    if wrong := list(faults(season, content)):
        raise CountyError("; ".join(map(str, wrong)))
    if len(county) != COUNTY_DIGITS:
        raise CountyError(f"county is {county!r}; write the 6 digits of a county, e.g. 410324")
    if missing := await unknown_places(db, {county, *content.places()}):
        raise CountyError(f"no such division: {', '.join(missing)}; load the divisions first")
    outside = [code for code in content.places() if not code.startswith(county)]
    if outside:
        raise CountyError(f"not in county {county}: {', '.join(sorted(outside))}")


async def unknown_places(db: AsyncSession, codes: Collection[str]) -> list[str]:
    """Those of ``codes`` that are no divisions, in order."""
    return sorted(set(codes) - set(await db.scalars(select(Division.code).where(Division.code.in_(codes)))))


async def add_official(
    db: AsyncSession,
    journal: Journal,
    now: datetime,
    *,
    username: str,
    name: str,
    role: Role,
    division: str | None,
    password_hash: str,
) -> Official:
    """A new official with a role in one division.

    Raises:
        CountyError: the name is taken, or the division does not fit the role.
    """
    if await db.scalar(select(Staff.id).where(Staff.username == username)) is not None:
        raise CountyError(f"there is a {username} already; take another username")
    length = PREFIX.get(role)
    if role is Role.CLOCK or (length is None) != (division is None):
        raise CountyError(f"the role {role.value} {'takes no division' if length is None else 'needs a division'}")
    if division is not None and (len(division) != length or await db.get(Division, division) is None):
        raise CountyError(f"the role {role.value} needs the code of a known division of {length} digits")
    staff = Staff(
        id=new_id(now),
        username=username,
        name=name,
        password_hash=password_hash,
        role=role.value,
        division=division,
        active=True,
    )
    db.add(staff)
    await db.flush()
    data = {"role": role.value, "division": division}
    journal.add(Event(now, "operator", "staff.added", f"staff:{staff.id}", data))
    return Official.of(staff)
