"""Filing the rows of a confirmed file, some at a time, each once.

One transaction files some rows and notes it with them: a process that dies leaves none half done, and the next run goes
on behind the last. Between two transactions the chat and the officials get their turn.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.access import Official
from intake.events import Event
from intake.filing import Application, receive
from intake.imports.applied import applied
from intake.imports.kinds import CHANNEL, FileState, Kind, RowState
from intake.models import Contact, ImportFile, ImportRow, Scheme, Staff
from intake.nominations import nominator_of
from intake.outcomes import Filed, FiledBefore, NoScheme, Outcome
from intake.unit import Unit, Units
from locales import HOME
from store.faults import where
from store.ids import new_id

SOME = 200
"""Rows of one transaction."""
RUN_SECONDS = 25.0
"""No transaction is begun later in one run of the clock's job, so that the other jobs of the minute get their turn."""

_CONTACT = select(Contact.id).where(Contact.channel == CHANNEL, Contact.address == bindparam("who"))
_DONE = (
    update(ImportRow)
    .where(ImportRow.file_id == bindparam("file"), ImportRow.position == bindparam("at"))
    .values(state=bindparam("now_is"), case_id=bindparam("became"))
)

log = logging.getLogger(__name__)


async def contact_of(connection: AsyncConnection, staff_id: int, now: datetime) -> int:
    """The contact that an official's paper applications come from. It is bound to no account: who typed a form is no
    nominator."""
    who = f"staff:{staff_id}"
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {
        "id": new_id(now),
        "channel": CHANNEL,
        "address": who,
        "language": HOME,
        "waiting": False,
        "muted": False,
        "big_text": False,
        "created_at": now,
    }
    await connection.execute(dialect.insert(Contact).values(row).on_conflict_do_nothing())
    return int((await connection.execute(_CONTACT, {"who": who})).scalar_one())


async def file_some(unit: Unit, file: ImportFile, most: int | None = None) -> bool:
    """File the next rows (:data:`SOME`) of a confirmed file, which is locked; whether it is done now."""
    most = most or SOME
    query = (
        select(ImportRow)
        .where(ImportRow.file_id == file.id, ImportRow.state == RowState.GOOD.value, ImportRow.position > file.cursor)
        .order_by(ImportRow.position)
        .limit(most)
    )
    rows = list(await unit.db.scalars(query))
    if rows:
        states = await _file(unit, file, rows)
        _count(file, [state for state, _ in states.values()])
        done = [
            {"file": file.id, "at": at, "now_is": state.value, "became": case} for at, (state, case) in states.items()
        ]
        await (await unit.db.connection()).execute(_DONE, done)
        file.cursor = rows[-1].position
    if len(rows) < most:
        file.state, file.done_at = FileState.DONE.value, unit.now
        unit.journal.add(Event(unit.now, "clock", "import.done", f"import:{file.id}", {"rows": file.counts}))
    await unit.db.flush()
    return file.state == FileState.DONE.value


async def _file(unit: Unit, file: ImportFile, rows: list[ImportRow]) -> dict[int, tuple[RowState, int | None]]:
    connection = await unit.db.connection()
    # As filing does: nobody files a household between our look and our filing.
    scheme = select(Scheme.closed_at).where(Scheme.id == file.scheme_id).with_for_update(key_share=True)
    if (await connection.execute(scheme)).scalar_one() is not None:
        return {row.position: (RowState.CLOSED, None) for row in rows}
    there = await applied(connection, file.scheme_id, [row.id_index for row in rows if row.id_index])
    states: dict[int, tuple[RowState, int | None]] = {}
    sent: list[ImportRow] = []
    for row in rows:
        before = there.get(row.id_index or b"")
        if before is not None and not before.withdrawn:
            states[row.position] = (RowState.KNOWN, before.case_id)
        else:
            sent.append(row)
    contact = await contact_of(connection, file.read_by, unit.now)
    official = Official.of(await unit.db.get_one(Staff, file.read_by))
    applications = [_application(file, row, contact, official) for row in sent]
    outcomes = await receive(connection, unit.journal, applications, unit.now) if sent else []
    for row, outcome in zip(sent, outcomes, strict=True):
        states[row.position] = _state(outcome, again=(row.id_index or b"") in there)
    return states


def _application(file: ImportFile, row: ImportRow, contact: int, official: Official) -> Application:
    answers = row.content["answers"]
    nominator = None
    if Kind(file.kind) is Kind.NOMINATE:
        nominator = nominator_of(answers, None if answers.get("relation") else official).to_json()
    return Application(
        key=f"{CHANNEL}:{file.id}:{row.position}",
        contact_id=contact,
        flow=file.kind,
        flow_version=int(file.remarks["version"]),
        answers=answers,
        nominator=nominator,
        typed_by=official.id,
    )


def _state(outcome: Outcome, *, again: bool) -> tuple[RowState, int | None]:
    match outcome:
        case Filed(case_id=case_id):
            return (RowState.REOPENED if again else RowState.FILED), case_id
        case FiledBefore(case_id=case_id):
            return RowState.FILED, case_id
        case NoScheme():
            return RowState.CLOSED, None
    return RowState.KNOWN, None


def _count(file: ImportFile, states: list[RowState]) -> None:
    counts = Counter(file.counts)
    counts[RowState.GOOD.value] -= len(states)
    counts.update(state.value for state in states)
    file.counts = dict(counts)


async def file_waiting(units: Units, seconds: float = RUN_SECONDS, time: Callable[[], float] = monotonic) -> None:
    """File what is confirmed, for some seconds; called by the clock. What fails together is filed row by row, and a row
    that fails alone is marked, so that a file always comes to its end."""
    until = time() + seconds
    while time() < until and await _safely(units, SOME):
        pass


async def _safely(units: Units, most: int) -> bool:
    """File some rows of the oldest file; whether there may be more to do."""
    try:
        return await _next(units, lambda unit, file: file_some(unit, file, most))
    except Exception as error:
        log.error("rows of an import could not be filed together: %s", where(error))
    if most > 1:
        for _ in range(most):
            if not await _safely(units, 1):
                return False
        return True
    return await _next(units, _give_up_one)


async def _next(units: Units, do: Callable[[Unit, ImportFile], Awaitable[object]]) -> bool:
    async with units.begin() as unit:
        query = select(ImportFile).where(ImportFile.state == FileState.CONFIRMED.value)
        file = await unit.db.scalar(query.order_by(ImportFile.decided_at).limit(1).with_for_update())
        if file is None:
            return False
        await do(unit, file)
        return True


async def _give_up_one(unit: Unit, file: ImportFile) -> None:
    query = (
        select(ImportRow)
        .where(ImportRow.file_id == file.id, ImportRow.state == RowState.GOOD.value, ImportRow.position > file.cursor)
        .order_by(ImportRow.position)
        .limit(1)
    )
    row = await unit.db.scalar(query)
    if row is not None:
        row.state, file.cursor = RowState.FAULT.value, row.position
        # What was typed is not kept of a good row: what was understood is handed out instead.
        row.content = {**row.content, "reasons": [["", "import.wrong.fault_row", {}]]}
        _count(file, [RowState.FAULT])
