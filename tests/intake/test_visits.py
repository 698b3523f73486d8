"""Welfare visits: taken down, joined to their case, what is wrong passed on at once (X6)."""

import pytest
from sqlalchemy import select

from intake.access import OutOfAreaError, access_one
from intake.attachments import upload
from intake.media import PHOTO, Media
from intake.models import EventRow, Visit
from intake.reads.attached import attached
from intake.reads.visits import find_visits, visit_page, visited
from intake.visit_codes import FINDINGS, HELP, URGENT, is_urgent, problems
from intake.visits import record_visit
from store.clock import FixedClock
from store.database import Database
from tests.intake.hardship import NOTE, PHONE, events, found, referrals, visit
from tests.world import World, days, file_case, make_contact, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


async def test_a_visit_at_which_all_is_well_asks_for_nothing(world: World) -> None:
    made = await visit(world, world.cun, groups=["left_behind_elder", "disabled"])
    assert (made.staff_id, made.case_id, made.visited_on.isoformat()) == (world.cun.id, None, "2022-11-01")
    assert made.person == {"name": "王建国", "phone": "", "groups": ["left_behind_elder", "disabled"]}
    assert made.findings == {field: codes[0] for field, codes in FINDINGS.items()}
    assert await referrals(world) == []
    assert await events(world, f"visit:{made.id}") == ["visit.recorded"]


async def test_X6_what_cannot_wait_is_due_in_a_day_and_the_rest_in_five(world: World) -> None:
    damaged = await visit(world, housing="damaged", help=["housing", "medical"])
    danger = await visit(world, housing="dangerous", help=["housing"])
    now = world.clock.now()
    first = await referrals(world, f"visit:{damaged.id}")
    assert {(one.service, one.due_at - now) for one in first} == {("housing", days(5)), ("medical", days(5))}
    (urgent,) = await referrals(world, f"visit:{danger.id}")
    assert (urgent.service, urgent.state, urgent.due_at - now) == ("housing", "open", days(1))


@pytest.mark.parametrize("wanted", [["winter"], ["none"], []])
async def test_winter_relief_and_what_was_mended_on_the_spot_are_no_referrals(world: World, wanted: list[str]) -> None:
    await visit(world, life="short", help=wanted)
    assert await referrals(world) == []


def test_X6_only_what_is_wrong_counts_and_some_of_it_is_urgent() -> None:
    assert problems(found()) == () and not is_urgent(found())
    for field, codes in FINDINGS.items():
        for code in codes:
            answers = found(**{field: code})
            assert problems(answers) == ((field,) if code != codes[0] else ())
            assert is_urgent(answers) is (code in URGENT.get(field, ()))
    assert "winter" in HELP


async def test_the_case_is_the_only_one_of_that_head_in_that_village(world: World) -> None:
    case = await file_case(world, head="李秀英")
    await file_case(world, head="赵铁柱")
    await file_case(world, head="赵铁柱")
    assert (await visit(world, name="李秀英")).case_id == case
    assert (await visit(world, name="赵铁柱")).case_id is None
    assert (await visit(world, name="李秀英", village=world.other_village)).case_id is None


async def test_the_photos_of_a_visit_are_its_visitors_own(world: World) -> None:
    mine, other = await make_contact(world), await make_contact(world)
    async with world.database.connect() as connection:
        now = world.clock.now()
        ids = [
            await upload(connection, contact, PHOTO, Media("image/jpeg", bytes([contact % 251]) * 9), now)
            for contact in (mine, other)
        ]
    async with world.units.begin() as unit:
        made = await record_visit(unit, mine, None, found(), ids)
    async with world.database.read() as db:
        assert [file.id for file in await attached(db, f"visit:{made.id}")] == ids[:1]


async def test_a_visit_is_seen_in_its_area_alone_and_masked(world: World) -> None:
    made = await visit(world, phone=PHONE, note=NOTE, water="none", help=["water"])
    await visit(world, world.cun, village=world.far_village)
    async with world.database.read() as db:
        rows, total = await find_visits(db, world.zhen)
        assert (total, [(row.id, row.visitor, row.problems, row.urgent) for row in rows]) == (
            1,
            [(made.id, "", ("water",), True)],
        )
        assert (await find_visits(db, world.xian))[1] == 2
        assert (await find_visits(db, world.xian, village=world.far_village))[0][0].visitor == "cun"
        page = await visit_page(db, world.cun, made.id)
        assert (page.name_masked, page.phone_masked, page.noted) == ("王**", "138****1234", True)
        assert [(service, state) for _, service, state in page.referrals] == [("water", "open")]
        opened = await visited(db, world.cun, made.id)
        assert (opened.name, opened.phone, opened.note) == ("王建国", "138 0000 1234", NOTE)
        far = (await find_visits(db, world.xian, village=world.far_village))[0][0]
        with pytest.raises(OutOfAreaError):
            await access_one(db, world.zhen, Visit, far.id)


async def test_events_of_a_visit_say_nothing_personal(world: World) -> None:
    await visit(world, phone=PHONE, note=NOTE, life="urgent", help=["temporary"])
    async with world.database.read() as db:
        rows = await db.scalars(select(EventRow))
        shown = " ".join(f"{row.kind} {row.subject} {row.data}" for row in rows)
    assert "visit.recorded" in shown and "referral.opened" in shown
    assert not [word for word in ("王建国", "1380000", "锅") if word in shown]
