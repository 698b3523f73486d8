"""What a bank says became of a list: its file is kept, looked at, and counts as a whole or not at all (G4)."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, access_list
from intake.events import Event
from intake.models import BankReturn, BankReturnRow, PaymentList
from intake.payments.codes import ListState, Outcome
from intake.payments.failing import record_failed
from intake.payments.making import close_if_done
from intake.payments.matching import Closing, Listed, Matched, closing, match
from intake.payments.open_list import open_list
from intake.payments.recording import record_paid
from intake.payments.refusing import refused
from intake.payments.return_file import Said, read_return
from intake.payments.verifying import Known, known_lines, verify_list
from intake.scheme.banks import Bank
from intake.unit import Unit
from store.ids import new_id


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the bank set against its list as it stands now. ``mark`` changes when anything of it does: who takes it
    says which they saw."""

    matched: Matched
    closing: Closing
    mark: str


async def keep_return(unit: Unit, official: Official, list_id: int, body: bytes) -> BankReturn:
    """Keep a file of the bank, to be looked at; the same file again is the same row, and changes nothing.

    Raises:
        ReturnFileError: it cannot be read.
        RefusedError: the list was not released, or was dropped, or the season is closed.
        UnsoundError: the list is not what was made.
        OutOfAreaError: not in the official's area.
    """
    found = _readable(await access_list(unit.db, official, list_id))
    await _read(found, body)  # before the season is held
    found = _readable(await open_list(unit, official, list_id))
    digest = hashlib.sha256(body).digest()
    query = select(BankReturn).where(BankReturn.list_id == list_id, BankReturn.digest == digest)
    before = await unit.db.scalar(query)
    if before is not None:
        return before
    kept = BankReturn(
        id=new_id(unit.now),
        list_id=list_id,
        digest=digest,
        content=body,
        read_by=official.id,
        read_at=unit.now,
        counts={},
        totals={},
    )
    unit.db.add(kept)
    await unit.db.flush()
    data = {"list": list_id, "file": digest.hex()}
    unit.journal.add(Event(unit.now, official.actor, "payment.return_read", f"bank_return:{kept.id}", data))
    return kept


async def see_return(db: AsyncSession, official: Official, list_id: int, return_id: int) -> tuple[BankReturn, Seen]:
    """A kept file against its list as it stands now.

    Raises:
        RefusedError: the list was not released, or was dropped.
        UnsoundError: the list is not what was made.
        OutOfAreaError: no such list or file in the official's area.
    """
    found = _readable(await access_list(db, official, list_id))
    kept = await _kept(db, list_id, return_id)
    said = await _read(found, kept.content)
    return kept, await _seen(db, found, kept, said, await known_lines(db, list_id))


async def take_return(
    unit: Unit, official: Official, list_id: int, return_id: int, mark: str, paid_on: date
) -> Matched:
    """Let a file count as it was seen (``mark``): all of it or nothing. What was paid moves on and is told, what came
    back is asked about, and the list is closed when no line waits any more.

    Raises:
        RefusedError: taken before, other than it was seen, no totals that close, the season is closed, or the
            procedure says no (by case).
        UnsoundError: the list is not what was made.
        OutOfAreaError: no such list or file in the official's area.
    """
    found = _readable(await access_list(unit.db, official, list_id))
    said = await _read(found, (await _kept(unit.db, list_id, return_id)).content)  # before the season is held
    found = _readable(await open_list(unit, official, list_id))
    kept = await _kept(unit.db, list_id, return_id, lock=True)
    if kept.taken_at is not None:
        raise refused("G4", "return_taken", number=found.number)
    known = await known_lines(unit.db, list_id, lock=True)
    seen = await _seen(unit.db, found, kept, said, known)
    if seen.mark != mark:
        raise refused("G4", "return_stale")
    if seen.closing.list_rest_fen or seen.closing.bank_rest_fen:
        raise refused("G4", "totals")
    lines = {row.line.id: row.line for row in known}
    await record_paid(unit, official, [lines[one] for one in seen.matched.paid], paid_on)
    await record_failed(unit, official, {lines[one]: why for one, why in seen.matched.failed.items()})
    kept.taken_by, kept.taken_at, kept.paid_on = official.id, unit.now, paid_on
    kept.counts, kept.totals = seen.matched.counts, seen.matched.totals
    _keep_rows(unit, kept.id, seen.matched)
    await unit.db.flush()
    data: dict[str, Any] = {"list": list_id, "counts": kept.counts, "totals": kept.totals, "file": kept.digest.hex()}
    unit.journal.add(Event(unit.now, official.actor, "payment.return_taken", f"bank_return:{kept.id}", data))
    await close_if_done(unit, official, found)
    return seen.matched


def _keep_rows(unit: Unit, return_id: int, matched: Matched) -> None:
    unit.db.add_all(
        BankReturnRow(
            return_id=return_id,
            position=row.said.position,
            line_id=row.line,
            outcome=row.outcome.value,
            card=row.said.card,
            amount_fen=row.said.amount_fen,
            said=" ".join(filter(None, (row.said.result, row.said.reason))),
        )
        for row in matched.rows
    )


def _readable(found: PaymentList) -> PaymentList:
    if found.state in (ListState.MADE.value, ListState.DROPPED.value):
        raise refused("G4", f"file_{found.state}", number=found.number)
    return found


async def _kept(db: AsyncSession, list_id: int, return_id: int, *, lock: bool = False) -> BankReturn:
    query = select(BankReturn).where(BankReturn.id == return_id, BankReturn.list_id == list_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    kept = await db.scalar(query)
    if kept is None:
        raise OutOfAreaError
    return kept


async def _read(found: PaymentList, body: bytes) -> list[Said]:
    """The rows of a file, by the list's own template; seconds for a large workbook, while others go on."""
    return await asyncio.to_thread(read_return, Bank.from_json(found.template), body)


async def _seen(
    db: AsyncSession, found: PaymentList, kept: BankReturn, said: Sequence[Said], known: Sequence[Known]
) -> Seen:
    await verify_list(db, found, known)
    lines = [Listed(row.line.id, row.line.card, row.line.amount_fen, Outcome(row.line.outcome)) for row in known]
    matched = match(lines, said)
    whole = hashlib.sha256(kept.digest)
    for line in lines:
        whole.update(f"{line.id}:{line.outcome.value};".encode())
    return Seen(matched, closing(lines, matched, found.total_fen), whole.hexdigest()[:32])
