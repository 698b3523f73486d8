"""Rules of the plan that no other file tests by name, each where it really acts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.allocation.household import Wish
from intake.allocation.plan import propose
from intake.allocation.score import USUAL, score
from intake.moves import RefusedError
from intake.procedure import Pass
from intake.rules import Refusal, notice_end_of
from intake.workdays import WORKING
from store.clock import FixedClock, china_date
from store.database import Database
from tests.intake.allocating import household
from tests.intake.test_road import YES, keys, post, review
from tests.world import content, file_case, make_world

SPECIAL = (
    "rebuilt_house",
    "special_care",
    "subsistence",
    "destitute",
    "near_subsistence",
    "illness",
    "schooling",
    "lifted_from_poverty",
    "poor_through_disaster",
    "orphan",
    "left_behind_elder",
    "left_behind_child",
    "disabled",
)
"""Those to whom the plan pays special attention, as form 1 has them; failed harvests are its disasters."""


@pytest.mark.parametrize("category", SPECIAL)
def test_L3_those_with_special_attention_come_before_an_ordinary_household(category: str) -> None:
    special, ordinary = household(1, 2, category), household(2, 2, "ordinary")
    assert score(special, USUAL).points > score(ordinary, USUAL).points
    # Money for one raise beside the least for all: it goes to the one with special attention, whoever came first.
    for listed in ([special, ordinary], [replace(ordinary, key=1, number="1"), replace(special, key=2, number="2")]):
        plan = propose(listed, content(), USUAL, Wish(600_00))
        raised = [one.household.categories for one in plan.proposals if one.tier != "ordinary"]
        assert raised == [(category,)]


def test_L3_a_failed_harvest_more_counts() -> None:
    once = household(1, 2, "ordinary")
    assert score(replace(once, disasters=("hail", "drought")), USUAL).points > score(once, USUAL).points


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"form": "nobody"}, "L7.no_form"),
        ({"present": 0}, "L7.nobody_present"),
        ({"minutes": "  "}, "L7.no_minutes"),
        ({"held_on": timedelta(days=1)}, "L7.meeting_in_future"),
    ],
)
async def test_L7_a_meeting_is_one_that_was_held_and_written_down(
    database: Database, clock: FixedClock, changes: dict[str, object], key: str
) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    if isinstance(later := changes.get("held_on"), timedelta):
        changes = {"held_on": china_date(clock.now()) + later}
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {case: YES}, **changes)
    assert keys(refused.value) == {key}


async def test_L7_a_meeting_is_about_somebody(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {})
    assert keys(refused.value) == {"L7.no_households"}


async def test_L8_a_notice_is_about_somebody(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    with pytest.raises(RefusedError) as refused:
        await post(world, Pass.NEED)
    assert keys(refused.value) == {"L8.nothing_to_post"}


def test_L8_days_that_nobody_knows_open_no_notice() -> None:
    refused = notice_end_of(content(notice_kind=WORKING), datetime(2999, 1, 1, tzinfo=UTC))
    assert isinstance(refused, Refusal)
    assert (refused.rule, refused.key) == ("L8", "refusal.L8.days_not_known")
