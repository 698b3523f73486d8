"""The door to imported files: those of an official's own area and of the areas inside it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, within
from intake.imports.kinds import IMPORTERS
from intake.models import ImportFile


async def access_file(db: AsyncSession, official: Official, file_id: int, *, lock: bool = False) -> ImportFile:
    """A file of the official's area; with ``lock`` nobody else decides on it until the transaction ends.

    Raises:
        OutOfAreaError: no such file there.
    """
    query = select(ImportFile).where(ImportFile.id == file_id, within(official, ImportFile.division))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await db.scalar(query)
    if found is None or official.role not in IMPORTERS:
        raise OutOfAreaError
    return found


def is_own(official: Official, file: ImportFile) -> bool:
    """Whether the official may decide on a file: whoever works in the same place, nobody above."""
    return file.division == official.division
