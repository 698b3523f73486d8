"""Making a frozen list, and taking households off it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.batches.line import digest, list_hash
from intake.batches.standing import standing
from intake.events import Event, Journal
from intake.models import Batch, BatchAct, BatchLine, Division, Scheme
from intake.procedure import Action, Pass
from store.ids import new_id

VILLAGE, TOWNSHIP, COUNTY = "village", "township", "county"
LEVELS = {12: VILLAGE, 9: TOWNSHIP}
MADE, REVISED = "batch.made", "batch.revised"


async def freeze(
    db: AsyncSession,
    journal: Journal,
    who: Official | None,
    now: datetime,
    pass_: Pass,
    scheme: Scheme,
    division: str,
    case_ids: Collection[int],
) -> Batch:
    """Freeze households of a division into its next list; ``who`` None is the clock. The cases are locked by the
    caller."""
    # Numbers of one division are given one after the other.
    await db.execute(select(Division.code).where(Division.code == division).with_for_update(key_share=True))
    mine = (Batch.scheme_id == scheme.id, Batch.pass_ == pass_.value, Batch.division == division)
    last = await db.scalar(select(func.max(Batch.number)).where(*mine))
    lines = await standing(db, pass_, case_ids)
    digests = {case_id: digest(line) for case_id, line in lines.items()}
    batch = Batch(
        id=new_id(now),
        scheme_id=scheme.id,
        pass_=pass_.value,
        division=division,
        number=(last or 0) + 1,
        revision=1,
        made_by=who.id if who else None,
        made_at=now,
        scheme_version=scheme.version,
    )
    batch.hash = list_hash(batch.id, 1, digests)
    db.add(batch)
    await db.flush()
    level = LEVELS[len(division)]
    rows = [
        {
            "batch_id": batch.id,
            "case_id": case_id,
            "pass_": pass_.value,
            "level": level,
            "snapshot": lines[case_id],
            "digest": digests[case_id],
        }
        for case_id in sorted(lines)
    ]
    await db.execute(insert(BatchLine), rows)
    if who is not None:
        db.add(BatchAct(batch_id=batch.id, staff_id=who.id, level=level, at=now))
        await db.flush()
    _tell(journal, MADE, who.actor if who else "clock", now, batch, {"number": batch.number, "cases": sorted(lines)})
    return batch


async def hold_lists(db: AsyncSession, pass_: Pass, case_ids: Collection[int]) -> list[Batch]:
    """Hold the live lists of these cases at every level, in the order of their ids, until the transaction ends. A unit
    of work that both proves lists and takes households off begins with this: two such units could otherwise wait for
    each other in a ring."""
    on = select(BatchLine.batch_id).where(
        BatchLine.case_id.in_(case_ids), BatchLine.pass_ == pass_.value, BatchLine.left_in.is_(None)
    )
    held = select(Batch).where(Batch.id.in_(on)).order_by(Batch.id).with_for_update(key_share=True)
    return list(await db.scalars(held.execution_options(populate_existing=True)))


async def take_off(
    db: AsyncSession, journal: Journal, actor: str, now: datetime, pass_: Pass, left: dict[int, Action]
) -> None:
    """Take households off the lists that they are on, for they are reviewed anew or withdrawn: each list gets a new
    revision with a hash of its own. The cases are locked by the caller."""
    for batch in await hold_lists(db, pass_, left):
        live = select(BatchLine.case_id, BatchLine.digest).where(
            BatchLine.batch_id == batch.id, BatchLine.left_in.is_(None)
        )
        digests = {row.case_id: row.digest for row in await db.execute(live)}
        gone = {case_id: action for case_id, action in left.items() if case_id in digests}
        batch.revision += 1
        for case_id, action in gone.items():
            del digests[case_id]
            line = (BatchLine.batch_id == batch.id, BatchLine.case_id == case_id)
            await db.execute(update(BatchLine).where(*line).values(left_in=batch.revision, why=action.value))
        batch.hash = list_hash(batch.id, batch.revision, digests)
        await db.flush()
        _tell(journal, REVISED, actor, now, batch, {"left": sorted(gone)})


def _tell(journal: Journal, kind: str, actor: str, now: datetime, batch: Batch, more: dict[str, object]) -> None:
    data = {"pass": batch.pass_, "division": batch.division, "revision": batch.revision, "hash": batch.hash.hex()}
    journal.add(Event(now, actor, kind, f"batch:{batch.id}", data | more))
