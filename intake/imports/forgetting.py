"""What imports forget: rows whose time is over. The file's counts stay, so that the same file is known again."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from intake.imports.kinds import PREVIEW_KEPT, ROWS_KEPT, FileState
from intake.models import ImportFile, ImportRow
from store.database import Database


async def forget_imports(database: Database, now: datetime) -> None:
    """Drop previews that nobody confirmed, and delete rows of what was dropped or done long ago; called by the
    clock."""
    async with database.connect() as connection:
        waits = (ImportFile.state == FileState.PREVIEW.value) & (ImportFile.read_at < now - PREVIEW_KEPT)
        dropped = update(ImportFile).where(waits).values(state=FileState.DROPPED.value, decided_at=ImportFile.read_at)
        await connection.execute(dropped)
        over = or_(
            (ImportFile.state == FileState.DROPPED.value) & (ImportFile.decided_at < now - PREVIEW_KEPT),
            (ImportFile.state == FileState.DONE.value) & (ImportFile.done_at < now - ROWS_KEPT),
        )
        old = select(ImportFile.id).where(over)
        await connection.execute(delete(ImportRow).where(ImportRow.file_id.in_(old)))
