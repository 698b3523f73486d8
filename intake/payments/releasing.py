"""Two people release a payment list before the bank gets it (L12, G4)."""

from sqlalchemy import select

from intake.access import Official
from intake.batches.check import lists_of
from intake.batches.freeze import TOWNSHIP
from intake.batches.sending import prove
from intake.events import Event
from intake.models import PaymentRelease, Staff
from intake.payments.codes import ListState
from intake.payments.open_list import open_list
from intake.payments.refusing import refused
from intake.payments.verifying import known_lines, verify_list
from intake.procedure import Pass
from intake.unit import Unit

PEOPLE = 2
"""How many release a list; whoever made it may be one of them."""


async def release(unit: Unit, official: Official, list_id: int, shown: str) -> int:
    """Release a list as it was shown (``shown`` is its hash in hexadecimal digits); whether this was the first or the
    second of the two.

    Raises:
        RefusedError: this person released it before, it is no longer to be released, a batch behind it is not
            what was sent up, the page is old, or the season is closed.
        UnsoundError: the list is not what was made.
        OutOfAreaError: not in the official's area.
    """
    found = await open_list(unit, official, list_id)
    query = select(PaymentRelease, Staff.name).join(Staff, Staff.id == PaymentRelease.staff_id)
    before = (await unit.db.execute(query.where(PaymentRelease.list_id == list_id).order_by(PaymentRelease.nth))).all()
    if official.id in {row[0].staff_id for row in before}:
        raise refused("L12", "released_before", number=found.number)
    if found.state != ListState.MADE.value:
        raise refused("G4", f"release_{found.state}", number=found.number, who=" ".join(row[1] for row in before))
    if shown != found.hash.hex():
        raise refused("G4", "stale")
    known = await known_lines(unit.db, list_id, lock=True)
    await verify_list(unit.db, found, known)
    await prove(unit.db, await lists_of(unit.db, Pass.GRANT, TOWNSHIP, [one.line.case_id for one in known]))
    nth = len(before) + 1
    unit.db.add(PaymentRelease(list_id=list_id, staff_id=official.id, nth=nth, at=unit.now))
    if nth == PEOPLE:
        found.state = ListState.RELEASED.value
    await unit.db.flush()
    data = {"nth": nth, "hash": found.hash.hex(), "total_fen": found.total_fen}
    unit.journal.add(Event(unit.now, official.actor, "payment.released", f"payment_list:{list_id}", data))
    return nth
