"""An application is withdrawn by whoever sent it, until the county has decided; and may come again."""

import asyncio

import pytest
from sqlalchemy import select

from intake.filing import Application, receive
from intake.giving_way import BusyError
from intake.models import Case, EventRow, Grant, Household, Need, NoticeCase, Objection
from intake.moves import RefusedError
from intake.notices import close_due, object_to, settle
from intake.objections import Written, code_of, hanging, object_by_chat
from intake.outcomes import Filed, FiledByAnother, Outcome
from intake.procedure import Pass
from intake.public_notices import public_notices
from intake.withdrawals import withdraw
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import post, review, whole_pass
from tests.world import World, answers, days, file_case, make_contact, make_world


async def back(world: World, contact: int, number: str, why: str = "better") -> Pass:
    """The contact takes it back."""
    async with world.units.begin() as unit:
        return await withdraw(unit, contact, number, why)


async def number_of(world: World, case_id: int) -> str:
    """The number of a case."""
    async with world.database.read() as db:
        return (await db.get_one(Case, case_id)).number


async def states(world: World, case_id: int) -> tuple[str, int, str | None, int | None]:
    """State and revision of both passes."""
    async with world.database.read() as db:
        need, grant = await db.get_one(Need, case_id), await db.get(Grant, case_id)
    return need.state, need.revision, grant.state if grant else None, grant.revision if grant else None


async def again(world: World, contact: int, number: int, **changes: object) -> Outcome:
    """The household of ``number`` applies once more."""
    sent = Application(
        f"again:{contact}:{len(changes)}", contact, "apply", 1, answers(number, world.village, **changes)
    )
    async with world.units.begin() as unit:
        (outcome,) = await receive(await unit.db.connection(), unit.journal, [sent], unit.now)
    return outcome


