"""The door to imported files: those of an official's own area and of the areas inside it."""

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, access_one
from intake.imports.kinds import IMPORTERS
from intake.models import ImportFile


async def access_file(db: AsyncSession, official: Official, file_id: int, *, lock: bool = False) -> ImportFile:
    """A file of the official's area; with ``lock`` nobody else decides on it until the transaction ends.

    Raises:
        OutOfAreaError: no such file there.
    """
    if official.role not in IMPORTERS:
        raise OutOfAreaError
    return await access_one(db, official, ImportFile, file_id, lock=lock)


def is_own(official: Official, file: ImportFile) -> bool:
    """Whether the official may decide on a file: whoever works in the same place, nobody above."""
    return file.division == official.division
