"""What became of the lines of a list, written down by hand where the bank sends no file (L2, G4)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from intake.access import Official, OutOfAreaError
from intake.events import Event
from intake.moves import RefusedError
from intake.payments.codes import SETTLES, ListState, Outcome
from intake.payments.failing import record_failed
from intake.payments.making import close_if_done
from intake.payments.open_list import open_list
from intake.payments.recording import record_paid
from intake.payments.refusing import refused
from intake.payments.verifying import Known, known_lines, verify_list
from intake.rules import SHORTEST_REASON, Refusal
from intake.unit import Unit


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
    await record_failed(unit, official, {lines[one]: why.strip() for one, why in failed.items()})
    data = {"paid": len(chosen), "failed": len(failed)}
    unit.journal.add(Event(unit.now, official.actor, "payment.settled", f"payment_list:{list_id}", data))
    await close_if_done(unit, official, found)


def _same_amount(chosen: Sequence[Known]) -> None:
    """A grant that is another now is not paid by an old line."""
    other = [row for row in chosen if row.amount_fen != row.line.amount_fen]
    if other:
        raise RefusedError({row.line.case_id: Refusal("G4", "refusal.pay.other_amount") for row in other})
