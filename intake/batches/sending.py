"""The township's batch (L8 step 3, form 2): sending it, proving it before a decision, and who acts on it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.batches.check import check
from intake.batches.freeze import COUNTY, freeze
from intake.events import Journal
from intake.models import Batch, BatchAct
from intake.moves import RefusedError, Said, lock_cases, move_cases, scheme_of
from intake.procedure import Action, Pass
from intake.reads.batches import audited_in
from intake.rules import Refusal


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


async def ready(
    db: AsyncSession, official: Official, scheme_id: int, pass_: Pass, shown: Mapping[str, str]
) -> list[int]:
    """The audited households of these villages that are on no batch, locked; ``shown`` is how many the page showed of
    each.

    Raises:
        RefusedError: there are others than it showed: somebody was at work meanwhile.
    """
    found = await audited_in(db, official, scheme_id, pass_)
    await lock_cases(db, pass_, [case_id for code in shown for case_id in found.get(code, [])])
    found = await audited_in(db, official, scheme_id, pass_)
    for code, count in shown.items():
        there = len(found.get(code, []))
        if count != str(there):
            raise RefusedError({0: Refusal("L8", "refusal.L8.batch_overtaken", {"count": there})})
    return [case_id for code in shown for case_id in found.get(code, [])]


async def prove(db: AsyncSession, lists: Mapping[int, Batch]) -> None:
    """Hold the lists of these cases against their hashes.

    Raises:
        RefusedError: those whose list, or line, is not what was sent up.
    """
    refused: dict[int, Refusal] = {}
    for fault in await check(db, list({batch.id: batch for batch in lists.values()}.values()), only=lists):
        for case_id, batch in lists.items():
            if batch.id == fault.batch and (not fault.case_ids or case_id in fault.case_ids):
                refused[case_id] = Refusal("L12", f"refusal.L12.list_{fault.kind}", {"number": batch.number})
    if refused:
        raise RefusedError(refused)


async def act_on(db: AsyncSession, official: Official, now: datetime, lists: Mapping[int, Batch]) -> None:
    """L12: whoever acted on a batch at another level does not decide on it; the key of the table says so too.

    Raises:
        RefusedError: they acted at another level.
    """
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
