"""Making payment lists from accepted grants, and dropping one that was not sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from intake.access import Official, access_division
from intake.batches.check import lists_of
from intake.batches.freeze import TOWNSHIP
from intake.batches.sending import prove
from intake.events import Event
from intake.models import Case, Grant, PaymentLine, PaymentList, Scheme
from intake.moves import RefusedError, lock_cases, scheme_of
from intake.open_season import open_season
from intake.payments.candidates import Payable, by_bank, candidates, inside, unlisted
from intake.payments.codes import SETTLES, ListState, Outcome
from intake.payments.digest import Canonical, Head, list_hash, short
from intake.payments.open_list import open_list
from intake.payments.refusing import refused
from intake.procedure import Pass
from intake.rules import SHORTEST_REASON, Refusal
from intake.scheme.file import written
from intake.unit import Unit
from store.ids import new_id

LISTED = "payment.listed"
"""The event that keeps a list's hash."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page showed: how many households, and how much, in fen; None where it does not say."""

    households: int | None
    total_fen: int | None


async def make_lists(
    unit: Unit, official: Official, scheme_id: int, division: str, source: str = "", shown: Shown | None = None
) -> list[PaymentList]:
    """Put every accepted grant of a township or county that can be paid on a list, one list for each bank.

    Raises:
        RefusedError: nothing to pay, not what the page showed, a batch that is no longer what was sent up, or the
            season is closed.
        OutOfAreaError: not in the official's area.
    """
    await access_division(unit.db, official, division)
    scheme = await open_season(unit.db, scheme_id)
    _scheme, content = await scheme_of(unit.db, scheme_id)
    query = select(Grant.case_id).join(Case, Case.id == Grant.case_id)
    ids = list(await unit.db.scalars(query.where(*inside(official, scheme_id, division), unlisted())))
    await lock_cases(unit.db, Pass.GRANT, ids)
    banks = by_bank(await candidates(unit.db, official, scheme_id, content, division))
    payable = [one for lines in banks.values() for one in lines]
    if not payable:
        raise refused("L2", "nothing")
    await prove(unit.db, await lists_of(unit.db, Pass.GRANT, TOWNSHIP, [one.case_id for one in payable]))
    if shown is not None and shown != Shown(len(payable), sum(one.amount_fen for one in payable)):
        raise refused("G4", "changed")
    last = await unit.db.scalar(select(func.count()).select_from(PaymentList).where(PaymentList.scheme_id == scheme_id))
    made = []
    for nth, lines in enumerate(banks.values(), (last or 0) + 1):
        number = f"{scheme.county}-{scheme.season[:4]}-F{nth:04d}"
        made.append(await _make(unit, official, scheme, number, division, source, lines))
    return made


async def _make(
    unit: Unit,
    official: Official,
    scheme: Scheme,
    number: str,
    division: str,
    source: str,
    payable: Sequence[Payable],
) -> PaymentList:
    bank = payable[0].bank
    if bank is None:
        raise ValueError("a list without a bank")
    list_id, total = new_id(unit.now), sum(one.amount_fen for one in payable)
    made = PaymentList(
        id=list_id,
        number=number,
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        division=division,
        bank=bank.code,
        template=written(bank),
        source=source,
        lines=len(payable),
        total_fen=total,
        hash=b"",
        state=ListState.MADE.value,
        made_by=official.id,
        made_at=unit.now,
    )
    lines = [_line(unit, list_id, position, one) for position, one in enumerate(payable, 1)]
    digests = [line.digest for line in lines]
    made.hash = list_hash(head_of(made), digests)
    unit.db.add(made)
    await unit.db.flush()
    unit.db.add_all(lines)
    await unit.db.flush()
    data = {
        "hash": made.hash.hex(),
        "lines": len(lines),
        "digests": short(digests),
        "total_fen": total,
        "bank": bank.code,
        "division": division,
        "scheme_version": scheme.version,
    }
    unit.journal.add(Event(unit.now, official.actor, LISTED, f"payment_list:{list_id}", data))
    return made


def _line(unit: Unit, list_id: int, position: int, one: Payable) -> PaymentLine:
    canonical = Canonical(list_id, position, one.case_id, one.head, one.index, one.amount_fen, one.failed)
    return PaymentLine(
        id=new_id(unit.now),
        list_id=list_id,
        position=position,
        case_id=one.case_id,
        head=one.head,
        card=one.card,
        card_index=one.index,
        amount_fen=one.amount_fen,
        digest=canonical.digest,
        repays=one.failed,
        outcome=Outcome.WAITING.value,
    )


def head_of(made: PaymentList) -> Head:
    """What a stored list says of itself."""
    return Head(
        made.id,
        made.number,
        made.scheme_id,
        made.division,
        made.bank,
        made.source,
        made.template,
        made.lines,
        made.total_fen,
    )


async def drop_list(unit: Unit, official: Official, list_id: int, why: str) -> None:
    """Take a list back that was not sent to the bank; its households can be listed again.

    Raises:
        RefusedError: it was sent, closed or dropped, no reason was given, or the season is closed.
        OutOfAreaError: not in the official's area.
    """
    found = await open_list(unit, official, list_id)
    if ListState(found.state) not in (ListState.MADE, ListState.RELEASED):
        raise refused("G4", f"drop_{found.state}", number=found.number)
    if len(why.strip()) < SHORTEST_REASON:
        raise RefusedError({0: Refusal("L8", "refusal.L8.no_reason")})
    lines = list(await unit.db.scalars(select(PaymentLine).where(PaymentLine.list_id == list_id)))
    if any(line.outcome != Outcome.WAITING.value for line in lines):
        raise refused("G4", "drop_sent", number=found.number)
    for line in lines:
        line.outcome = Outcome.DROPPED.value
    found.state, found.why = ListState.DROPPED.value, why.strip()
    found.ended_at, found.ended_by = unit.now, official.id
    await unit.db.flush()
    unit.journal.add(Event(unit.now, official.actor, "payment.dropped", f"payment_list:{list_id}", {}))


async def close_if_done(unit: Unit, official: Official, found: PaymentList) -> bool:
    """Close a list of which no line waits any more; whether it was."""
    waits = select(PaymentLine.id).where(PaymentLine.list_id == found.id, PaymentLine.outcome == Outcome.WAITING.value)
    if ListState(found.state) not in SETTLES or await unit.db.scalar(waits.limit(1)) is not None:
        return False
    found.state, found.ended_at, found.ended_by = ListState.CLOSED.value, unit.now, official.id
    await unit.db.flush()
    unit.journal.add(Event(unit.now, official.actor, "payment.closed", f"payment_list:{found.id}", {}))
    return True
