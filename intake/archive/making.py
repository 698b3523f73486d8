"""Making an archive from the database, piece by piece: one reading transaction, so that everything in it is of one
moment."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.archive import links
from intake.archive.files import season_files
from intake.archive.manifest import About, Manifest
from intake.archive.names import CASES, EVENTS, MANIFEST, SIGNATURE, TOTALS
from intake.archive.packing import Packer
from intake.archive.signature import signed
from intake.archive.totals import Sums, Total
from intake.batches.check import Fault, check_season
from intake.models import Case, EventHead, EventRow, Grant, Need, Notice, Payment, Scheme, SchemeVersion
from intake.papers.words import Sum
from intake.procedure import Pass, Role
from intake.reads.papers.area import GRANTED, MONEY, open_area
from intake.reads.papers.form2 import form2_facts
from intake.reads.papers.form4 import form4_facts
from locales import Texts

PIECE = 1 << 20
"""Bytes of a piece, about."""
_ROWS = 1000

Papers = Callable[[AsyncSession, Official, str, Sequence[str]], AsyncIterator[tuple[str, bytes]]]
"""Draws the papers of a season for these divisions: names in their order, and the files."""
Progress = Callable[[int, int], Awaitable[None]]
"""Told how many parts of how many are made."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be archived: a county's season, as of ``now``, by an actor (``staff:7``, ``operator``)."""

    county: str
    season: str
    by: str
    now: datetime

    @property
    def reader(self) -> Official:
        """Who reads: the county itself, never more than its area."""
        return Official(0, "", Role.COUNTY, self.county)


class NothingToArchiveError(LookupError):
    """The county has no such season."""


class UnprovenError(ValueError):
    """Registers or batches are not what was sent up: nothing is handed over that does not hold (L10, L12)."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        names = sorted({number for fault in faults for number in fault.numbers if number})
        super().__init__(f"{len(faults)} faults in registers or batches{': ' if names else ''}{', '.join(names[:20])}")
        self.faults = faults


async def archive_pieces(
    db: AsyncSession, t: Texts, order: Order, papers: Papers, key: Ed25519PrivateKey, progress: Progress
) -> AsyncIterator[bytes]:
    """The archive, piece by piece.

    Raises:
        NothingToArchiveError: the county has no such season.
        UnprovenError: its registers or batches do not hold.
    """
    found = select(Scheme).where(Scheme.county == order.county, Scheme.season == order.season)
    scheme = await db.scalar(found)
    if scheme is None:
        raise NothingToArchiveError
    closed_at, scheme_id = scheme.closed_at, scheme.id
    if faults := await check_season(db, scheme_id):
        raise UnprovenError(faults)
    packer = Packer(order.now)
    counts: dict[str, int] = {"cases": 0, "files": 0, "notices": 0, "papers": 0}
    places = await _places(db, scheme_id)
    steps = len(places) + 1
    await progress(0, steps)
    with packer.file(CASES) as write:
        async for line in _cases(db, scheme_id):
            counts["cases"] += 1
            write(line)
    head = (await db.execute(select(EventHead.seq, EventHead.hash))).one()
    with packer.file(EVENTS) as write:
        chain = select(EventRow.__table__).where(EventRow.seq <= head.seq).order_by(EventRow.seq)
        async for row in await db.stream(chain.execution_options(yield_per=_ROWS)):
            write(links.written(row))
            if piece := packer.taken(PIECE):
                yield piece
    async for name, content in season_files(db, scheme_id):
        packer.add(name, content)
        counts["files"] += 1
        yield packer.taken()
    for name, content in await _notices(db, scheme_id):
        packer.add(name, content)
        counts["notices"] += 1
    await progress(1, steps)
    done = 0
    async for name, content in papers(db, order.reader, order.season, places):
        packer.add(name, content)
        counts["papers"] += 1
        if name.split("/")[2] != (places[done] if done < len(places) else ""):
            done = places.index(name.split("/")[2])
            await progress(1 + done, steps)
        if piece := packer.taken(PIECE):
            yield piece
    versions = [one async for one in _versions(db, scheme_id)]
    for number, content in versions:
        packer.add(f"data/schemes/version-{number:04d}.json", content)
    packer.add(TOTALS, (await _sums(db, t, order, places)).to_bytes())
    about = About(
        order.county,
        order.season,
        tuple(number for number, _ in versions),
        _product(),
        order.now.astimezone(UTC).isoformat(),
        order.by,
        closed_at.astimezone(UTC).isoformat() if closed_at else "",
    )
    manifest = Manifest(about, dict(packer.listed), counts, head.seq, head.hash.hex()).to_bytes()
    packer.add(MANIFEST, manifest)
    packer.add(SIGNATURE, signed(key, manifest))
    yield packer.end()


async def _places(db: AsyncSession, scheme_id: int) -> list[str]:
    """The divisions with households, from the county to its villages, in the order of their codes."""
    villages = list(await db.scalars(select(Case.village).where(Case.scheme_id == scheme_id).distinct()))
    return sorted({code[:digits] for code in villages for digits in (6, 9, 12)})


async def _cases(db: AsyncSession, scheme_id: int) -> AsyncIterator[bytes]:
    """The cases by number, without anybody's name: what the sums are checked by."""
    helped = Grant.state.in_(GRANTED)
    query = (
        select(
            Case.number,
            Case.village,
            Case.persons_in_need.label("persons"),
            Need.state.label("need"),
            Need.accepted.label("needy"),
            Grant.state.label("grant"),
            Grant.tier,
            func.coalesce(helped, False).label("helped"),
            MONEY.label("fen"),
        )
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .outerjoin(Payment, Payment.case_id == Case.id)
        .where(Case.scheme_id == scheme_id)
        .order_by(Case.number)
    )
    async for row in await db.stream(query.execution_options(yield_per=_ROWS)):
        body = dict(row._mapping) | {"needy": bool(row.needy), "helped": bool(row.helped)}
        yield orjson.dumps(body) + b"\n"


