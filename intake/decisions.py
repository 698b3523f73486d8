"""Township audit, batch and county decision (L8 steps 3 and 4), and sending a case back to its village."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, within
from intake.batches.check import check, lists_of
from intake.batches.freeze import COUNTY, TOWNSHIP, VILLAGE, freeze
from intake.events import Journal
from intake.models import Batch, BatchAct, Case
from intake.moves import RefusedError, Said, lock_cases, move_cases, scheme_of
from intake.procedure import Action, Pass, Role
from intake.rules import Refusal

_YES_NO = {
    Role.TOWNSHIP: (Action.PASS_AUDIT, Action.CUT),
    Role.COUNTY: (Action.ACCEPT, Action.REFUSE),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Yes or no to one case, with the reason that a no needs."""

    passed: bool
    reason: str = ""


async def rule_on(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    pass_: Pass,
    rulings: Mapping[int, Ruling],
) -> list[Case]:
    """The township audits what is on its villages' registers, or the county decides on what is on a batch, by the
    official's role; all of the cases or none. The list must still be what was sent up.

    Raises:
        RefusedError: why not, by case.
    """
    yes, no = _YES_NO.get(official.role, (Action.ACCEPT, Action.REFUSE))
    said = {case_id: Said(yes if ruling.passed else no, reason=ruling.reason) for case_id, ruling in rulings.items()}
    await lock_cases(db, pass_, said)
    lists = await lists_of(db, pass_, TOWNSHIP if official.role is Role.COUNTY else VILLAGE, said)
    await _prove(db, lists)
    moved = await move_cases(db, journal, official, now, pass_, said)
    if official.role is Role.COUNTY:
        await _act(db, official, now, lists)
    return moved


async def make_batch(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    pass_: Pass,
    case_ids: Collection[int],
) -> Batch:
    """The township puts audited households on a batch and sends it to the county (form 2).

    Raises:
        RefusedError: nobody to send (case id 0), or not audited any more; nothing was sent.
    """
    if not case_ids:
        raise RefusedError({0: Refusal("L8", "refusal.L8.nothing_to_batch")})
    cases = await move_cases(db, journal, official, now, pass_, dict.fromkeys(case_ids, Said(Action.BATCH)))
    scheme, _content = await scheme_of(db, cases[0].scheme_id)
    return await freeze(db, journal, official, now, pass_, scheme, official.division or "", [case.id for case in cases])


async def access_batch(db: AsyncSession, official: Official, batch_id: int) -> Batch:
    """A list of the official's area.

    Raises:
        OutOfAreaError: no such list there.
    """
    found = await db.scalar(select(Batch).where(Batch.id == batch_id, within(official, Batch.division)))
    if found is None:
        raise OutOfAreaError
    return found


async def _prove(db: AsyncSession, lists: Mapping[int, Batch]) -> None:
    """Refuse those whose list does not hold."""
    refused: dict[int, Refusal] = {}
    for fault in await check(db, list({batch.id: batch for batch in lists.values()}.values()), only=lists):
        for case_id, batch in lists.items():
            if batch.id == fault.batch and (not fault.case_ids or case_id in fault.case_ids):
                refused[case_id] = Refusal("L12", f"refusal.L12.list_{fault.kind}", {"number": batch.number})
    if refused:
        raise RefusedError(refused)


async def _act(db: AsyncSession, official: Official, now: datetime, lists: Mapping[int, Batch]) -> None:
    """L12: whoever acted on a batch at another level does not decide on it; the key of the table says so too."""
    batches = {batch.id for batch in lists.values()}
    acted = select(BatchAct.batch_id, BatchAct.level).where(
        BatchAct.batch_id.in_(batches), BatchAct.staff_id == official.id
    )
    known = {row.batch_id: row.level for row in await db.execute(acted)}
    other = {batch_id for batch_id, level in known.items() if level != COUNTY}
    if other:
        refusal = Refusal("L12", "refusal.L12.batched")
        raise RefusedError({case_id: refusal for case_id, batch in lists.items() if batch.id in other})
    db.add_all(
        BatchAct(batch_id=batch_id, staff_id=official.id, level=COUNTY, at=now)
        for batch_id in sorted(batches - known.keys())
    )
    await db.flush()


async def send_back(
    db: AsyncSession, journal: Journal, official: Official, now: datetime, pass_: Pass, case_id: int, reason: str
) -> Case:
    """Send a case back to the village review for correction; everyone may act again after that.

    Raises:
        RefusedError: no reason given, or not from this state.
    """
    return (await move_cases(db, journal, official, now, pass_, {case_id: Said(Action.RETURN, reason=reason)}))[0]
