"""The one door to a season that is not over (L10): whoever writes into it asks here, and holds it before any case, so
that nobody waits for another in a ring."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Scheme
from intake.moves import RefusedError
from intake.rules import Refusal

CLOSED = Refusal("L10", "refusal.L10.season_closed")


async def hold_season(db: AsyncSession, scheme_id: int, *, together: bool = False) -> Scheme:
    """The scheme read anew, its season held until the transaction ends: nobody closes it meanwhile, nor adds what is
    added one after the other; ``together`` lets others in who come together too.

    It is no lock of the scheme's row: who files an application holds that one, and their contact, to whom officials
    write; and who moves cases adds rows that refer to it.
    """
    if db.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        hold = func.pg_advisory_xact_lock_shared if together else func.pg_advisory_xact_lock
        await db.execute(select(hold(-scheme_id)))  # the number itself holds the season's cards
    query = select(Scheme).where(Scheme.id == scheme_id)
    return (await db.scalars(query.execution_options(populate_existing=True))).one()


async def is_closed(db: AsyncSession, scheme_id: int) -> bool:
    """Whether a season is closed, for whoever holds one of its cases in the pass that it is in: who closes it waits
    for that case."""
    query = select(Scheme.closed_at).where(Scheme.id == scheme_id)
    return (await db.execute(query)).scalar_one() is not None


async def open_season(db: AsyncSession, scheme_id: int, *, together: bool = False) -> Scheme:
    """The same of a season that is open.

    Raises:
        RefusedError: it is closed.
    """
    scheme = await hold_season(db, scheme_id, together=together)
    if scheme.closed_at is not None:
        raise RefusedError({0: CLOSED})
    return scheme
