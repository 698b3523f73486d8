"""The ledger of money and goods of my area (L10, G4): its sums, what looks wrong, and every entry as a workbook."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.call import Call
from admin.funds import READERS
from admin.gate import allow
from admin.ledger_book import ledger_paper
from admin.paper import file
from admin.words import No, refusal
from intake.access import OutOfAreaError
from intake.anomalies.anomaly import Anomaly
from intake.events import Event
from intake.fund_left import left_of
from intake.ledger.book import Book, book
from intake.models import Division
from intake.papers.xlsx import xlsx
from intake.payment_sources import NOT_TOLD
from intake.procedure import Role
from intake.reads.anomalies import find_anomalies
from intake.reads.funds import fund_rows
from intake.reads.ledger import sums_in, sums_out
from intake.reads.ledger_entries import ledger_entries
from intake.reads.place_names import place_names
from intake.reads.seasons import current_scheme
from intake.scheme.parts import BUDGET_KINDS, SOURCES
from store.clock import china_date

SHOWN = 50
"""Anomalies on the page; the others follow when these are put right."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An anomaly in words, and the page on which to look."""

    no: No
    where: str
    path: str


@allow(*READERS)
async def show_ledger(call: Call) -> web.Response:
    """The sums by source, by township and by village, and what looks wrong."""
    official, today = call.official, china_date(call.now)
    async with call.reading() as db:
        scheme = await current_scheme(db, official)
        if scheme is None:
            return call.page("ledger.html", books=())
        rows = await fund_rows(db, official, scheme[0].id)
        sums = [*sums_in(rows), *await sums_out(db, official, scheme[0].id)]
        books = [_in_order(book(kind, sums, official.division or "")) for kind in BUDGET_KINDS]
        left = await left_of(db, [row.id for row in rows if row.counters is None])
        found = await find_anomalies(db, official, (scheme[0].id, scheme[1]), rows, left, books, today)
        names = await _names(db, books, found)
    return call.page(
        "ledger.html",
        season=scheme[0].season,
        books=books,
        names=names,
        wrong=[_wrong(call, one, names) for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        county=official.role is not Role.TOWNSHIP,
    )


def _in_order(one: Book) -> Book:
    """Sources from above to below."""
    order = (*SOURCES, NOT_TOLD)
    return replace(one, sources=tuple(sorted(one.sources, key=lambda account: order.index(account.name))))


async def _names(db: AsyncSession, books: list[Book], found: list[Anomaly]) -> dict[str, str]:
    codes = {one.name for book_ in books for one in (*book_.places, *book_.villages)}
    codes |= {one.about.partition(":")[2] for one in found if one.about.startswith("place:")}
    return await place_names(db, codes)


def _wrong(call: Call, one: Anomaly, names: dict[str, str]) -> Wrong:
    kind, _, key = one.about.partition(":")
    where = {"place": names.get(key, key), "source": call.t(f"source.{key}") if kind == "source" else ""}.get(kind, "")
    paths = {"case": f"/admin/case/{key}", "fund": f"/admin/fund/{key}", "source": "/admin/funds"}
    if one.said.key == "anomaly.countered" and kind == "case":
        return Wrong(refusal(call.t, one.said), where, f"/admin/case/{key}/goods")
    return Wrong(refusal(call.t, one.said), where, paths.get(kind, ""))


@allow(*READERS)
async def do_workbook(call: Call) -> web.Response:
    """Every entry as a workbook to be printed or kept; who took it stays in the event chain."""
    official = call.official
    async with call.reading() as db:
        scheme = await current_scheme(db, official)
        if scheme is None:
            raise OutOfAreaError
        rows = await fund_rows(db, official, scheme[0].id)
        entries = await ledger_entries(db, official, scheme[0].id, rows)
        names = await place_names(db, {one.place for one in entries})
        place = (await db.get_one(Division, official.division or "")).name
    today: date = china_date(call.now)
    body = await asyncio.to_thread(lambda: xlsx(ledger_paper(call.t, entries, names, place, scheme[1].title, today)))
    async with call.changing() as unit:
        data = {"form": "ledger", "as": "xlsx", "entries": len(entries)}
        unit.journal.add(Event(unit.now, official.actor, "papers.printed", f"division:{official.division}", data))
    return file(body, "xlsx", f"ledger-{official.division}-{scheme[0].season}")
