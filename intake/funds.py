"""Money and goods that come in, are passed on to townships, and mistakes that are taken back (G4, L10). Rows are only
added. ``entry_id`` is made with the page that is sent, so that a second press is told of the row that is there, and
adds none."""

from datetime import date

from intake.access import Official, OutOfAreaError, access_division
from intake.events import Event
from intake.fund_left import left_of, lock_funds
from intake.ledger import guards
from intake.ledger.guards import SENT_BEFORE, NotBookedError, Receipt
from intake.models import Fund, Scheme
from intake.open_season import hold_season
from intake.reads.seasons import current_scheme
from intake.rules import Refusal
from intake.scheme.faults import years
from intake.unit import Unit
from store.clock import china_date

_TOWNSHIP = 9
"""Digits of a township's code."""


async def receive_fund(unit: Unit, official: Official, entry_id: int, receipt: Receipt) -> Fund:
    """Write down what the official's county or township received from outside.

    Raises:
        NotBookedError: why not.
    """
    scheme = await _open_scheme(unit, official)
    await _not_sent_before(unit, entry_id)
    span = years(scheme.season)
    guards.receivable(receipt, today=china_date(unit.now), first_year=span[0] if span else receipt.received_on.year)
    new = Fund(
        id=entry_id,
        division=official.division,
        source=receipt.source,
        kind=receipt.kind,
        item=receipt.item,
        unit=receipt.unit,
        quantity=receipt.quantity,
        worth_fen=receipt.worth_fen,
        received_on=receipt.received_on,
        document=receipt.document,
        reason="",
    )
    return await _added(unit, official, scheme, new, "fund.received")


async def pass_on_fund(
    unit: Unit, official: Official, entry_id: int, fund_id: int, township: str, amount: int, on: date, document: str
) -> Fund:
    """Pass a part of the county's fund on to a township: fen of money, pieces of goods.

    Raises:
        OutOfAreaError: no such fund of theirs, or no such township.
        NotBookedError: more than is left, or another reason.
    """
    scheme = await _open_scheme(unit, official)
    fund = (await lock_funds(unit.db, [fund_id])).get(fund_id)
    if fund is None or fund.division != official.division or fund.scheme_id != scheme.id:
        raise OutOfAreaError
    if len(township) != _TOWNSHIP:
        raise NotBookedError("township", Refusal("G4", "refusal.ledger.no_township"))
    await access_division(unit.db, official, township)
    guards.day("passed_on", on, china_date(unit.now), fund.received_on)
    await _not_sent_before(unit, entry_id)
    left = (await left_of(unit.db, [fund_id]))[fund_id]
    part = guards.taken_from("amount", left, fund.kind, amount)
    new = _like(fund, entry_id, on, document)
    new.division, new.passed_from = township, fund.id
    new.quantity, new.worth_fen = part.quantity, part.worth_fen
    return await _added(unit, official, scheme, new, "fund.passed_on")


async def take_back(
    unit: Unit, official: Official, entry_id: int, fund_id: int, amount: int, on: date, reason: str
) -> Fund:
    """A counter entry: so much of a fund was written down by mistake. What was passed on goes back to the county's
    fund. Townships take back what they received themselves, the county whatever is in it.

    Raises:
        OutOfAreaError: no such fund of theirs.
        NotBookedError: more than is left, no reason, or another reason.
    """
    scheme = await _open_scheme(unit, official)
    fund = (await lock_funds(unit.db, [fund_id])).get(fund_id)
    if fund is None or fund.scheme_id != scheme.id or not may_take_back(official, fund):
        raise OutOfAreaError
    guards.reason_given(reason)
    await _not_sent_before(unit, entry_id)
    left = (await left_of(unit.db, [fund_id]))[fund_id]
    part = guards.taken_from("amount", left, fund.kind, amount)
    new = _like(fund, entry_id, on, "")
    new.division, new.passed_from, new.counters, new.reason = fund.division, fund.passed_from, fund.id, reason.strip()
    new.quantity, new.worth_fen = -part.quantity, -part.worth_fen
    return await _added(unit, official, scheme, new, "fund.taken_back")


def may_take_back(official: Official, fund: Fund) -> bool:
    """Whose counter entry it would be: the county's of all in it, a township's of what it received from outside."""
    if official.division is None or fund.counters is not None:
        return False
    if official.division == fund.division:
        return fund.passed_from is None or len(official.division) < _TOWNSHIP
    return len(official.division) < _TOWNSHIP and fund.division.startswith(official.division)


def _like(fund: Fund, entry_id: int, on: date, document: str) -> Fund:
    return Fund(
        id=entry_id,
        source=fund.source,
        kind=fund.kind,
        item=fund.item,
        unit=fund.unit,
        received_on=on,
        document=document,
        reason="",
    )


async def _open_scheme(unit: Unit, official: Official) -> Scheme:
    """The newest season's scheme, locked: entries are added one after the other, and none to a closed season."""
    found = await current_scheme(unit.db, official)
    if found is None:
        raise OutOfAreaError
    scheme = await hold_season(unit.db, found[0].id)
    guards.open_season(closed=scheme.closed_at is not None)
    return scheme


async def _not_sent_before(unit: Unit, entry_id: int) -> None:
    """The scheme is held, so that of two presses at one instant the second finds what the first wrote."""
    if await unit.db.get(Fund, entry_id) is not None:
        raise NotBookedError("", SENT_BEFORE)


async def _added(unit: Unit, official: Official, scheme: Scheme, new: Fund, kind: str) -> Fund:
    """Add the row with its event."""
    new.scheme_id, new.scheme_version = scheme.id, scheme.version
    new.recorded_by, new.recorded_at = official.id, unit.now
    unit.db.add(new)
    await unit.db.flush()
    names = ("division", "source", "kind", "quantity", "worth_fen", "passed_from", "counters", "scheme_version")
    data = {name: value for name in names if (value := getattr(new, name)) is not None}
    unit.journal.add(Event(unit.now, official.actor, kind, f"fund:{new.id}", data))
    return new
