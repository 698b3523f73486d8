"""What golden talks arrange in the world: ``! code cun`` is a binding code for an official (its scene is ``bcun`` with
strokes behind it, 23 characters), ``! case 石门村 王建国 5`` a household that applied by somebody else's hand (the last
is its number: :func:`tests.world.resident_id`), ``! reviewed`` the village's yes to all, ``! disabled cun`` an official
who left, ``! discovery`` someone in need whom nobody has visited in time, ``! placed 石门村 33.9 111.7`` the coordinates
of a village of 潭头镇, or of the township, as an operator loads them. The road of cases: :mod:`tests.bot.stage_road`."""

from collections.abc import Awaitable, Callable

from sqlalchemy import select, update

from intake.access import Official
from intake.binding import make_code
from intake.county import save_divisions
from intake.models import Discovery, Division, Need, Staff
from intake.moves import Said, move_cases
from intake.procedure import Action, Pass
from service.world import load_world
from store.ids import new_id
from tests.bot.stage_road import ROAD
from tests.world import World, answers, days, file_case, make_contact, placed


async def code(world: World, username: str) -> None:
    """A binding code."""
    async with world.units.begin() as unit:
        staff = (await unit.db.scalars(select(Staff).where(Staff.username == username))).one()
        await make_code(unit, Official.of(staff), lambda _: username.ljust(22, "-"))


async def case(world: World, village: str, head: str, number: str) -> None:
    """An application."""
    async with world.database.read() as db:
        query = select(Division.code).where(Division.name == village, Division.code.startswith("410324103"))
        code = (await db.scalars(query)).one()
    given = answers(int(number), code, head=head)
    await file_case(world, await make_contact(world), **given)


async def reviewed(world: World) -> None:
    """The village's meeting."""
    async with world.units.begin() as unit:
        waiting = list(await unit.db.scalars(select(Need.case_id).where(Need.state == "applied")))
        words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
        await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, dict.fromkeys(waiting, words))


async def disabled(world: World, username: str) -> None:
    """Out of office."""
    async with world.database.write() as db:
        await db.execute(update(Staff).where(Staff.username == username).values(active=False))


async def discovery(world: World) -> None:
    """Found two days ago, due yesterday."""
    now, contact_id = world.clock.now(), await make_contact(world)
    async with world.database.write() as db:
        db.add(
            Discovery(
                id=new_id(now),
                village=world.village,
                contact_id=contact_id,
                person={"who": "李秀英", "phone": "", "teller": "", "teller_phone": ""},
                situations=["ill"],
                urgent=True,
                note="",
                state="new",
                found_at=now - days(2),
                due_at=now - days(1),
            )
        )


async def lies_at(world: World, name: str, latitude: str, longitude: str) -> None:
    """Coordinates that somebody found out."""
    async with world.units.begin() as unit:
        query = select(Division.code).where(Division.name == name, Division.code.startswith("410324103"))
        code = (await unit.db.scalars(query)).one()
        await save_divisions(unit.db, placed({code: (float(latitude), float(longitude))}))
    world.places = (await load_world(world.database, world.clock)).places


_ARRANGE: dict[str, Callable[..., Awaitable[None]]] = {
    "code": code,
    "case": case,
    "reviewed": reviewed,
    "disabled": disabled,
    "discovery": discovery,
    "placed": lies_at,
    **ROAD,
}


async def arrange(world: World, what: str, *about: str) -> None:
    """Do what a ``!`` line says."""
    await _ARRANGE[what](world, *about)
