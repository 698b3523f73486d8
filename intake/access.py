"""The one door to cases for officials: by role and by division, descendants included. No division, no rows (§7)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Case, Division, Notice, Staff
from intake.procedure import Role

PREFIX = {Role.VILLAGE: 12, Role.TOWNSHIP: 9, Role.COUNTY: 6, Role.CIVIL: 6, Role.INSPECTOR: 6}
"""How many digits the division code of each role has; a role that is not here reaches no cases."""


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
    """The case, notice or village does not exist for this official."""


def within(official: Official, column: Any) -> ColumnElement[bool]:
    """The SQL condition that keeps ``column`` (a village code) inside the official's division."""
    length = PREFIX.get(official.role)
    if length is None or official.division is None or len(official.division) != length:
        return false()
    return column.startswith(official.division, autoescape=True)  # type: ignore[no-any-return]


async def access_case(db: AsyncSession, official: Official, case_id: int) -> Case:
    """One case of the official's area.

    Raises:
        OutOfAreaError: no such case there; whether it exists elsewhere is not told.
    """
    case = await db.scalar(select(Case).where(Case.id == case_id, within(official, Case.village)))
    if case is None:
        raise OutOfAreaError
    return case


async def access_notice(db: AsyncSession, official: Official, notice_id: int) -> Notice:
    """One notice of the official's area.

    Raises:
        OutOfAreaError: no such notice there.
    """
    notice = await db.scalar(select(Notice).where(Notice.id == notice_id, within(official, Notice.village)))
    if notice is None:
        raise OutOfAreaError
    return notice


async def access_village(db: AsyncSession, official: Official, code: str) -> Division:
    """A village of the official's area.

    Raises:
        OutOfAreaError: no such village there.
    """
    found = await db.get(Division, code)
    if found is None or not official.covers(code):
        raise OutOfAreaError
    return found
