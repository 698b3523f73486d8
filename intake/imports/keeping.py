"""Keeping what was read of a workbook, until somebody says that it counts. Nothing of it is a case yet."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import column, delete, insert, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.access import Official
from intake.events import Event
from intake.filing import id_index
from intake.imports.applied import Applied, applied
from intake.imports.kinds import FileState, Kind, RowState
from intake.imports.read import ReadBook, ReadRow
from intake.models import ImportFile, ImportRow
from intake.unit import Unit
from store.cipher import keyring
from store.ids import new_id

_AT_ONCE = 500
_MOST_NAMED = 40
"""Headings and sheets that are named at the most."""
_LABEL = "import_row.content"
_ROW = ("file_id", "position", "state", "village", "id_index", "content", "case_id")
_INSERT = insert(table(ImportRow.__tablename__, *map(column, _ROW)))
"""Past the model, whose column would seal what is sealed."""


def digest_of(body: bytes) -> bytes:
    """By which a file is known again."""
    return hashlib.sha256(body).digest()


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook as it came: its name and digest, what it holds, and the version of the form that read it."""

    name: str
    digest: bytes
    kind: Kind
    version: int


async def same_file(unit: Unit, official: Official, scheme_id: int, sent: Sent) -> ImportFile | None:
    """The same file as it was read before in the same place. One that was dropped does not count, nor a preview that an
    earlier version of the form has read."""
    found = await _find(unit, official, scheme_id, sent)
    return found if found is not None and _counts(found, sent) else None


def _counts(found: ImportFile, sent: Sent) -> bool:
    if found.state == FileState.PREVIEW.value:
        return bool(found.remarks["version"] == sent.version)
    return found.state != FileState.DROPPED.value


async def _find(unit: Unit, official: Official, scheme_id: int, sent: Sent) -> ImportFile | None:
    query = select(ImportFile).where(
        ImportFile.scheme_id == scheme_id,
        ImportFile.division == official.division,
        ImportFile.kind == sent.kind.value,
        ImportFile.digest == sent.digest,
    )
    found: ImportFile | None = await unit.db.scalar(query.with_for_update())
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook as it is to be stored; what costs time is done before the transaction begins."""

    rows: Sequence[dict[str, Any]]
    states: Sequence[RowState]
    warned: Sequence[bool]
    unused: Sequence[str]
    unread: Sequence[str]


def prepare(book: ReadBook) -> Prepared:
    """Seal the rows and make their blind indexes; a second for 50,000 rows: call it in a thread."""
    return Prepared(
        [_row(position, row) for position, row in enumerate(book.rows, 1)],
        [row.state for row in book.rows],
        [bool(row.warned) for row in book.rows],
        book.unused[:_MOST_NAMED],
        book.unread[:_MOST_NAMED],
    )


async def keep(unit: Unit, official: Official, scheme_id: int, sent: Sent, prepared: Prepared) -> tuple[int, bool]:
    """Keep a preview: its id, and whether it is new. The same file again is the preview, or the import, that there is.

    Raises:
        IntegrityError: the same file came twice at the same instant; look again.
    """
    known = await _find(unit, official, scheme_id, sent)
    if known is not None and _counts(known, sent):
        return known.id, False
    connection = await unit.db.connection()
    counts = await _look(connection, scheme_id, sent.kind, prepared)
    remarks = {"unused": list(prepared.unused), "unread": list(prepared.unread), "version": sent.version}
    file = known or ImportFile(
        id=new_id(unit.now), scheme_id=scheme_id, division=official.division, kind=sent.kind.value, digest=sent.digest
    )
    file.name, file.remarks, file.counts = sent.name[:200], remarks, counts
    file.state, file.cursor = FileState.PREVIEW.value, 0
    file.read_by, file.read_at = official.id, unit.now
    file.decided_by = file.decided_at = file.done_at = None
    unit.db.add(file)
    await unit.db.flush()
    await connection.execute(delete(ImportRow).where(ImportRow.file_id == file.id))
    for start in range(0, len(prepared.rows), _AT_ONCE):
        some = prepared.rows[start : start + _AT_ONCE]
        await connection.execute(_INSERT, [{**row, "file_id": file.id} for row in some])
    data = {"kind": sent.kind.value, "rows": counts}
    unit.journal.add(Event(unit.now, official.actor, "import.read", f"import:{file.id}", data))
    return file.id, True


async def _look(connection: AsyncConnection, scheme_id: int, kind: Kind, prepared: Prepared) -> dict[str, int]:
    """Mark the households that have applied this season already; the counts of the rows by state."""
    rows = prepared.rows
    there: dict[bytes, Applied] = {}
    if kind.files:
        good = [row["id_index"] for row in rows if row["id_index"] and row["state"] == RowState.GOOD.value]
        there = await applied(connection, scheme_id, good)
    counts: Counter[str] = Counter()
    for row, state, warned in zip(rows, prepared.states, prepared.warned, strict=True):
        before = there.get(row["id_index"]) if state is RowState.GOOD else None
        known = before is not None and not before.withdrawn
        row["state"] = (RowState.KNOWN if known else state).value
        row["case_id"] = before.case_id if before and known else None
        counts[row["state"]] += 1
        counts["warned"] += warned and not known
    return dict(counts)


def _row(position: int, row: ReadRow) -> dict[str, Any]:
    number = row.answers.get("id_number")
    return {
        "position": position,
        "state": row.state.value,
        "village": row.answers.get("village") or "",
        "id_index": id_index(number) if number else None,
        "content": keyring().seal(_LABEL, orjson.dumps(_content(row))),
        "case_id": None,
    }


def _content(row: ReadRow) -> dict[str, Any]:
    """What is kept of a row: of a good one what was understood, of another what was typed."""
    content: dict[str, Any] = {"sheet": row.sheet, "row": row.number, "head": row.raw.get("head", "")}
    if row.state is RowState.GOOD:
        content["answers"] = row.answers
    else:
        content["raw"] = row.raw
    said = row.reasons or row.warned
    return content | ({"reasons": [reason.to_json() for reason in said]} if said else {})
