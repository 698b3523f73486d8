"""Recording what was paid: from a line of a list that two people released, once per grant (L2, L8 step 4, G4)."""

from collections.abc import Mapping, Sequence
from datetime import date

from intake.access import Official
from intake.events import Event
from intake.models import Payment, PaymentLine
from intake.moves import Said, move_cases, scheme_of
from intake.procedure import Action, Pass
from intake.unit import Unit


async def record_paid(unit: Unit, official: Official, lines: Sequence[PaymentLine], paid_on: date) -> None:
    """The grants of these lines, all of one scheme, are paid; all or none. The residents are told by the move.

    Raises:
        RefusedError: by case: not accepted, not released by two people (G4), no card (L2), or a day in the future,
            before the decision or before the release (L10, L8).
    """
    if not lines:
        return
    said: Mapping[int, Said] = {line.case_id: Said(Action.PAY, bank_card=line.card, paid_on=paid_on) for line in lines}
    cases = await move_cases(unit.db, unit.journal, official, unit.now, Pass.GRANT, said)
    scheme, _content = await scheme_of(unit.db, cases[0].scheme_id)
    for line in lines:
        line.outcome, line.paid_on = "paid", paid_on
        line.settled_by, line.settled_at = official.id, unit.now
        unit.db.add(
            Payment(
                case_id=line.case_id,
                amount_fen=line.amount_fen,
                bank_card=line.card,
                paid_on=paid_on,
                recorded_by=official.id,
                recorded_at=unit.now,
                scheme_version=scheme.version,
            )
        )
        data = {"amount_fen": line.amount_fen, "paid_on": paid_on.isoformat(), "scheme_version": scheme.version}
        data |= {"list": line.list_id, "line": line.id}
        unit.journal.add(Event(unit.now, official.actor, "payment.made", f"case:{line.case_id}", data))
    await unit.db.flush()
