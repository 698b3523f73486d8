"""The world as it is read from the database, with two counties in it."""

from datetime import date

from intake.county import save_divisions, save_scheme
from intake.places import Places
from intake.unit import Units
from locales import texts
from service.world import load_world
from store.clock import FixedClock
from store.database import Database
from tests.world import SHIMEN, content, days, make_world, placed, rows

LINTAN = "623021"
SPRING = {"opens_on": date(2022, 6, 1), "closes_on": date(2022, 10, 1)}


async def add_lintan(database: Database, clock: FixedClock) -> str:
    """A second county, whose scheme is newer; one of its villages."""
    scheme = content(affected={LINTAN: ("earthquake",)}, hotline="0941-3121234", contact_phone="0941-3120001")
    divisions = [row for row in rows() if row.code.startswith(LINTAN)]
    clock.forward(days(1))
    async with Units(database, clock).begin() as unit:
        await save_divisions(unit.db, divisions)
        await save_scheme(unit.db, unit.journal, unit.now, LINTAN, "2022-2023", scheme)
    return next(row.code for row in divisions if row.level == 5)


async def test_the_telephones_are_those_of_ones_own_county(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    village = await add_lintan(database, clock)
    world, today = await load_world(database, clock), clock.now().date()
    here, there, nowhere = (world.given(texts(), today, code) for code in (SHIMEN, village, None))
    assert (here.hotline, here.person, here.disasters) == ("66789599", "66789599", ("hail", "drought", "frost"))
    assert (there.hotline, there.person, there.disasters) == ("0941-3121234", "0941-3120001", ("earthquake",))
    assert (nowhere.hotline, nowhere.disasters) == ("0941-3121234", ("hail", "drought", "frost", "earthquake"))


async def test_a_county_that_closed_keeps_its_names_but_is_not_offered(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock, **SPRING)
    village = await add_lintan(database, clock)
    world = await load_world(database, clock)
    assert world.places.label(SHIMEN) == "潭头镇石门村"
    assert world.places.find("潭头石门") == ()
    assert world.places.village_of_scene(f"v{village}") == village
    given = world.given(texts(), clock.now().date(), SHIMEN)
    assert (given.hotline, given.is_open) == ("66789599", True)


async def test_when_all_are_closed_every_place_is_still_understood(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock, **SPRING)
    world = await load_world(database, clock)
    assert not world.given(texts(), clock.now().date()).is_open
    assert world.places.village_of_scene(f"v{SHIMEN}") == SHIMEN


async def test_an_open_season_counts_before_a_newer_one_that_has_not_begun(
    database: Database, clock: FixedClock
) -> None:
    await make_world(database, clock)
    clock.forward(days(1))
    later = content(opens_on=date(2023, 10, 1), closes_on=date(2024, 5, 30), hotline="12345")
    async with Units(database, clock).begin() as unit:
        await save_scheme(unit.db, unit.journal, unit.now, "410324", "2023-2024", later)
    world = await load_world(database, clock)
    assert (world.hotline, world.counties["410324"].hotline) == ("66789599", "66789599")


async def test_where_places_lie_is_known_from_the_next_look_on(database: Database, clock: FixedClock) -> None:
    await make_world(database, clock)
    assert (await load_world(database, clock)).places.near(33.9, 111.7) == ()
    async with Units(database, clock).begin() as unit:
        await save_divisions(unit.db, placed({SHIMEN: (33.9, 111.7)}))
    [village] = (await load_world(database, clock)).places.near(33.9, 111.7)
    assert (village.code, village.label) == (SHIMEN, "潭头镇石门村")


async def test_without_any_county_nothing_breaks(database: Database, clock: FixedClock) -> None:
    world = await load_world(database, clock)
    assert isinstance(world.places, Places) and world.hotline == ""
    assert not world.given(texts(), clock.now().date()).is_open
