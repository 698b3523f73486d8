"""X5: who may be passed without a vote, and who may not."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.models import Approval, Grant, Need, Vote
from intake.moves import RefusedError, Said, move_cases
from intake.procedure import Pass
from intake.reviews import Verdict
from intake.rules import may_go_simplified
from store.clock import FixedClock
from store.database import Database
from tests.intake.test_road import YES, review
from tests.intake.test_rules import facts, key
from tests.world import World, content, file_case, make_world

ALONE = Verdict(True, 0, 0, "特困供养，无异议", simplified=True)


@pytest.mark.parametrize(
    ("named", "categories", "refused"),
    [
        ((), ("destitute",), "X5.nobody"),
        (("destitute",), (), "X5.other_category"),
        (("destitute",), ("subsistence",), "X5.other_category"),
        (("destitute",), ("subsistence", "destitute"), None),
    ],
)
def test_X5_only_categories_of_the_scheme(named: Any, categories: Any, refused: str | None) -> None:
    asked = facts(scheme=content(simplified=named), categories=categories)
    assert key(may_go_simplified(asked)) == refused


async def _world(database: Database, clock: FixedClock) -> tuple[World, int, int]:
    world = await make_world(database, clock, simplified=("destitute",))
    return world, await file_case(world, categories=["destitute"]), await file_case(world, categories=["subsistence"])


async def test_X5_one_goes_without_a_vote_beside_one_that_was_voted_on(database: Database, clock: FixedClock) -> None:
    world, poor, other = await _world(database, clock)
    await review(world, Pass.NEED, {poor: ALONE, other: YES})
    async with database.read() as db:
        assert list(await db.scalars(select(Need.state))) == ["reviewed", "reviewed"]
        assert list(await db.scalars(select(Vote.case_id))) == [other]
        act = await db.scalar(select(Approval).where(Approval.case_id == poor))
    assert act is not None
    assert (act.action, act.decides, act.reason) == ("pass_simplified", True, ALONE.reason)


async def test_X5_another_category_is_refused_and_nothing_moves(database: Database, clock: FixedClock) -> None:
    world, poor, other = await _world(database, clock)
    with pytest.raises(RefusedError) as no:
        await review(world, Pass.NEED, {poor: ALONE, other: ALONE})
    assert {case: said.key for case, said in no.value.refusals.items()} == {other: "refusal.X5.other_category"}
    assert dict(no.value.refusals[other].params) == {"categories": ("destitute",)}
    async with database.read() as db:
        assert set(await db.scalars(select(Need.state))) == {"applied"}


async def test_X5_a_reason_is_asked_for(database: Database, clock: FixedClock) -> None:
    world, poor, _ = await _world(database, clock)
    with pytest.raises(RefusedError) as no:
        await review(world, Pass.NEED, {poor: Verdict(True, 0, 0, " ", simplified=True)})
    assert no.value.only.key == "refusal.L8.no_reason"


async def test_X5_two_officials_at_once_pass_it_once(database: Database, clock: FixedClock) -> None:
    world, poor, _ = await _world(database, clock)
    said = {poor: Said(ALONE.action, reason=ALONE.reason)}

    async def go() -> None:
        async with world.units.begin() as unit:
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, said)

    outcomes = await asyncio.gather(go(), go(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "RefusedError"]
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Approval)) == 1


async def test_X5_the_amount_stays_within_bounds(database: Database, clock: FixedClock) -> None:
    world, poor, _ = await _world(database, clock)
    async with world.units.begin() as unit:
        need = await unit.db.get_one(Need, poor)
        need.state, need.accepted = "accepted", True
        await unit.db.flush()
        unit.db.add(Grant(case_id=poor, state="applied", changed_at=unit.now))
    much = Verdict(True, 0, 0, ALONE.reason, "heavier", 9000_00, simplified=True)
    with pytest.raises(RefusedError) as no:
        await review(world, Pass.GRANT, {poor: much})
    assert no.value.only.rule in {"L4", "L5"}
    async with database.read() as db:
        kept = (await db.get_one(Grant, poor)).amount_fen
    assert kept is None
