"""The one door for officials to what lies in villages: by role and by division, descendants included. No division, no
rows."""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import (
    Batch,
    Case,
    Discovery,
    Division,
    ImportFile,
    Notice,
    PaymentList,
    Referral,
    Review,
    Staff,
    Visit,
)
from intake.procedure import Role

Row = TypeVar("Row", Case, Notice, Visit, Discovery, Referral, Review, PaymentList, Batch, ImportFile)
"""What lies in a village, or is a village's, a township's or the county's own."""

PREFIX = {Role.VILLAGE: 12, Role.TOWNSHIP: 9, Role.COUNTY: 6, Role.CIVIL: 6, Role.INSPECTOR: 6}
"""How many digits the division code of each role has; a role that is not here reaches no cases."""
_LONGEST = PREFIX[Role.VILLAGE]


@dataclass(frozen=True, slots=True)
class Official:
    """The acting staff member, as every door takes them."""

    id: int
    name: str
    role: Role
    division: str | None

    @classmethod
    def of(cls, staff: Staff) -> "Official":
        """The official that a staff row stands for."""
        return cls(staff.id, staff.name, Role(staff.role), staff.division)

    @property
    def actor(self) -> str:
        """How the event chain names them."""
        return f"staff:{self.id}"

    def covers(self, village: str) -> bool:
        """Whether a village lies in their division."""
        length = PREFIX.get(self.role)
        return (
            length is not None
            and self.division is not None
            and len(self.division) == length
            and (village.startswith(self.division))
        )


class OutOfAreaError(PermissionError):
    """It does not exist for this official."""


def within(official: Official, column: Any) -> ColumnElement[bool]:
    """The SQL condition that keeps ``column`` (a village code) inside the official's division: a range, which an index
    can serve on both databases, whatever the collation; codes are digits alone."""
    length = PREFIX.get(official.role)
    if length is None or official.division is None or len(official.division) != length:
        return false()
    return column.between(official.division, official.division.ljust(_LONGEST, "9"))  # type: ignore[no-any-return]


async def access_one(db: AsyncSession, official: Official, table: type[Row], row_id: int, *, lock: bool = False) -> Row:
    """One row of the official's area; with ``lock`` it is read anew, and nobody else changes it until the transaction
    ends.

    Raises:
        OutOfAreaError: no such row there; whether it exists elsewhere is not told.
    """
    place = table.division if issubclass(table, PaymentList | Batch | ImportFile) else table.village
    query = select(table).where(table.id == row_id, within(official, place))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await db.scalar(query)
    if found is None:
        raise OutOfAreaError
    return found


async def access_list(db: AsyncSession, official: Official, list_id: int, *, lock: bool = False) -> PaymentList:
    """A payment list of the official's area: see :func:`access_one`."""
    return await access_one(db, official, PaymentList, list_id, lock=lock)


async def access_batch(db: AsyncSession, official: Official, batch_id: int) -> Batch:
    """A register or batch of the official's area: see :func:`access_one`."""
    return await access_one(db, official, Batch, batch_id)


async def access_meeting(db: AsyncSession, official: Official, review_id: int, *, lock: bool = False) -> Review:
    """A review meeting of the official's area, which its photos belong to: see :func:`access_one`."""
    return await access_one(db, official, Review, review_id, lock=lock)


async def access_village(db: AsyncSession, official: Official, code: str) -> Division:
    """A village of the official's area.

    Raises:
        OutOfAreaError: no such village there.
    """
    if len(code) != _LONGEST:
        raise OutOfAreaError
    return await access_division(db, official, code)


async def access_division(db: AsyncSession, official: Official, code: str) -> Division:
    """A division of the official's area: their own, or one beneath it.

    Raises:
        OutOfAreaError: no such division there.
    """
    found = await db.get(Division, code)
    if found is None or not official.covers(code):
        raise OutOfAreaError
    return found
