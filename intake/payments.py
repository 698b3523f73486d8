"""Money to the household's card (L2, L8 step 4, G4): recorded once per grant, by the township."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.events import Event, Journal
from intake.models import Grant, Household, Payment
from intake.moves import Said, move_cases, scheme_of
from intake.procedure import Action, Pass


def luhn_holds(card: str) -> bool:
    """Whether a card number's last digit fits; old passbooks have none, so this is a warning, never a refusal."""
    digits = [int(digit) for digit in reversed(card)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


async def record_payment(
    db: AsyncSession, journal: Journal, official: Official, now: datetime, case_id: int, bank_card: str, paid_on: date
) -> Payment:
    """Record that a grant was paid to a card.

    Raises:
        RefusedError: not accepted yet, paid before, no card (L2), or a day in the future (L10).
    """
    card = bank_card.replace(" ", "")
    said = Said(Action.PAY, bank_card=card, paid_on=paid_on)
    (case,) = await move_cases(db, journal, official, now, Pass.GRANT, {case_id: said})
    grant = await db.get_one(Grant, case_id)
    household = await db.get_one(Household, case.household_id)
    scheme, _content = await scheme_of(db, case.scheme_id)
    household.bank_card = card
    payment = Payment(
        case_id=case_id,
        amount_fen=grant.amount_fen or 0,
        bank_card=card,
        paid_on=paid_on,
        recorded_by=official.id,
        recorded_at=now,
        scheme_version=scheme.version,
    )
    db.add(payment)
    await db.flush()
    data = {"amount_fen": payment.amount_fen, "paid_on": paid_on.isoformat(), "scheme_version": scheme.version}
    journal.add(Event(now, official.actor, "payment.made", f"case:{case_id}", data))
    return payment
