"""L11: the request for funds has the numbers of the reported need, or it is refused."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from intake.access import Official
from intake.fund_requests import Asked, record_request
from intake.models import EventRow, FundRequest, Scheme
from intake.moves import RefusedError
from intake.procedure import Pass, Role
from intake.reads.fund_requests import requests, stands
from intake.reads.needs import Reported, needs
from intake.rules import Refusal
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import whole_pass
from tests.world import World, file_case, make_world

TODAY = date(2022, 11, 6)


def asked(households: int = 2, persons: int = 6, **changes: object) -> Asked:
    """A request."""
    return replace(Asked(households, persons, 1800_00, 200_00, "潭政〔2022〕31号", TODAY), **changes)  # type: ignore[arg-type]


async def ask(world: World, said: Asked, after: int = 0, by: Official | None = None) -> int:
    """Record it; its revision."""
    async with world.units.begin() as unit:
        return (await record_request(unit, by or world.zhen, said, after)).revision


async def why_not(world: World, said: Asked, after: int = 0, by: Official | None = None) -> Refusal:
    """Why it is refused."""
    with pytest.raises(RefusedError) as error:
        await ask(world, said, after, by)
    return error.value.only


async def needy(world: World, number: int, **changes: object) -> None:
    """Households whose need the county accepted."""
    for _ in range(number):
        await whole_pass(world, await file_case(world, **changes), Pass.NEED)


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    """Two households of three persons are needy."""
    made = await make_world(database, clock)
    await needy(made, 2)
    await file_case(made)  # applied, and not accepted yet
    return made


async def test_L11_a_request_equals_the_reported_need(world: World) -> None:
    assert await ask(world, asked()) == 1
    refused = await why_not(world, asked(3, 9), 1)
    assert (refused.rule, refused.key) == ("L11", "refusal.L11.request_differs")
    assert refused.params == {"asked_households": 3, "asked_persons": 9, "households": 2, "persons": 6}
    assert (await why_not(world, asked(2, 7), 1)).key == "refusal.L11.request_differs"
    async with world.database.read() as db:
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "fund.requested"))).one()
        assert await stands(db, world.zhen, world.scheme_id) is True
        assert await stands(db, world.xian, world.scheme_id) is None
        assert await stands(db, world.cun, world.scheme_id) is None
    assert (event.subject, event.data["division"]) == (f"scheme:{world.scheme_id}", world.zhen.division)
    assert (event.data["persons"], event.data["money_fen"], event.data["goods_fen"]) == (6, 1800_00, 200_00)


async def test_L11_a_need_that_changes_afterwards_is_noticed_and_asked_for_anew(world: World) -> None:
    await ask(world, asked())
    await needy(world, 1)
    async with world.database.read() as db:
        assert await stands(db, world.zhen, world.scheme_id) is False
    assert (await why_not(world, asked(), 1)).key == "refusal.L11.request_differs"
    assert await ask(world, asked(3, 9), 1) == 2
    async with world.database.read() as db:
        assert await stands(db, world.zhen, world.scheme_id) is True
        (mine,) = (await requests(db, world.zhen, world.scheme_id)).values()
        assert [one.revision for one in mine] == [2, 1]
        assert (await requests(db, world.xian, world.scheme_id)).keys() == {world.zhen.division}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"money_fen": 0, "goods_fen": 0}, "L11.request_no_money"),
        ({"money_fen": -1}, "L11.request_no_money"),
        ({"document": "  "}, "L11.request_no_document"),
        ({"document": "号" * 61}, "L11.request_no_document"),
        ({"requested_on": date(2023, 11, 1)}, "L11.request_in_future"),
    ],
)
async def test_L11_what_makes_no_request_is_refused(world: World, changes: dict[str, object], key: str) -> None:
    assert (await why_not(world, asked(**changes))).key == f"refusal.{key}"


async def test_L11_the_same_sent_twice_is_one_and_the_overtaken_is_told(world: World) -> None:
    assert await ask(world, asked()) == await ask(world, asked()) == 1
    assert (await why_not(world, asked(money_fen=9_00))).key == "refusal.L11.request_overtaken"
    other = await asyncio.gather(*(ask(world, asked(money_fen=fen), 1) for fen in (5_00, 6_00)), return_exceptions=True)
    assert sorted(map(str, other)) == ["2", "refusal.L11.request_overtaken"]
    async with world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(FundRequest)) == 2


async def test_L11_township_and_county_ask_and_nobody_else(world: World) -> None:
    assert await ask(world, asked(), by=world.xian) == 1
    assert (await why_not(world, asked(), by=world.cun)).key == "refusal.role"
    civil = Official(world.xian.id, "", Role.CIVIL, "410324")
    assert (await why_not(world, asked(), by=civil)).key == "refusal.role"
    far = Official(world.zhen.id, "", Role.TOWNSHIP, world.far_village[:9])
    assert (await why_not(world, asked(), by=far)).key == "refusal.L11.nobody_in_need"
    async with world.database.read() as db:
        assert set(await requests(db, world.zhen, world.scheme_id)) == {"410324"}


async def test_L10_nothing_is_asked_for_in_a_closed_season(world: World) -> None:
    async with world.database.write() as db:
        await db.execute(update(Scheme).values(closed_at=world.clock.now()))
    assert (await why_not(world, asked())).key == "refusal.L10.season_closed"


async def test_L11_the_need_is_counted_by_township_with_what_the_tiers_give(world: World) -> None:
    await needy(world, 1, household_size=8, persons_in_need=8)
    async with world.database.read() as db:
        (row,) = await needs(db, world.xian, world.scheme_id, world.content)
        assert await needs(db, replace(world.zhen, division="410324104"), world.scheme_id, world.content) == []
    assert row.code == world.village[:9]
    # Three persons 300 to 900 yuan each household; eight persons 800 yuan to the cap of 2,000.
    assert row.need == Reported(3, 14, 2 * 300_00 + 800_00, 2 * 900_00 + 2000_00, 0, 0)
    assert row.need + Reported(1, 1, 1, 1, 1, 1) == Reported(4, 15, 1400_01, 3800_01, 1, 1)


async def test_L11_the_database_takes_no_request_of_fewer_persons_than_households(world: World) -> None:
    for wrong in ({"households": 3, "persons": 2}, {"households": 0, "persons": 0}, {"money_fen": 0, "goods_fen": 0}):
        values = {
            "scheme_id": world.scheme_id,
            "division": "410324",
            "revision": 1,
            "households": 1,
            "persons": 1,
            "money_fen": 1,
            "goods_fen": 0,
            "document": "号",
            "requested_on": TODAY,
            "recorded_by": world.xian.id,
            "recorded_at": world.clock.now(),
            "scheme_version": 1,
        }
        with pytest.raises(IntegrityError):
            async with world.database.write() as db:
                db.add(FundRequest(**(values | wrong)))