async def test_an_application_is_withdrawn_by_its_own_contact_alone(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, stranger = await make_contact(world), await make_contact(world)
    number = await number_of(world, case := await file_case(world, mine))
    with pytest.raises(RefusedError, match="unknown_case"):
        await back(world, stranger, number)
    with pytest.raises(RefusedError, match="unknown_case"):
        await back(world, mine, "410324-2022-99999")
    assert await back(world, mine, number, "wrong") is Pass.NEED
    assert await states(world, case) == ("withdrawn", 1, None, None)
    async with database.read() as db:
        moved = (await db.scalars(select(EventRow).where(EventRow.kind == "case.moved"))).one()
    assert moved.actor == f"contact:{mine}"
    assert (moved.data["action"], moved.data["why"], moved.data["to"]) == ("withdraw", "wrong", "withdrawn")
    with pytest.raises(RefusedError) as refused:
        await back(world, mine, number)
    assert [one.params for one in refused.value.refusals.values()] == [{"state": "withdrawn"}]


async def test_in_the_second_pass_too_but_not_once_the_county_has_decided(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case, other = await file_case(world, mine), await file_case(world, mine)
    for one in (case, other):
        await whole_pass(world, one, Pass.NEED)
    assert await back(world, mine, await number_of(world, case)) is Pass.GRANT
    assert await states(world, case) == ("accepted", 1, "withdrawn", 1)
    await whole_pass(world, other, Pass.GRANT)
    with pytest.raises(RefusedError, match=r"refusal\.state"):
        await back(world, mine, await number_of(world, other))


async def test_L8_who_withdraws_is_no_longer_on_the_notice_and_votes_stay(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    cases = [await file_case(world, contact, head=head) for contact, head in ((mine, "赵大山"), (None, "钱小花"))]
    for case in cases:
        await review(world, case)
    notice = await post(world)
    await back(world, mine, await number_of(world, cases[0]))
    async with database.read() as db:
        (shown,) = await public_notices(db, world.village, clock.now())
        ((_, lines),) = await hanging(db, world.village, clock.now())
        posted = list(await db.scalars(select(NoticeCase.case_id).where(NoticeCase.notice_id == notice)))
    assert [line.head for line in shown.lines] == ["钱小花"] == [line.facts["head"] for line in lines]
    assert sorted(posted) == sorted(cases)
    clock.forward(days(5))
    async with world.units.begin() as unit:
        assert await close_due(unit.db, unit.journal, unit.now) == 1
    assert [(await states(world, case))[0] for case in cases] == ["withdrawn", "proposed"]


async def test_open_objections_to_a_withdrawn_household_need_no_answer(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine, neighbour = await make_contact(world), await make_contact(world)
    case = await file_case(world, mine)
    await review(world, case)
    notice_id = await post(world)
    async with world.units.begin() as unit:
        taken = await object_to(unit.db, unit.journal, world.cun, unit.now, notice_id, case, "他家有车")
        ((notice, (line,)),) = await hanging(unit.db, world.village, unit.now)
        await object_by_chat(unit, neighbour, code_of(notice, line), Written({"reason": "他家有房"}))
    await back(world, mine, await number_of(world, case))
    async with database.read() as db:
        found = list(await db.scalars(select(Objection)))
    assert {(one.settled_at, one.upheld, one.settled_by) for one in found} == {(clock.now(), None, None)}
    with pytest.raises(RefusedError, match="settled"):
        async with world.units.begin() as unit:
            await settle(unit.db, unit.journal, world.zhen, unit.now, taken.id, upheld=True, answer="情况属实")


async def test_applying_again_opens_the_same_case_with_the_new_answers(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    number = await number_of(world, case)
    await review(world, case)
    await back(world, mine, number)
    clock.forward(days(1))
    outcome = await again(world, mine, 1, persons_in_need=2, phone="+8613800009999")
    assert outcome == Filed(case, number, world.village, True)
    assert await states(world, case) == ("applied", 2, None, None)
    async with database.read() as db:
        kept = await db.get_one(Case, case)
        household = await db.get_one(Household, kept.household_id)
        kinds = list(await db.scalars(select(EventRow.kind).where(EventRow.subject == f"case:{case}")))
    assert (kept.persons_in_need, household.phone, kept.filed_at) == (2, "+8613800009999", clock.now())
    assert kinds[-1] == "case.reopened"
    await review(world, case)  # the same people may act in the new revision
    assert (await states(world, case))[0] == "reviewed"


async def test_a_household_that_somebody_withdrew_may_apply_by_itself(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    neighbour, head = await make_contact(world), await make_contact(world)
    case = await file_case(world, neighbour)
    number = await number_of(world, case)
    assert await again(world, head, 1) == FiledByAnother(world.village)
    await back(world, neighbour, number)
    assert isinstance(await again(world, head, 1, reason="粮食不够吃"), Filed)
    with pytest.raises(RefusedError, match="unknown_case"):
        await back(world, neighbour, number)
    assert await back(world, head, number) is Pass.NEED


async def test_L11_in_the_second_pass_the_list_of_the_needy_stays_as_it_was(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await whole_pass(world, case, Pass.NEED)
    await back(world, mine, await number_of(world, case))
    assert isinstance(await again(world, mine, 1, persons_in_need=4), Filed)
    assert await states(world, case) == ("accepted", 1, "applied", 2)
    async with database.read() as db:
        assert (await db.get_one(Case, case)).persons_in_need == 3


async def test_a_line_withdrawn_before_comes_back_on_its_new_notice_alone(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    case = await file_case(world, mine)
    await review(world, case)
    await post(world)
    await back(world, mine, await number_of(world, case))
    clock.forward(days(1))
    await again(world, mine, 1)
    await review(world, case)
    await post(world)
    async with database.read() as db:
        shown = await public_notices(db, world.village, clock.now())
    assert [len(notice.lines) for notice in shown] == [1, 0]
    clock.forward(days(4))
    async with world.units.begin() as unit:
        await close_due(unit.db, unit.journal, unit.now)
    assert (await states(world, case))[0] == "on_notice"  # its own five days are not over


async def test_the_village_reviews_while_the_applicant_withdraws(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    mine = await make_contact(world)
    for _ in range(8):
        case = await file_case(world, mine)
        number = await number_of(world, case)
        outcomes = await asyncio.gather(review(world, case), back(world, mine, number), return_exceptions=True)
        faults = [one for one in outcomes if isinstance(one, BaseException)]
        assert all(isinstance(one, RefusedError | BusyError) for one in faults)
        (state, *_) = await states(world, case)
        assert state == ("withdrawn" if not isinstance(outcomes[1], BaseException) else "reviewed")
        async with database.read() as db:
            moves = list(
                await db.scalars(
                    select(EventRow).where(EventRow.subject == f"case:{case}", EventRow.kind == "case.moved")
                )
            )
        assert len(moves) == 2 - len(faults)
