"""Whether a preview counts: confirmed once, or dropped; whoever comes second is told."""

from intake.access import Official, OutOfAreaError
from intake.events import Event
from intake.imports.access import access_file, is_own
from intake.imports.filing import contact_of, file_some
from intake.imports.kinds import FileState, Kind, RowState
from intake.models import ImportFile
from intake.moves import scheme_of
from intake.unit import Unit
from store.clock import china_date


class DecidedError(Exception):
    """Somebody has decided on the file already; nothing was done."""


class NotOpenError(Exception):
    """No applications are taken today."""


class EmptyError(Exception):
    """No row of the file can be imported."""


async def confirm(unit: Unit, official: Official, file_id: int) -> ImportFile:
    """Say that a preview counts. What fits into one transaction is filed in it; the clock files the rest
    (:func:`intake.imports.filing.file_waiting`). A last year's list is only kept.

    Raises:
        OutOfAreaError: no such file of the official's place.
        DecidedError: somebody was faster, or the button was pressed twice.
        NotOpenError: the season takes no applications.
        EmptyError: every row is refused.
    """
    file = await _open(unit, official, file_id)
    kind = Kind(file.kind)
    scheme, content = await scheme_of(unit.db, file.scheme_id)
    if kind.files and (scheme.closed_at is not None or not content.is_open(china_date(unit.now))):
        raise NotOpenError
    if not file.counts.get(RowState.GOOD.value):
        raise EmptyError
    file.decided_by, file.decided_at = official.id, unit.now
    file.state = (FileState.CONFIRMED if kind.files else FileState.DONE).value
    file.done_at = None if kind.files else unit.now
    data = {"kind": file.kind, "rows": file.counts[RowState.GOOD.value]}
    unit.journal.add(Event(unit.now, official.actor, "import.confirmed", f"import:{file.id}", data))
    await unit.db.flush()
    if kind.files:
        await contact_of(await unit.db.connection(), file.read_by, unit.now)
        await file_some(unit, file)
    return file


async def drop(unit: Unit, official: Official, file_id: int) -> None:
    """Say that a preview does not count; its rows are forgotten after some days.

    Raises:
        OutOfAreaError: no such file of the official's place.
        DecidedError: somebody was faster.
    """
    file = await _open(unit, official, file_id)
    file.state, file.decided_by, file.decided_at = FileState.DROPPED.value, official.id, unit.now
    unit.journal.add(Event(unit.now, official.actor, "import.dropped", f"import:{file.id}", {"kind": file.kind}))


async def _open(unit: Unit, official: Official, file_id: int) -> ImportFile:
    file = await access_file(unit.db, official, file_id, lock=True)
    if not is_own(official, file):
        raise OutOfAreaError
    if file.state != FileState.PREVIEW.value:
        raise DecidedError
    return file
