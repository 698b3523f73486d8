"""What became of the lines of a list: by a file of the bank, or written down by hand; money that came back is asked
about by chat (L2, G4)."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, access_list
from intake.events import Event, Letter
from intake.models import BankReturn, BankReturnRow, Case, Contact, Division, Household, PaymentLine, PaymentList
from intake.moves import RefusedError, scheme_of
from intake.nominations import OWN
from intake.payments.candidates import CHAT
from intake.payments.codes import SETTLES, ListState, Outcome
from intake.payments.making import close_if_done
from intake.payments.matching import Closing, Listed, Matched, closing, match
from intake.payments.open_list import open_list
from intake.payments.recording import record_paid
from intake.payments.refusing import refused
from intake.payments.return_file import read_return
from intake.payments.verifying import Known, known_lines, verify_list
from intake.rules import SHORTEST_REASON, Refusal
from intake.scheme import SchemeContent
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
    found = _readable(await open_list(unit, official, list_id))
    digest = hashlib.sha256(body).digest()
    query = select(BankReturn).where(BankReturn.list_id == list_id, BankReturn.digest == digest)
    before = await unit.db.scalar(query)
    if before is not None:
        return before
    read_return(Bank.from_json(found.template), body)
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


def _readable(found: PaymentList) -> PaymentList:
    if found.state in (ListState.MADE.value, ListState.DROPPED.value):
        raise refused("G4", f"file_{found.state}", number=found.number)
    return found


async def see_return(db: AsyncSession, official: Official, list_id: int, return_id: int) -> tuple[BankReturn, Seen]:
    """A kept file against its list as it stands now.

    Raises:
        RefusedError: the list was not released, or was dropped.
        UnsoundError: the list is not what was made.
        OutOfAreaError: no such list or file in the official's area.
    """
    found = _readable(await access_list(db, official, list_id))
    kept = await _kept(db, list_id, return_id)
    return kept, await _seen(db, found, kept, await known_lines(db, list_id))


async def _kept(db: AsyncSession, list_id: int, return_id: int, *, lock: bool = False) -> BankReturn:
    query = select(BankReturn).where(BankReturn.id == return_id, BankReturn.list_id == list_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    kept = await db.scalar(query)
    if kept is None:
        raise OutOfAreaError
    return kept


async def _seen(db: AsyncSession, found: PaymentList, kept: BankReturn, known: Sequence[Known]) -> Seen:
    await verify_list(db, found, known)
    lines = [Listed(row.line.id, row.line.card, row.line.amount_fen, Outcome(row.line.outcome)) for row in known]
    matched = match(lines, read_return(Bank.from_json(found.template), kept.content))
    whole = hashlib.sha256(kept.digest)
    for line in lines:
        whole.update(f"{line.id}:{line.outcome.value};".encode())
    return Seen(matched, closing(lines, matched, found.total_fen), whole.hexdigest()[:32])


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
    found = _readable(await open_list(unit, official, list_id))
    kept = await _kept(unit.db, list_id, return_id, lock=True)
    if kept.taken_at is not None:
        raise refused("G4", "return_taken", number=found.number)
    known = await known_lines(unit.db, list_id, lock=True)
    seen = await _seen(unit.db, found, kept, known)
    if seen.mark != mark:
        raise refused("G4", "return_stale")
    if seen.closing.list_rest_fen or seen.closing.bank_rest_fen:
        raise refused("G4", "totals")
    lines = {row.line.id: row.line for row in known}
    await record_paid(unit, official, [lines[one] for one in seen.matched.paid], paid_on)
    await _fail(unit, official, {lines[one]: why for one, why in seen.matched.failed.items()})
    kept.taken_by, kept.taken_at, kept.paid_on = official.id, unit.now, paid_on
    kept.counts, kept.totals = seen.matched.counts, seen.matched.totals
    unit.db.add_all(
        BankReturnRow(
            return_id=kept.id,
            position=row.said.position,
            line_id=row.line,
            outcome=row.outcome.value,
            card=row.said.card,
            amount_fen=row.said.amount_fen,
            said=" ".join(filter(None, (row.said.result, row.said.reason))),
        )
        for row in seen.matched.rows
    )
    await unit.db.flush()
    data: dict[str, Any] = {"list": list_id, "counts": kept.counts, "totals": kept.totals, "file": kept.digest.hex()}
    unit.journal.add(Event(unit.now, official.actor, "payment.return_taken", f"bank_return:{kept.id}", data))
    await close_if_done(unit, official, found)
    return seen.matched


async def settle_by_hand(
    unit: Unit, official: Official, list_id: int, paid: Collection[int], failed: Mapping[int, str], paid_on: date | None
) -> None:
    """Write down what became of lines (by their ids) of a released list whose bank sends no file; all or none.

    Raises:
        RefusedError: not released, no line that waits, no day, no reason, the season is closed, or the procedure says
            no (by case).
        UnsoundError: the list is not what was made. What came back may be written down whatever became of its grant.
        OutOfAreaError: not in the official's area, or no line of this list.
    """
    found = await open_list(unit, official, list_id)
    if ListState(found.state) not in SETTLES:
        raise refused("G4", f"settle_{found.state}", number=found.number)
    known = await known_lines(unit.db, list_id, lock=True)
    await verify_list(unit.db, found, known, live=False)
    lines = {row.line.id: row.line for row in known}
    if not {*paid, *failed} <= set(lines):
        raise OutOfAreaError
    settled = [lines[one] for one in (*paid, *failed) if lines[one].outcome != Outcome.WAITING.value]
    if settled:
        raise RefusedError({line.case_id: Refusal("G4", "refusal.pay.settled") for line in settled})
    silent = [lines[one] for one, why in failed.items() if len(why.strip()) < SHORTEST_REASON]
    if silent:
        raise RefusedError({line.case_id: Refusal("L8", "refusal.L8.no_reason") for line in silent})
    chosen = [row for row in known if row.line.id in set(paid)]
    _same_amount(chosen)
    if chosen and paid_on is None:
        raise refused("L10", "no_day")
    if paid_on is not None:
        await record_paid(unit, official, [row.line for row in chosen], paid_on)
    await _fail(unit, official, {lines[one]: why.strip() for one, why in failed.items()})
    data = {"paid": len(chosen), "failed": len(failed)}
    unit.journal.add(Event(unit.now, official.actor, "payment.settled", f"payment_list:{list_id}", data))
    await close_if_done(unit, official, found)


def _same_amount(chosen: Sequence[Known]) -> None:
    """A grant that is another now is not paid by an old line."""
    other = [row for row in chosen if row.amount_fen != row.line.amount_fen]
    if other:
        raise RefusedError({row.line.case_id: Refusal("G4", "refusal.pay.other_amount") for row in other})


async def _fail(unit: Unit, official: Official, lines: Mapping[PaymentLine, str]) -> None:
    """The money of these lines came back: who applied is asked for the right card."""
    if not lines:
        return
    asked = await whom_to_ask(unit.db, [line.case_id for line in lines])
    for line, why in lines.items():
        line.outcome, line.reason = Outcome.FAILED.value, why
        line.settled_by, line.settled_at = official.id, unit.now
        ask = asked[line.case_id]
        letters: tuple[Letter, ...] = ()
        if ask.by_chat:
            params = {**ask.params, "amount_fen": line.amount_fen, "card_end": line.card[-4:], "reason": why}
            letters = (Letter(ask.contact_id, f"payment.failed:{line.id}", "message.payment_failed", params),)
        data = {"list": line.list_id, "line": line.id, "amount_fen": line.amount_fen, "asked": ask.by_chat}
        unit.journal.add(Event(unit.now, official.actor, "payment.failed", f"case:{line.case_id}", data, letters))
    await unit.db.flush()


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for a card: the contact that applied, and whether they can be asked by chat; ``params`` are what
    every message about a case has."""

    contact_id: int
    by_chat: bool
    params: Mapping[str, Any]


async def whom_to_ask(db: AsyncSession, case_ids: Collection[int]) -> dict[int, Asked]:
    """Who applied for these cases, by case; a nominator is asked about the household by its head's name."""
    query = (
        select(
            Case.id,
            Case.number,
            Case.scheme_id,
            Case.contact_id,
            Case.nominator,
            Household.head,
            Division.name,
            Contact.channel,
        )
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Contact, Contact.id == Case.contact_id)
        .where(Case.id.in_(case_ids))
    )
    rows = (await db.execute(query)).all()
    schemes: dict[int, SchemeContent] = {}
    for scheme_id in {row.scheme_id for row in rows}:
        schemes[scheme_id] = (await scheme_of(db, scheme_id))[1]
    found = {}
    for row in rows:
        content = schemes[row.scheme_id]
        params = {"number": row.number, "village": row.name, "hotline": content.hotline, "phone": content.contact_phone}
        if row.nominator is not None and row.nominator.get("relation") != OWN:
            params["nominee"] = row.head
        found[row.id] = Asked(row.contact_id, row.channel in CHAT, params)
    return found
