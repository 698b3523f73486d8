"""Handing a released list to the bank: the facts of its file, and that it was handed out (G4)."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_list
from intake.events import Event
from intake.models import Case, Division, Household, PaymentLine, PaymentList
from intake.moves import scheme_of
from intake.payments.bank_file import BankRow
from intake.payments.codes import SETTLES, ListState
from intake.payments.open_list import open_list
from intake.payments.refusing import refused
from intake.payments.verifying import known_lines, verify_list
from intake.scheme.banks import Bank
from intake.scheme.families import family_of
from intake.unit import Unit
from locales import Texts


async def released_list(db: AsyncSession, official: Official, list_id: int) -> PaymentList:
    """A list that two people released and that is not closed, found to be what was made.

    Raises:
        RefusedError: not released yet, closed or dropped.
        UnsoundError: the list is not what was made.
        OutOfAreaError: not in the official's area.
    """
    return await _sound(db, await access_list(db, official, list_id))


async def _sound(db: AsyncSession, found: PaymentList, *, lock: bool = False) -> PaymentList:
    if ListState(found.state) not in SETTLES:
        raise refused("G4", f"file_{found.state}", number=found.number)
    await verify_list(db, found, await known_lines(db, found.id, lock=lock))
    return found


async def bank_rows(db: AsyncSession, t: Texts, found: PaymentList) -> tuple[Bank, list[BankRow]]:
    """The bank's template and the rows of its file, in the order of the list."""
    _scheme, content = await scheme_of(db, found.scheme_id)
    rows: Sequence[Any] = (
        await db.execute(
            select(PaymentLine, Case, Household.id_number, Household.phone, Division.name)
            .join(Case, Case.id == PaymentLine.case_id)
            .join(Household, Household.id == Case.household_id)
            .join(Division, Division.code == Case.village)
            .where(PaymentLine.list_id == found.id)
            .order_by(PaymentLine.position)
        )
    ).all()
    return Bank.from_json(found.template), [_row(t, content.families, row) for row in rows]


def _row(t: Texts, families: Mapping[str, str], row: Any) -> BankRow:
    line, case, id_number, phone, village = row
    return BankRow(
        line.position,
        line.head,
        line.card,
        line.amount_fen,
        id_number,
        phone.removeprefix("+86"),
        village,
        case.number,
        t(f"family.{family_of(families, case.categories)}"),
        case.persons_in_need,
    )


async def note_sent(unit: Unit, official: Official, list_id: int, file: bytes) -> PaymentList:
    """Write down that ``file`` was handed out, and to whom; the first time the list is sent by that.

    Raises:
        RefusedError: as for :func:`released_list`, or the season is closed: no money leaves that nobody could book.
        UnsoundError, OutOfAreaError: as for :func:`released_list`.
    """
    found = await _sound(unit.db, await open_list(unit, official, list_id), lock=True)
    if found.state == ListState.RELEASED.value:
        found.state, found.sent_at = ListState.SENT.value, unit.now
        await unit.db.flush()
    data = {"hash": found.hash.hex(), "lines": found.lines, "file": hashlib.sha256(file).hexdigest()}
    unit.journal.add(Event(unit.now, official.actor, "payment.sent", f"payment_list:{list_id}", data))
    return found