async def _notices(db: AsyncSession, scheme_id: int) -> list[tuple[str, bytes]]:
    """The notices as they were posted: public facts alone."""
    found: list[tuple[str, bytes]] = []
    for one in await db.scalars(select(Notice).where(Notice.scheme_id == scheme_id)):
        body: dict[str, Any] = {
            "village": one.village,
            "pass": one.pass_,
            "opens_at": one.opens_at,
            "closes_at": one.closes_at,
            "closed_at": one.closed_at,
            "complaint_phone": one.complaint_phone,
            "scheme_version": one.scheme_version,
            "lines": one.lines,
        }
        name = f"data/notices/{one.village}-{one.pass_}-{one.id}.json"
        found.append((name, orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z) + b"\n"))
    return sorted(found)


async def _versions(db: AsyncSession, scheme_id: int) -> AsyncIterator[tuple[int, bytes]]:
    query = select(SchemeVersion).where(SchemeVersion.scheme_id == scheme_id).order_by(SchemeVersion.version)
    for one in await db.scalars(query):
        body = {"version": one.version, "since": one.since, "saved_by": one.saved_by, "content": one.content}
        yield one.version, orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


async def _sums(db: AsyncSession, t: Texts, order: Order, places: Sequence[str]) -> Sums:
    """What form 2 of every township and form 4 of the county say."""
    form2: dict[str, Total] = {}
    for code in (one for one in places if len(one) == 9):
        area = await open_area(db, t, order.reader, code, order.season)
        if decided := (await form2_facts(db, area, Pass.GRANT)).decided:
            form2[code] = _total(decided)
    county = await open_area(db, t, order.reader, order.county, order.season)
    return Sums(form2, _total((await form4_facts(db, county)).sum))


def _total(summed: Sum) -> Total:
    return Total(summed.households, summed.persons, summed.money_fen or 0)


def _product() -> str:
    try:
        return version("nuandong")
    except PackageNotFoundError:
        return ""
