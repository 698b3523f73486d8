"""Visits, people found in need and referrals for tests."""

from typing import Any

from sqlalchemy import select

from intake.access import Official
from intake.discoveries import tell_of_someone
from intake.models import Discovery, EventRow, Referral, Visit
from intake.referral_codes import SERVICES
from intake.visits import record_visit
from tests.world import World, make_contact

PHONE = "+8613800001234"
NOTE = "锅是空的，床上只有一条薄被"


def found(**changes: Any) -> dict[str, Any]:
    """The answers of a visit at which all was well, as the flow ``visit`` collects them."""
    return {
        "village": "410324103201",
        "name": "王建国",
        "day": "2022-11-01",
        "life": "ok",
        "housing": "safe",
        "water": "ok",
        "power": "ok",
        "heating": "ok",
        "groups": ["none"],
        "photos": [],
    } | changes


def told(**changes: Any) -> dict[str, Any]:
    """The answers of someone who tells of a neighbour, as the flow ``discover`` collects them."""
    return {
        "village": "410324103201",
        "who": "村东头的老赵",
        "phone": PHONE,
        "situations": ["no_food", "ill"],
        "urgent": "no",
        "seen": NOTE,
        "photos": [],
    } | changes


async def visit(world: World, official: Official | None = None, **changes: Any) -> Visit:
    """Take a visit down."""
    contact = await make_contact(world)
    async with world.units.begin() as unit:
        made = await record_visit(unit, contact, official, found(**changes))
    async with world.database.read() as db:
        return await db.get_one(Visit, made.id)


async def discovery(world: World, official: Official | None = None, **changes: Any) -> Discovery:
    """Tell of someone."""
    contact = await make_contact(world)
    async with world.units.begin() as unit:
        return await tell_of_someone(unit, contact, official, told(**changes))


async def referrals(world: World, source: str = "") -> list[Referral]:
    """The referrals of a source, or all, in the order of their services."""
    query = select(Referral).where(Referral.source == source) if source else select(Referral)
    async with world.database.read() as db:
        return sorted(await db.scalars(query), key=lambda one: SERVICES.index(one.service))


async def events(world: World, subject: str) -> list[str]:
    """What happened to a subject."""
    async with world.database.read() as db:
        return list(await db.scalars(select(EventRow.kind).where(EventRow.subject == subject).order_by(EventRow.seq)))
