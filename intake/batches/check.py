"""Whether frozen lists are what they were: stored lines against their digests, those against the list's hash, that
against the event chain, and the households of today against their lines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.batches.freeze import MADE, REVISED
from intake.batches.line import digest, list_hash
from intake.batches.standing import standing
from intake.models import Batch, BatchLine, EventRow, Scheme
from intake.procedure import Pass

LINE, LIST, CHAIN, HOUSEHOLD = "line", "list", "chain", "household"


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: a stored ``line``, the ``list`` as a whole, its hash in the event ``chain``, or a
    ``household`` that is not what it was. ``numbers`` are the cases' numbers, where single ones can be named."""

    batch: int
    kind: str
    case_ids: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()


async def check(db: AsyncSession, lists: Sequence[Batch], only: Collection[int] | None = None) -> list[Fault]:
    """The faults of these lists. ``only`` compares these households of today alone, for a decision on a few of them;
    the lists themselves are always proven whole."""
    if not lists:
        return []
    ids = [batch.id for batch in lists]
    stored: dict[int, list[Any]] = {batch_id: [] for batch_id in ids}
    columns = (BatchLine.batch_id, BatchLine.case_id, BatchLine.snapshot, BatchLine.digest)
    for row in await db.execute(
        select(*columns).where(BatchLine.batch_id.in_(ids), BatchLine.left_in.is_(None)).order_by(BatchLine.case_id)
    ):
        stored[row.batch_id].append(row)
    chained = await _chained(db, ids)
    over = await _closed(db, {batch.scheme_id for batch in lists})
    faults: list[Fault] = []
    for batch in lists:
        lines = stored[batch.id]
        changed = [row for row in lines if digest(row.snapshot) != row.digest]
        if changed:
            faults.append(_fault(batch, LINE, changed))
        if list_hash(batch.id, batch.revision, {row.case_id: row.digest for row in lines}) != batch.hash:
            faults.append(_fault(batch, LIST))
        if chained.get(batch.id) != (batch.revision, batch.hash.hex()):
            faults.append(_fault(batch, CHAIN))
        compared = [row for row in lines if only is None or row.case_id in only]
        today = await standing(db, Pass(batch.pass_), {row.case_id for row in compared})
        shown = _without_head if batch.scheme_id in over else dict
        differs = [row for row in compared if shown(today.get(row.case_id, {})) != shown(row.snapshot)]
        if differs:
            faults.append(_fault(batch, HOUSEHOLD, differs))
    return faults


async def check_season(db: AsyncSession, scheme_id: int) -> list[Fault]:
    """The faults of all registers and batches of a season, one list after the other."""
    ids = list(await db.scalars(select(Batch.id).where(Batch.scheme_id == scheme_id).order_by(Batch.id)))
    faults: list[Fault] = []
    for one in ids:
        faults += await check(db, [await db.get_one(Batch, one)])
        db.expunge_all()
    return faults


async def lists_of(db: AsyncSession, pass_: Pass, level: str, case_ids: Collection[int]) -> dict[int, Batch]:
    """The live list of each of these cases at one level, by case id; a case on none is left out. For whoever goes on to
    prove them: the cases are locked by the caller, and the lists are held until the transaction ends, for another
    household that leaves one meanwhile begins a new revision of it."""
    on = select(BatchLine.case_id, BatchLine.batch_id).where(
        BatchLine.case_id.in_(case_ids),
        BatchLine.pass_ == pass_.value,
        BatchLine.level == level,
        BatchLine.left_in.is_(None),
    )
    lists = {row.case_id: row.batch_id for row in await db.execute(on)}
    held = select(Batch).where(Batch.id.in_(set(lists.values()))).order_by(Batch.id).with_for_update(key_share=True)
    found = {batch.id: batch for batch in await db.scalars(held.execution_options(populate_existing=True))}
    return {case_id: found[batch_id] for case_id, batch_id in lists.items()}


async def _closed(db: AsyncSession, scheme_ids: Collection[int]) -> frozenset[int]:
    """The seasons that are over: a household may be called otherwise in the next one, which changes nothing of them."""
    query = select(Scheme.id).where(Scheme.id.in_(scheme_ids), Scheme.closed_at.is_not(None))
    return frozenset(await db.scalars(query))


def _without_head(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "head"}


async def _chained(db: AsyncSession, ids: Collection[int]) -> Mapping[int, tuple[int, str]]:
    """What the event chain says of each list: its last revision and that one's hash."""
    rows: Any = await db.execute(
        select(EventRow.subject, EventRow.data)
        .where(EventRow.subject.in_([f"batch:{one}" for one in ids]), EventRow.kind.in_((MADE, REVISED)))
        .order_by(EventRow.seq)
    )
    return {int(subject.partition(":")[2]): (data["revision"], data["hash"]) for subject, data in rows}


def _fault(batch: Batch, kind: str, rows: Sequence[Any] = ()) -> Fault:
    return Fault(
        batch.id, kind, tuple(row.case_id for row in rows), tuple(row.snapshot.get("number", "") for row in rows)
    )
