"""A payment list that somebody is about to change: of their area, in an open season, held against others."""

from intake.access import Official, access_list
from intake.models import PaymentList
from intake.open_season import open_season
from intake.unit import Unit


async def open_list(unit: Unit, official: Official, list_id: int) -> PaymentList:
    """The list, read anew and locked behind its season until the transaction ends.

    Raises:
        RefusedError: its season is closed.
        OutOfAreaError: no such list in the official's area.
    """
    found = await access_list(unit.db, official, list_id)
    await open_season(unit.db, found.scheme_id)
    return await access_list(unit.db, official, list_id, lock=True)
