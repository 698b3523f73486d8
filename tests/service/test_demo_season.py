"""``nuandong demo --households N``: a whole county of made-up people that keeps every rule of the real one."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.card_numbers import luhn_holds
from intake.county import save_divisions, save_scheme
from intake.decisions import Ruling, rule_on
from intake.events import verify
from intake.id_number import parse
from intake.models import (
    Approval,
    Batch,
    Case,
    Grant,
    Household,
    Need,
    Notice,
    Objection,
    Payment,
    PaymentLine,
    PaymentList,
    Scheme,
    Staff,
    Vote,
)
from intake.notices import close_due
from intake.payments.verifying import known_lines, verify_list
from intake.posted_lines import posted_lines
from intake.procedure import Pass, Role, State
from intake.unit import Units
from service import demo_people
from service.cli import parser
from service.demo_county import COUNTY, HOME_VILLAGE, SCHEME, SEASON, pilot_divisions
from service.demo_season import County
from service.demo_story import NOW, STARTS
from store.clock import FixedClock, china_date
from store.database import Database

HOUSEHOLDS = 1100

ROAD = set(State) - {State.INCOMPLETE, State.ASKED_VILLAGE, State.ASKED_TOWNSHIP, State.APPEALED, State.FINAL}
"""Where made-up households stand: on the way itself; nobody is asked for papers, nobody appeals."""


@pytest.fixture
async def county(database: Database) -> int:
    """A county with so many households; its scheme."""
    async with Units(database, FixedClock(STARTS)).begin() as unit:
        await save_divisions(unit.db, pilot_divisions())
        scheme = await save_scheme(unit.db, unit.journal, unit.now, COUNTY, SEASON, SCHEME)
    made = await County(database, scheme.id).fill(HOUSEHOLDS)
    assert (made.households, made.persons) == (HOUSEHOLDS, 3 * HOUSEHOLDS)
    return scheme.id


async def counted(db: AsyncSession, column: Any) -> dict[Any, int]:
    """How many rows have each value."""
    return {row[0]: row[1] for row in await db.execute(select(column, func.count()).group_by(column))}


async def test_a_whole_county_keeps_every_rule(database: Database, county: int) -> None:
    async with database.read() as db:
        assert isinstance(await verify(await db.connection()), int)
        needs, grants = await counted(db, Need.state), await counted(db, Grant.state)
        assert set(needs) == {state.value for state in ROAD} - {"paid"}
        assert set(grants) == {state.value for state in ROAD}
        assert needs["accepted"] == sum(grants.values())
        assert await db.scalar(select(func.count(func.distinct(Case.village)))) == 214
        assert (await db.get_one(Scheme, county)).last_number == HOUSEHOLDS
        twice = select(Approval.case_id).where(Approval.decides)
        people = twice.group_by(Approval.case_id, Approval.pass_, Approval.revision, Approval.staff_id)
        assert (await db.scalars(people.having(func.count() > 1))).all() == []
        assert await db.scalar(select(func.count()).select_from(Vote)) > HOUSEHOLDS
        notices = list(await db.scalars(select(Notice)))
        lines = await posted_lines(db, notices)
        assert all(len(lines[notice.id]) == len(notice.lines) > 0 for notice in notices)
        assert set(await counted(db, Objection.upheld)) == {None, True, False}
        for household in await db.scalars(select(Household)):
            assert parse(household.id_number, china_date(NOW)).number18 == household.id_number
            assert household.phone.startswith("+86138000")
        for payment, amount in await db.execute(select(Payment, Grant.amount_fen).join(Grant)):
            assert payment.amount_fen == amount
            assert luhn_holds(payment.bank_card)


async def test_every_payment_list_of_the_county_is_sound(database: Database, county: int) -> None:
    async with database.read() as db:
        made = list(await db.scalars(select(PaymentList).where(PaymentList.scheme_id == county)))
        assert {one.state for one in made} == {"made", "closed"}
        for one in made:
            assert one.made_at < NOW
            await verify_list(db, one, await known_lines(db, one.id))
        paid = await db.scalar(select(func.count()).select_from(Payment))
        lines = await counted(db, PaymentLine.outcome)
        assert lines["paid"] == paid > 0 and lines["waiting"] > 0


async def test_a_county_that_has_batches_already_goes_on_counting(database: Database) -> None:
    async with Units(database, FixedClock(STARTS)).begin() as unit:
        await save_divisions(unit.db, pilot_divisions())
        scheme = await save_scheme(unit.db, unit.journal, unit.now, COUNTY, SEASON, SCHEME)
        about = {"pass_": "need", "division": HOME_VILLAGE[:9], "number": 7, "hash": bytes(32), "made_at": STARTS}
        unit.db.add(Batch(id=1, scheme_id=scheme.id, scheme_version=1, **about))
    await County(database, scheme.id).fill(HOUSEHOLDS)
    async with database.read() as db:
        mine = select(Batch.number).where(Batch.pass_ == "need", Batch.division == HOME_VILLAGE[:9])
        numbers = sorted(await db.scalars(mine))
    assert numbers == list(range(7, 7 + len(numbers))) and len(numbers) > 1


async def test_officials_go_on_where_it_ends(database: Database, county: int) -> None:
    later = FixedClock(NOW + timedelta(days=10))
    async with Units(database, later).begin() as unit:
        assert await close_due(unit.db, unit.journal, unit.now) > 0
        proposed = select(Case).join(Need).where(Need.state == State.PROPOSED.value).limit(1)
        case = (await unit.db.scalars(proposed)).one()
        auditor = select(Staff).where(Staff.role == Role.TOWNSHIP.value, Staff.division == case.village[:9])
        official = Official.of((await unit.db.scalars(auditor)).one())
        await rule_on(unit.db, unit.journal, official, unit.now, Pass.NEED, {case.id: Ruling(True)})
    async with database.read() as db:
        assert isinstance(await verify(await db.connection()), int)
        assert (await db.get_one(Need, case.id)).state == State.AUDITED.value
        assert case.scheme_id == county


def test_the_same_seed_makes_the_same_people_each_with_numbers_of_their_own() -> None:
    people = list(demo_people.households(3000, seed=7))
    assert people == list(demo_people.households(3000, seed=7))
    assert people[:50] != list(demo_people.households(50, seed=8))
    for field in ("id_number", "phone"):
        assert len({one[field] for one in people}) == 3000
    assert sum(one["household_size"] for one in people) == 9000


@pytest.mark.parametrize("typed", ["-1", "many", "1e4", "90001", "²"])
def test_a_number_of_households_that_cannot_be_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["demo", f"--households={typed}"])
    assert "e.g. 20000" in capsys.readouterr().err
    assert parser().parse_args(["demo", "--households=20000"]).households == 20000
    assert parser().parse_args(["demo"]).households == 0
