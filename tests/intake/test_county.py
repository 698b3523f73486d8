"""Setting up a county: what a scheme may say, the officials, and the chain of events beside a running service."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

import intake.events
from intake.codes import TIERS
from intake.county import CountyError, save_scheme
from intake.events import ChainBreak, Event, Journal, verify
from intake.models import EventRow, Staff
from intake.officials import set_active, set_password
from intake.scheme.faults import faults
from intake.scheme.parts import Dates
from locales import texts
from store.clock import FixedClock
from store.database import Database
from tests.world import content, make_world


def wrong(season: str = "2022-2023", **changes: Any) -> str:
    """What is said against 栾川's scheme with changes."""
    return "; ".join(map(str, faults(season, content(**changes))))


def test_the_scheme_of_luanchuan_can_be_used() -> None:
    assert wrong() == ""


@pytest.mark.parametrize("season", ["2022", "2022-2022", "2022-2024", "2023-2022", "22-23", "2022-2023 "])
def test_a_season_is_two_years_in_a_row(season: str) -> None:
    assert "e.g. 2022-2023" in wrong(season)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"affected": {"410324": ("hail", "blizzard")}}, "affected names blizzard; known are drought, flood, hail"),
        ({"affected": {"410324": tuple("hail")}}, "affected names h, a, i, l"),
        ({"families": {"poor": "other"}}, "families names poor; known are rebuilt_house"),
        ({"families": {"other": "rich"}}, "families names rich; known are destitute"),
        ({"families": ["other"]}, "families is"),
        ({"tiers": {"severe": 200_00}}, "tiers names severe; known are ordinary, heavier, special"),
        ({"tiers": {}}, "tiers names none"),
        ({"tiers": {"ordinary": 100.5}}, "tiers.ordinary is 100.5; write whole fen"),
        ({"tiers": {"ordinary": "10000"}}, "tiers.ordinary is '10000'"),
        ({"tiers": {"ordinary": True}}, "tiers.ordinary is True"),
        ({"tiers": {"ordinary": 90_00}}, "between 10000 and 30000 fen a person (L4): ordinary"),
        ({"household_cap_fen": -1}, "household_cap_fen is -1"),
        ({"per_person_cap_fen": None}, "per_person_cap_fen is None"),
        ({"notice_days": 0}, "notice_days is 0"),
        ({"notice_days": "5"}, "notice_days is '5'"),
        ({"notice_amounts": "no"}, "notice_amounts is 'no'"),
        ({"equal_shares_from": 1}, "equal_shares_from is 1"),
        (
            {"pay_before": date(1, 1, 1)},
            "pay_before is 0001-01-01; write a day of the season's own years, from 2021 to",
        ),
        ({"closes_on": date(9999, 12, 31)}, "closes_on is 9999-12-31"),
        ({"dates": Dates(survey_by=date(2122, 10, 10))}, "dates.survey_by is 2122-10-10"),
        ({"hotline": ""}, "hotline is ''"),
        ({"hotline": " "}, "hotline is ' '"),
        ({"hotline": "6" * 33}, "at most 32 characters"),
        ({"contact_phone": 66789599}, "contact_phone is 66789599"),
        ({"title": ""}, "title is ''"),
        ({"closes_on": date(2022, 9, 30)}, "closes_on must not lie before opens_on"),
    ],
)
def test_what_a_scheme_may_not_say(change: dict[str, Any], said: str) -> None:
    assert said in wrong(**change)


def test_everything_wrong_is_said_at_once() -> None:
    assert wrong("2022", hotline="", notice_days=0).count(";") >= 4


def test_every_tier_has_its_texts() -> None:
    assert all(texts().has(f"{prefix}tier.{tier}") for tier in TIERS for prefix in ("", "message."))


async def test_a_wrong_scheme_is_not_saved(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for county, changes, said in (
        ("410324", {"hotline": ""}, "hotline"),
        ("410324103", {}, "6 digits of a county"),
    ):
        with pytest.raises(CountyError, match=said):
            async with world.units.begin() as unit:
                scheme = dataclasses.replace(world.content, **changes)
                await save_scheme(unit.db, unit.journal, unit.now, county, "2023-2024", scheme)


async def test_an_official_is_shut_out_let_in_and_given_a_password(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    heard: list[str] = []

    async def listen(_connection: AsyncConnection, events: Any) -> None:
        heard.extend(f"{event.kind} {event.subject}" for event in events)

    world.units.listeners = [listen]
    for active in (False, False, True):
        async with world.units.begin() as unit:
            await set_active(unit.db, unit.journal, unit.now, "cun", active=active)
        async with database.read() as db:
            assert (await db.get_one(Staff, world.cun.id)).active is active
    async with world.units.begin() as unit:
        await set_password(unit.db, unit.journal, unit.now, "cun", "new hash")
    async with database.read() as db:
        assert (await db.get_one(Staff, world.cun.id)).password_hash == "new hash"
    kinds = ["staff.disabled", "staff.enabled", "staff.password"]
    assert heard == [f"{kind} staff:{world.cun.id}" for kind in kinds]
    with pytest.raises(CountyError, match="no nobody; see: nuandong staff list"):
        async with world.units.begin() as unit:
            await set_active(unit.db, unit.journal, unit.now, "nobody", active=False)


async def add_event(database: Database, clock: FixedClock) -> None:
    """Something happens, and is committed."""
    journal = Journal()
    journal.add(Event(clock.now(), "clock", "test", "test:1"))
    async with database.connect() as connection:
        await journal.flush(connection)


async def test_the_chain_is_proved_while_events_are_added(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_event(database, clock)
    read = intake.events._rows

    async def busy(*arguments: Any) -> AsyncIterator[Any]:
        await add_event(database, clock)
        async for row in read(*arguments):
            yield row
        await add_event(database, clock)

    monkeypatch.setattr(intake.events, "_rows", busy)
    async with database.read() as db:
        assert await verify(await db.connection()) == 1
    monkeypatch.undo()
    async with database.read() as db:
        assert await verify(await db.connection()) == 3


async def test_an_event_slipped_in_behind_the_end_is_found(database: Database, clock: FixedClock) -> None:
    await add_event(database, clock)
    async with database.write() as db:
        row = await db.get_one(EventRow, 1)
        db.add(
            EventRow(
                seq=2,
                at=row.at,
                actor="staff:7",
                kind="case.moved",
                subject="case:1",
                data={},
                previous=row.hash,
                hash=row.hash,
            )
        )
    async with database.read() as db:
        assert await verify(await db.connection()) == ChainBreak(1, "head")
