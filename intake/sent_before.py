"""Applications that came before under the same key: they are never filed twice, however late they come again."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import Case, Submission
from intake.outcomes import FiledBefore

_SENT = (
    select(Submission.key, Case.id, Case.number, Case.filed_at, Case.village)
    .outerjoin(Case, Case.submission_id == Submission.id)
    .where(Submission.key.in_(bindparam("keys", expanding=True)))
)


async def sent_before(connection: AsyncConnection, keys: Sequence[str]) -> dict[str, FiledBefore | None]:
    """Which of ``keys`` were sent before, each with the case that still holds what was sent; None where the case has
    been corrected since, or never came of it."""
    rows = await connection.execute(_SENT, {"keys": list(keys)})
    return {
        row.key: FiledBefore(row.id, row.number, row.filed_at, row.village) if row.id is not None else None
        for row in rows
    }
