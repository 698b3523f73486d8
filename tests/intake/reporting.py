"""Reports for tests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from intake.media import Media
from intake.models import Report
from intake.receipts import index_of, normalised
from intake.reports import make_report
from tests.world import World

SAID = "村会计扣了 100 块手续费"


def said(**changes: Any) -> dict[str, Any]:
    """The answers of a made-up report, as the flow ``report`` collects them."""
    return {
        "confidential": True,
        "kind": "charged",
        "village": None,
        "level": "village",
        "persons": "石门村会计",
        "what": SAID,
        "photos": [],
        "named": "no",
    } | changes


async def send_report(
    world: World,
    key: str = "test:1",
    *,
    contact: int | None = None,
    division: str = "",
    media: Sequence[int] = (),
    photos: Sequence[Media] = (),
    **changes: Any,
) -> str:
    """Send a report; its receipt."""
    answers = said(village=division or world.village, **changes)
    async with world.units.begin() as unit:
        return await make_report(unit, key, contact, division or world.village, answers, media=media, photos=photos)


async def report_of(world: World, receipt: str) -> Report:
    """The row of a report."""
    spelled = normalised(receipt)
    assert spelled is not None
    async with world.database.read() as db:
        return (await db.scalars(select(Report).where(Report.receipt_index == index_of(spelled)))).one()
