"""L6: two officials at the same instant do not share out between them what neither could alone."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from intake import decisions
from intake.decisions import Ruling, rule_on
from intake.moves import RefusedError
from intake.procedure import Pass, State
from store.clock import FixedClock
from store.database import Database
from tests.intake.booking import granted
from tests.intake.test_road import colleague
from tests.world import make_world


async def test_L6_two_auditors_at_once_do_not_share_out_by_village(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(database, clock)
    here = [await granted(world, 300_00, State.PROPOSED, persons_in_need=n) for n in (1, 2, 3)]
    place = {"village": world.other_village}
    there = [await granted(world, 400_00, State.PROPOSED, persons_in_need=n, **place) for n in (1, 2, 4)]
    second = replace(world.zhen, id=await colleague(world))
    real = decisions.shares_between

    async def slowly(*args: Any) -> Any:
        found = await real(*args)
        await asyncio.sleep(0.3)
        return found

    monkeypatch.setattr(decisions, "shares_between", slowly)

    async def audit(who: Any, cases: list[int]) -> None:
        async with world.units.begin() as unit:
            await rule_on(unit.db, unit.journal, who, unit.now, Pass.GRANT, dict.fromkeys(cases, Ruling(True)))

    done = await asyncio.gather(audit(world.zhen, here), audit(second, there), return_exceptions=True)
    (refused,) = [one for one in done if one is not None]
    assert isinstance(refused, RefusedError) and refused.only.key == "refusal.L6.equal_within_area"
