"""Form 1 for another household: who nominates stays with the case, and does not decide on it (L12)."""

from typing import Any

import pytest
from sqlalchemy import select

from intake.filing import Application, receive
from intake.models import Case, EventRow, Household, Submission
from intake.moves import RefusedError, Said, move_cases
from intake.nominations import OWN, Nominator, nominator_of, own_application
from intake.normalise import UnusableError
from intake.outcomes import Corrected, Filed, FiledByAnother, Outcome
from intake.procedure import Action, Pass
from intake.reads.cases import find_cases
from intake.reads.dossier import dossier
from intake.reads.personal import personal
from store.clock import FixedClock
from store.database import Database
from tests.world import World, answers, make_contact, make_world

SAID: dict[str, Any] = {
    "relation": "neighbour",
    "by_name": "赵铁柱",
    "by_phone": "+8613800004321",
    "hindrance": "old",
    "agreement": "self",
}


async def send(
    world: World, contact: int, key: str, nominator: Nominator | None, number: int = 1, **said: Any
) -> Outcome:
    """Hand one application in."""
    given = answers(number, world.village) | said
    body = nominator.to_json() if nominator else None
    async with world.units.begin() as unit:
        applications = [Application(key, contact, "nominate", 1, given, body)]
        (outcome,) = await receive(await unit.db.connection(), unit.journal, applications, unit.now)
    return outcome


async def test_L12_nobody_reviews_a_household_that_they_nominated(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    filed = await send(world, await make_contact(world), "a", nominator_of(SAID, world.cun))
    assert isinstance(filed, Filed)
    words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {filed.case_id: words})
    assert refused.value.refusals[filed.case_id].key == "refusal.L12.nominated"


async def test_L12_an_official_does_not_review_what_they_applied_for_themselves(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    own = own_application(world.cun)
    assert own is not None
    filed = await send(world, await make_contact(world), "a", Nominator.from_json(own))
    assert isinstance(filed, Filed)
    words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
    with pytest.raises(RefusedError):
        async with world.units.begin() as unit:
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {filed.case_id: words})
    async with database.read() as db:
        found, total = await find_cases(db, world.cun, nominated=True)
    assert (total, found[0].nominated) == (1, False)


def test_the_nominator_is_who_they_say_they_are_and_kinship_is_kept() -> None:
    assert nominator_of(SAID, None) == Nominator(None, "neighbour", "赵铁柱", "+8613800004321", "old", "self", False)
    assert nominator_of(SAID | {"relation": "relative"}, None).kin
    assert nominator_of(SAID | {"relation": "cadre", "kin": True}, None).kin


@pytest.mark.parametrize("field", ["relation", "by_name", "by_phone", "hindrance", "agreement"])
@pytest.mark.parametrize("wrong", [None, "", "nonsense", 7, ["old"]], ids=repr)
def test_a_nomination_that_lacks_something_is_none(field: str, wrong: object) -> None:
    if wrong == "nonsense" and field.startswith("by_"):
        wrong = None
    with pytest.raises(UnusableError) as error:
        nominator_of(SAID | {field: wrong}, None)
    assert error.value.field == field


async def test_an_old_person_without_a_phone_is_reached_at_their_nominators(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    filed = await send(world, await make_contact(world), "a", nominator_of(SAID, None), phone=None)
    assert isinstance(filed, Filed)
    async with database.read() as db:
        seen = await dossier(db, world.cun, filed.case_id)
        opened = await personal(db, world.cun, filed.case_id)
        kept = (await db.scalars(select(Submission.content))).one()
    assert seen.lent
    assert (seen.phone_masked, seen.nominator and seen.nominator.phone) == ("138****4321", "138****4321")
    assert (opened.phone, opened.nominator_phone) == ("138 0000 4321", "138 0000 4321")
    assert kept["answers"]["phone"] is None


async def test_a_nominators_phone_never_takes_the_place_of_the_households_own(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    await send(world, contact, "a", nominator_of(SAID, None), phone="+8613800000001")
    again = await send(world, contact, "b", nominator_of(SAID, None), phone=None, head="王建军")
    assert isinstance(again, Corrected)
    async with database.read() as db:
        household = (await db.scalars(select(Household))).one()
    assert (household.head, household.phone) == ("王建军", "+8613800000001")


async def test_a_phone_that_was_lent_follows_its_nominator(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    await send(world, contact, "a", nominator_of(SAID, None), phone=None)
    moved = SAID | {"by_phone": "+8613800009999"}
    await send(world, contact, "b", nominator_of(moved, None), phone=None)
    async with database.read() as db:
        assert (await db.scalars(select(Household.phone))).one() == "+8613800009999"


async def test_without_any_phone_there_is_no_application(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    with pytest.raises(UnusableError, match="phone"):
        await send(world, await make_contact(world), "a", None, phone=None)


async def test_L12_an_official_stays_the_nominator_when_the_case_is_corrected_from_elsewhere(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    contact = await make_contact(world)
    await send(world, contact, "a", nominator_of(SAID, world.cun))
    await send(world, contact, "b", nominator_of(SAID | {"hindrance": "ill"}, None))
    async with database.read() as db:
        nominated = (await db.scalars(select(Case.nominator))).one()
    assert nominated is not None
    assert (nominated["staff"], nominated["reason"], nominated["name"]) == (world.cun.id, "ill", "赵铁柱")
    await send(world, contact, "c", Nominator(world.zhen.id, OWN, "zhen"))
    await send(world, contact, "d", None)
    async with database.read() as db:
        nominated = (await db.scalars(select(Case.nominator))).one()
    assert nominated is not None
    assert (nominated["staff"], nominated["relation"], nominated["reason"]) == (world.cun.id, "neighbour", "ill")


async def test_a_household_that_applied_itself_is_not_nominated_again(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, await make_contact(world), "a", None)
    outcome = await send(world, await make_contact(world), "b", nominator_of(SAID, world.cun))
    assert outcome == FiledByAnother(world.village)
    async with database.read() as db:
        assert (await db.scalars(select(Case.nominator))).one() is None


async def test_what_is_said_of_a_nominator_stays_out_of_the_events(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await send(world, await make_contact(world), "a", nominator_of(SAID, None), phone=None)
    async with database.read() as db:
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "case.filed"))).one()
    assert event.data == {"number": "410324-2022-00001", "village": world.village, "nominated": True}
