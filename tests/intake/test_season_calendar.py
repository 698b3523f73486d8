"""The calendar of the season (L11): what is due, soon, overdue, from the counts of cases; and who is reminded of it."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from intake.models import Contact, EventRow, Scheme, Staff
from intake.procedure import Pass, State
from intake.reads.season_counts import season_counts
from intake.scheme.parts import Dates
from intake.season_calendar import WAITS, Due, Standing, Step, added, agenda, missing, urgent, usual
from intake.season_reminders import remind_officials
from notifications.listener import Notifier
from notifications.models import Message
from notifications.render import render
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import Orders
from tests.world import World, content, days, file_case, make_contact, make_world

SEASON = "2022-2023"
COUNTS = st.dictionaries(st.tuples(st.sampled_from(Pass), st.sampled_from(State)), st.integers(0, 50))


def due(step: Step, today: date, counts: dict[tuple[Pass, State], int], **changes: object) -> Due:
    """One step on a day."""
    return next(one for one in agenda(SEASON, content(**changes), today, counts) if one.step is step)


def test_L11_the_days_of_the_plan() -> None:
    found = {one.step: (one.opens_on, one.last_day) for one in agenda(SEASON, content(), date(2022, 10, 1), {})}
    assert found == {
        Step.SURVEY: (None, date(2022, 10, 10)),
        Step.REQUEST: (None, date(2022, 10, 26)),
        Step.PAY: (None, date(2023, 1, 21)),
        Step.SUPERVISION: (date(2023, 1, 23), date(2023, 5, 30)),
        Step.ARCHIVE: (None, date(2023, 4, 15)),
        Step.STATISTICS: (None, date(2023, 6, 5)),
    }
    own = Dates(survey_by=date(2022, 10, 5))
    assert due(Step.SURVEY, date(2022, 10, 1), {}, dates=own).last_day == date(2022, 10, 5)
    with pytest.raises(ValueError, match="season"):
        usual("2022")


APPLIED, GRANTED = {(Pass.NEED, State.APPLIED): 3}, {(Pass.GRANT, State.ACCEPTED): 2}


@pytest.mark.parametrize(
    ("step", "today", "counts", "standing", "left"),
    [
        (Step.SURVEY, "2022-09-01", APPLIED, Standing.LATER, 3),
        (Step.SURVEY, "2022-10-01", APPLIED, Standing.SOON, 3),
        (Step.SURVEY, "2022-10-10", APPLIED, Standing.NOW, 3),
        (Step.SURVEY, "2022-10-11", APPLIED, Standing.OVERDUE, 3),
        (Step.SURVEY, "2022-10-11", GRANTED, Standing.PAST, 0),
        (Step.PAY, "2023-01-22", GRANTED, Standing.OVERDUE, 2),
        (Step.PAY, "2023-01-22", {(Pass.GRANT, State.PAID): 9}, Standing.DONE, 0),
        (Step.PAY, "2023-01-22", {}, Standing.PAST, 0),
        (Step.SUPERVISION, "2023-02-01", GRANTED, Standing.NOW, 0),
        (Step.SUPERVISION, "2023-06-01", GRANTED, Standing.PAST, 0),
    ],
)
def test_L11_how_a_step_stands(
    step: Step, today: str, counts: dict[tuple[Pass, State], int], standing: Standing, left: int
) -> None:
    found = due(step, date.fromisoformat(today), counts)
    assert (found.standing, found.missing) == (standing, left)


@pytest.mark.parametrize(("done", "standing"), [(frozenset({Step.REQUEST}), "done"), (frozenset(), "overdue")])
def test_L11_a_request_that_was_recorded_and_still_equals_the_need_is_done(
    done: frozenset[Step], standing: str
) -> None:
    found = agenda(SEASON, content(), date(2022, 11, 1), APPLIED, done)
    assert {one.step: one.standing for one in found}[Step.REQUEST] == standing
    assert (Step.REQUEST in {one.step for one in urgent(found)}) is (not done)


@given(st.dates(date(2022, 8, 1), date(2023, 8, 1)), COUNTS)
def test_nothing_is_overdue_before_its_day_or_without_households(
    today: date, counts: dict[tuple[Pass, State], int]
) -> None:
    for one in agenda(SEASON, content(), today, counts):
        assert one.missing == missing(one.step, counts) <= sum(counts.values())
        assert (one.standing is Standing.OVERDUE) == (one.days_left < 0 and one.missing > 0 and one.step in WAITS)


@given(st.lists(COUNTS, max_size=4))
def test_a_township_misses_what_its_villages_miss(parts: list[dict[tuple[Pass, State], int]]) -> None:
    for step in Step:
        assert missing(step, added(list(parts))) == sum(missing(step, part) for part in parts)


def test_every_state_of_the_road_is_counted_by_the_payment() -> None:
    over = {State.REFUSED, State.CUT, State.FINAL, State.WITHDRAWN, State.PAID}
    for pass_, state in product(Pass, State):
        counted = missing(Step.PAY, {(pass_, state): 1})
        assert counted == (state not in over and (pass_, state) != (Pass.NEED, State.ACCEPTED))


def test_of_what_is_far_away_or_complete_nobody_is_reminded() -> None:
    assert urgent(agenda(SEASON, content(), date(2022, 9, 1), APPLIED)) == []
    assert urgent(agenda(SEASON, content(), date(2022, 10, 5), {})) == []


async def bind(world: World, staff_id: int) -> int:
    """A chat account of an official."""
    contact_id = await make_contact(world)
    async with world.database.write() as db:
        await db.execute(update(Contact).where(Contact.id == contact_id).values(staff_id=staff_id))
    return contact_id


async def test_officials_are_reminded_once_a_day_by_day_of_what_is_theirs(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock, [Notifier(Orders()).listen])
    await file_case(world)
    await bind(world, world.cun.id)
    last = await bind(world, world.cun.id)
    muted = await bind(world, world.zhen.id)
    async with database.write() as db:
        await db.execute(update(Contact).where(Contact.id == muted).values(muted=True))
    clock.forward(timedelta(hours=10))
    assert await remind_officials(world.units) == 0
    clock.forward(timedelta(hours=11))
    assert [await remind_officials(world.units) for _ in range(2)] == [1, 0]
    async with database.read() as db:
        messages = list(await db.scalars(select(Message).where(Message.kind == "calendar.reminded")))
        events = list(await db.scalars(select(EventRow.subject).where(EventRow.kind == "calendar.reminded")))
    assert events == [f"staff:{world.cun.id}"] and [one.contact_id for one in messages] == [last]
    said = render("zh_Hans_CN", messages[0].template, messages[0].params)
    assert "“摸底和需求统计”最晚是 2022年10月10日" in said and "还有 1 户" in said
    clock.forward(days(1))
    assert await remind_officials(world.units) == 1
    clock.forward(days(300))
    assert await remind_officials(world.units) == 0


async def test_an_official_who_left_is_not_reminded(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await file_case(world)
    await bind(world, world.cun.id)
    async with database.write() as db:
        await db.execute(update(Staff).where(Staff.id == world.cun.id).values(active=False))
    assert await remind_officials(world.units) == 0


async def test_L10_nobody_is_reminded_of_what_a_closed_season_does_not_allow(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    await file_case(world)
    await bind(world, world.cun.id)
    async with database.write() as db:
        await db.execute(update(Scheme).values(closed_at=clock.now()))
    assert await remind_officials(world.units) == 0
    await bind(world, world.xian.id)
    clock.forward(days(165))
    assert await remind_officials(world.units) == 1
    async with database.read() as db:
        (event,) = await db.scalars(select(EventRow).where(EventRow.kind == "calendar.reminded"))
    assert event.data == {"step": "archive", "steps": 1}


async def test_counts_are_of_the_own_area(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await file_case(world)
    await file_case(world, village=world.far_village)
    async with database.read() as db:
        for official, codes in (
            (world.cun, [world.village]),
            (world.zhen, [world.village]),
            (world.xian, [world.village, world.far_village]),
        ):
            found = await season_counts(db, official, world.scheme_id)
            assert [one.code for one in found] == codes
            assert all(one.counts == {(Pass.NEED, State.APPLIED): 1} for one in found)
