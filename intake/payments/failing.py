"""Money that came back: who applied is asked by chat for the right card (L2, G4)."""

from collections.abc import Mapping

from intake.access import Official
from intake.events import Event, Letter
from intake.models import PaymentLine
from intake.payments.asking import whom_to_ask
from intake.payments.codes import Outcome
from intake.unit import Unit


async def record_failed(unit: Unit, official: Official, lines: Mapping[PaymentLine, str]) -> None:
    """The money of these lines came back, with why; their grants stay accepted."""
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
