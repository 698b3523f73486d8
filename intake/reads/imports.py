"""The imported files of an official's area, and the rows of one."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake import id_number
from intake.access import Official, within
from intake.imports.access import access_file, is_own
from intake.imports.kinds import FileState, Kind, RowState
from intake.models import Case, Household, ImportFile, ImportRow, Staff
from intake.reads.lists import PER_PAGE, paged

REFUSED = (RowState.REFUSED, RowState.CLOSED, RowState.FAULT)
"""Rows that are not in, and can be sent again."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A file with its counts by state. ``own``: the official may decide on it; ``by`` read it, ``decided_by`` confirmed
    or dropped it."""

    id: int
    name: str
    kind: Kind
    state: FileState
    counts: dict[str, int]
    by: str
    at: datetime
    decided_by: str
    decided_at: datetime | None
    own: bool
    remarks: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of its rows."""
        return sum(self.count(state) for state in RowState)

    @property
    def refused(self) -> int:
        """Rows that are not in."""
        return sum(self.count(state) for state in REFUSED)

    @property
    def filed(self) -> int:
        """Rows that are cases now."""
        return self.count(RowState.FILED) + self.count(RowState.REOPENED)

    @property
    def to_file(self) -> tuple[int, int]:
        """How many of the rows that were good are through, and how many there are."""
        through = sum(self.counts.get(state.value, 0) for state in (RowState.FILED, RowState.REOPENED))
        return through, through + self.count(RowState.GOOD)

    def count(self, state: RowState) -> int:
        """Rows in one state."""
        return self.counts.get(state.value, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it, the ID number masked. ``reasons`` are column, catalog key, fields; ``case`` is id and
    number, None where there is none in the official's area; ``village`` is a code, empty where nobody knows."""

    sheet: str
    row: int
    state: RowState
    head: str
    id_masked: str
    reasons: Sequence[tuple[str, str, dict[str, Any]]]
    case: tuple[int, str] | None
    village: str = ""
    group: str = ""


_Reader, _Decider = aliased(Staff), aliased(Staff)


def _files(official: Official) -> Any:
    return (
        select(ImportFile, _Reader.name, _Decider.name)
        .join(_Reader, _Reader.id == ImportFile.read_by)
        .outerjoin(_Decider, _Decider.id == ImportFile.decided_by)
        .where(within(official, ImportFile.division))
    )


def _listed(official: Official, row: Any) -> Listed:
    file, by, decided = row
    return Listed(
        file.id,
        file.name,
        Kind(file.kind),
        FileState(file.state),
        dict(file.counts),
        by,
        file.read_at,
        decided or "",
        file.decided_at,
        is_own(official, file),
        dict(file.remarks),
    )


async def import_files(db: AsyncSession, official: Official, page: int) -> tuple[list[Listed], int]:
    """One page of the files of the official's area, the newest first, and how many there are."""
    rows, total = await paged(db, _files(official).order_by(ImportFile.read_at.desc(), ImportFile.id.desc()), page)
    return [_listed(official, row) for row in rows], total


async def import_file(db: AsyncSession, official: Official, file_id: int) -> Listed:
    """One file.

    Raises:
        OutOfAreaError: no such file there.
    """
    await access_file(db, official, file_id)
    return _listed(official, (await db.execute(_files(official).where(ImportFile.id == file_id))).one())


async def import_lines(db: AsyncSession, official: Official, file_id: int, state: RowState, page: int) -> list[Line]:
    """One page of the rows of a file in one state, in the order of the file.

    Raises:
        OutOfAreaError: no such file there.
    """
    await access_file(db, official, file_id)
    is_it = (ImportRow.file_id == file_id) & (ImportRow.state == state.value)
    query = select(ImportRow).where(is_it).order_by(ImportRow.position)
    rows = list(await db.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
    numbers = await _numbers(db, official, [row.case_id for row in rows if row.case_id])
    return [_line(row, numbers) for row in rows]


async def _numbers(db: AsyncSession, official: Official, ids: Collection[int]) -> dict[int, str]:
    query = select(Case.id, Case.number).where(Case.id.in_(ids), within(official, Case.village))
    return {row.id: row.number for row in await db.execute(query)} if ids else {}


def _line(row: ImportRow, numbers: dict[int, str]) -> Line:
    content = row.content
    number = (content.get("answers") or {}).get("id_number") or ""
    found = numbers.get(row.case_id or 0)
    return Line(
        content["sheet"],
        content["row"],
        RowState(row.state),
        content["head"],
        id_number.mask(number) if number else "",
        [(column, key, params) for column, key, params in _reasons(RowState(row.state), content)],
        (row.case_id, found) if row.case_id and found else None,
        row.village,
        (content.get("answers") or {}).get("group") or "",
    )


def _reasons(state: RowState, content: dict[str, Any]) -> list[Any]:
    return [["", "import.wrong.closed", {}]] if state is RowState.CLOSED else list(content.get("reasons", ()))


async def contents(
    db: AsyncSession, official: Official, file_id: int, states: Collection[RowState]
) -> AsyncIterator[dict[str, Any]]:
    """What the rows of a file in these states hold, open, in the order of the file.

    Raises:
        OutOfAreaError: no such file there.
    """
    await access_file(db, official, file_id)
    last = 0
    among = [state.value for state in states]
    while True:
        query = select(ImportRow.position, ImportRow.state, ImportRow.content).where(
            ImportRow.file_id == file_id, ImportRow.state.in_(among), ImportRow.position > last
        )
        rows = (await db.execute(query.order_by(ImportRow.position).limit(_AT_ONCE))).all()
        for row in rows:
            yield {**row.content, "reasons": _reasons(RowState(row.state), row.content)}
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].position


def _not_yet(file: ImportFile | Listed, scheme_id: int) -> Any:
    """Rows of a last year's list whose household has not applied this season; without an ID number nobody can tell."""
    case = (
        select(Case.id)
        .join(Household, Household.id == Case.household_id)
        .where(Household.id_index == ImportRow.id_index, Case.scheme_id == scheme_id)
        .exists()
    )
    return (ImportRow.file_id == file.id) & (ImportRow.state == RowState.GOOD.value) & ~case


async def not_yet(db: AsyncSession, official: Official, file_id: int, page: int) -> tuple[list[Line], int]:
    """One page of the households of a last year's list that have not applied this season, and how many they are.

    Raises:
        OutOfAreaError: no such file there.
    """
    file = await access_file(db, official, file_id)
    kept = _not_yet(file, file.scheme_id)
    count = await db.scalar(select(func.count()).select_from(ImportRow).where(kept)) or 0
    query = select(ImportRow).where(kept).order_by(ImportRow.position)
    rows = await db.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return [_line(row, {}) for row in rows], count


async def not_yet_contents(db: AsyncSession, official: Official, file_id: int) -> list[dict[str, Any]]:
    """What all of them hold, open.

    Raises:
        OutOfAreaError: no such file there.
    """
    file = await access_file(db, official, file_id)
    query = select(ImportRow.content).where(_not_yet(file, file.scheme_id)).order_by(ImportRow.position)
    return list(await db.scalars(query))
