"""The road of a case through the database: both passes, every guard that needs rows, two people at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from intake.access import OutOfAreaError
from intake.decisions import Ruling, rule_on
from intake.events import ChainBreak, verify
from intake.models import Approval, Case, EventRow, Grant, Household, Need, Notice, Payment, Staff
from intake.moves import RefusedError
from intake.notices import close_due, object_to, open_notice, settle
from intake.procedure import Action, Pass, Role, State
from intake.reviews import Meeting, Verdict, record_review
from intake.steps import step
from store.clock import FixedClock, china_date
from store.database import Database
from tests.paying import pay_case
from tests.world import World, days, file_case, make_world, send_up

YES = Verdict(True, 20, 1)
CARD = "6217000000000000"


def grant(fen: int, tier: str, statement: str = "") -> Verdict:
    """The meeting's yes with an amount."""
    return Verdict(True, 20, 1, tier=tier, amount_fen=fen, statement=statement)


async def review(world: World, pass_: Pass, verdicts: dict[int, Verdict], **changes: Any) -> None:
    """cun writes down a meeting."""
    async with world.units.begin() as unit:
        meeting = replace(Meeting(china_date(unit.now), "representatives", 21, "逐户表决"), **changes)
        await record_review(unit.db, unit.journal, world.cun, unit.now, world.village, pass_, meeting, verdicts)


async def post(world: World, pass_: Pass) -> int:
    """cun posts the notice."""
    async with world.units.begin() as unit:
        notice = await open_notice(unit.db, unit.journal, world.cun, unit.now, world.village, pass_, world.scheme_id)
        return notice.id


async def close(world: World) -> int:
    """The clock looks."""
    async with world.units.begin() as unit:
        return await close_due(unit.db, unit.journal, unit.now)


async def rule(world: World, who: str, pass_: Pass, rulings: dict[int, Ruling]) -> None:
    """zhen audits, or sends what she has audited and xian decides."""
    if who == "xian":
        await send_up(world, pass_)
    async with world.units.begin() as unit:
        await rule_on(unit.db, unit.journal, getattr(world, who), unit.now, pass_, rulings)


async def accept_needs(world: World, clock: FixedClock, cases: list[int]) -> None:
    """The whole first pass."""
    await review(world, Pass.NEED, dict.fromkeys(cases, YES))
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    await rule(world, "zhen", Pass.NEED, dict.fromkeys(cases, Ruling(True)))
    await rule(world, "xian", Pass.NEED, dict.fromkeys(cases, Ruling(True)))


async def state(world: World, pass_: Pass, case_id: int) -> str:
    """Where a case stands."""
    async with world.database.read() as db:
        stage: Need | Grant = await db.get_one(Need if pass_ is Pass.NEED else Grant, case_id)
        return stage.state


def keys(error: RefusedError) -> set[str]:
    """The refusals' keys without their common beginning."""
    return {refusal.key.removeprefix("refusal.") for refusal in error.refusals.values()}


async def test_a_household_goes_all_the_way_to_paid(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await accept_needs(world, clock, [case])
    await review(world, Pass.GRANT, {case: grant(600_00, "heavier")})
    await post(world, Pass.GRANT)
    clock.forward(days(5))
    assert await close(world) == 1
    await rule(world, "zhen", Pass.GRANT, {case: Ruling(True)})
    await rule(world, "xian", Pass.GRANT, {case: Ruling(True)})
    await pay_case(world, case, CARD)
    async with database.read() as db:
        payment = (await db.scalars(select(Payment))).one()
        approvals = list(await db.scalars(select(Approval).where(Approval.decides)))
        kinds = list(await db.scalars(select(EventRow.kind).order_by(EventRow.seq)))
    assert (payment.amount_fen, payment.bank_card) == (600_00, CARD)
    assert await state(world, Pass.GRANT, case) == State.PAID.value
    assert len(approvals) == 6
    assert {approval.scheme_version for approval in approvals} == {1}
    assert kinds.count("case.moved") == 13
    assert kinds.count("batch.made") == 4
    async with database.connect() as connection:
        assert await verify(connection) == len(kinds)


async def test_L8_nobody_is_proposed_before_five_days(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5) - timedelta(seconds=1))
    assert await close(world) == 0
    assert await state(world, Pass.NEED, case) == State.ON_NOTICE.value
    clock.forward(timedelta(seconds=1))
    assert await close(world) == 1
    assert await close(world) == 0
    assert await state(world, Pass.NEED, case) == State.PROPOSED.value


async def test_L8_a_notice_holds_four_facts_and_nothing_personal(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world, reason="父亲得了肺病")
    await review(world, Pass.NEED, {case: YES})
    notice_id = await post(world, Pass.NEED)
    async with database.read() as db:
        notice = await db.get_one(Notice, notice_id)
        household = (await db.scalars(select(Household))).one()
    assert notice.lines == [{"head": household.head, "persons": 3, "reliefs": ["winter_spring"]}]
    assert notice.complaint_phone == "66789599"
    assert notice.closes_at - notice.opens_at == days(5)


async def test_L8_an_objection_holds_the_line_until_it_is_answered(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    held, free = await file_case(world), await file_case(world)
    await review(world, Pass.NEED, {held: YES, free: YES})
    notice = await post(world, Pass.NEED)
    clock.forward(days(5) - timedelta(minutes=1))
    async with world.units.begin() as unit:
        objection = await object_to(unit.db, unit.journal, world.cun, unit.now, notice, held, "他家有新车")
    clock.forward(days(1))
    await close(world)
    assert [await state(world, Pass.NEED, case) for case in (held, free)] == ["held", "proposed"]
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objection.id, upheld=False, answer="车是亲戚的")
    assert await state(world, Pass.NEED, held) == "proposed"
    with pytest.raises(RefusedError, match=r"L8\.settled"):
        async with world.units.begin() as unit:
            await settle(unit.db, unit.journal, world.zhen, unit.now, objection.id, upheld=True, answer="再想想")


async def test_L8_an_upheld_objection_means_a_new_review(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    notice = await post(world, Pass.NEED)
    async with world.units.begin() as unit:
        objection = await object_to(unit.db, unit.journal, world.cun, unit.now, notice, case, "他家有新车")
    async with world.units.begin() as unit:
        await settle(
            unit.db, unit.journal, world.zhen, unit.now, objection.id, upheld=True, answer="情况属实，重新评议"
        )
    assert await state(world, Pass.NEED, case) == "applied"
    await review(world, Pass.NEED, {case: Verdict(False, 1, 20, reason="有新车")})
    assert await state(world, Pass.NEED, case) == "refused"


async def test_L8_a_second_objection_counts_beside_the_first(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    notice = await post(world, Pass.NEED)
    objections = []
    for words in ("听说他家有车", "他家在县城有两套房"):
        async with world.units.begin() as unit:
            objections.append(await object_to(unit.db, unit.journal, world.cun, unit.now, notice, case, words))
    clock.forward(days(5))
    await close(world)
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objections[0].id, upheld=False, answer="车是亲戚的")
    assert await state(world, Pass.NEED, case) == "held"
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await settle(unit.db, unit.journal, world.cun, unit.now, objections[1].id, upheld=False, answer="没有")
    assert keys(refused.value) == {"role"}
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objections[1].id, upheld=False, answer="房是租的")
    assert await state(world, Pass.NEED, case) == "proposed"


async def test_L8_an_objection_answered_while_its_notice_closes_is_not_forgotten(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world) for _ in range(6)]
    await review(world, Pass.NEED, dict.fromkeys(cases, YES))
    notice = await post(world, Pass.NEED)
    objections = []
    for case in cases:
        async with world.units.begin() as unit:
            objections.append(await object_to(unit.db, unit.journal, world.cun, unit.now, notice, case, "请核实"))
    clock.forward(days(5))

    async def dismiss(objection_id: int) -> None:
        async with world.units.begin() as unit:
            await settle(unit.db, unit.journal, world.zhen, unit.now, objection_id, upheld=False, answer="核实过")

    await asyncio.gather(*(dismiss(objection.id) for objection in objections[:3]), close(world), close(world))
    await asyncio.gather(*(dismiss(objection.id) for objection in objections[3:]))
    await close(world)  # the clock comes by each minute: it passes over a notice that someone is working on
    assert {await state(world, Pass.NEED, case) for case in cases} == {"proposed"}


async def test_L6_a_list_reviewed_and_posted_in_parts_is_judged_whole(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world, persons_in_need=1 + number % 3) for number in range(8)]
    await accept_needs(world, clock, cases)
    equal = await ordinary_for(database, cases)
    await review(world, Pass.GRANT, {case: equal[case] for case in cases[:4]})
    await post(world, Pass.GRANT)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.GRANT, {case: equal[case] for case in cases[4:]})
    assert keys(refused.value) == {"L6.equal_per_person"}
    assert {await state(world, Pass.GRANT, case) for case in cases[4:]} == {"applied"}


async def ordinary_for(database: Database, cases: list[int]) -> dict[int, Verdict]:
    """The lowest tier for everyone."""
    async with database.read() as db:
        persons = {case.id: case.persons_in_need for case in await db.scalars(select(Case))}
    return {case: grant(100_00 * persons[case], "ordinary") for case in cases}


async def test_L6_money_by_natural_group_is_refused_when_it_is_reviewed(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    groups = ("一组", "第1村民组", "1组", "二组", "2组", "二 组")
    cases = [await file_case(world, group=group, persons_in_need=1 + at % 3) for at, group in enumerate(groups)]
    await accept_needs(world, clock, cases)
    by_group = {
        case: grant((100_00 if at < 3 else 200_00) * (1 + at % 3), "ordinary" if at < 3 else "heavier")
        for at, case in enumerate(cases)
    }
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.GRANT, by_group)
    assert keys(refused.value) == {"L6.equal_within_area"}
    assert {await state(world, Pass.GRANT, case) for case in cases} == {"applied"}
    await review(world, Pass.GRANT, by_group | {cases[0]: grant(200_00, "heavier")})
    await post(world, Pass.GRANT)


async def test_L6_money_by_village_is_refused_when_the_township_passes_it(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    cases = []
    for village in (world.village, world.other_village):
        cases += [await file_case(world, village=village, persons_in_need=n, head="王建国") for n in (1, 2, 3)]
    now = clock.now()
    async with database.write() as db:
        await db.execute(update(Need).values(state="accepted", accepted=True))
        for at, case in enumerate(cases):
            tier, fen = ("ordinary", 100_00) if at < 3 else ("heavier", 200_00)
            amount = fen * (1 + at % 3)
            db.add(Grant(case_id=case, state="proposed", tier=tier, amount_fen=amount, changed_at=now))
    with pytest.raises(RefusedError) as refused:
        await rule(world, "zhen", Pass.GRANT, {case: Ruling(True) for case in cases})
    assert keys(refused.value) == {"L6.equal_within_area"}
    assert {await state(world, Pass.GRANT, case) for case in cases} == {"proposed"}
    await rule(world, "zhen", Pass.GRANT, {case: Ruling(True) for case in cases[:5]})
    await rule(world, "zhen", Pass.GRANT, {cases[5]: Ruling(False, "家里有人领工资")})


async def test_L8_a_meeting_before_the_application_is_refused(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {case: YES}, held_on=china_date(clock.now()) - timedelta(days=1))
    assert keys(refused.value) == {"L8.met_too_early"}


async def test_L6_an_equal_share_out_is_refused_before_anybody_is_told(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world, persons_in_need=1 + number % 3) for number in range(5)]
    await accept_needs(world, clock, cases)
    equal = await ordinary_for(database, cases)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.GRANT, equal)
    assert keys(refused.value) == {"L6.equal_per_person"}
    assert {await state(world, Pass.GRANT, case) for case in cases} == {"applied"}
    more = grant(2 * (equal[cases[0]].amount_fen or 0), "heavier")
    await review(world, Pass.GRANT, equal | {cases[0]: more})
    await post(world, Pass.GRANT)
    assert {await state(world, Pass.GRANT, case) for case in cases} == {"on_notice"}


async def test_L6_what_is_sent_back_does_not_leave_an_equal_list_to_post(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = [await file_case(world, persons_in_need=1 + number % 3) for number in range(6)]
    await accept_needs(world, clock, cases)
    equal = await ordinary_for(database, cases)
    more = grant(2 * (equal[cases[0]].amount_fen or 0), "heavier")
    await review(world, Pass.GRANT, equal | {cases[0]: more})
    async with world.units.begin() as unit:
        await step(unit, world.cun, Pass.GRANT, cases[0], Action.RETURN, "分档再议")
    with pytest.raises(RefusedError) as refused:
        await post(world, Pass.GRANT)
    assert keys(refused.value) == {"L6.equal_per_person"}


async def test_L1_a_village_that_was_not_hit_does_not_pass(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, affected={"410324104": ("hail",)})
    case = await file_case(world)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {case: YES})
    assert keys(refused.value) == {"L1.village_not_hit"}


async def test_L11_the_database_refuses_a_grant_without_an_accepted_need(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    row = {"case_id": case, "need_accepted": True, "state": "applied", "revision": 1, "changed_at": clock.now()}
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            await connection.execute(insert(Grant).values(row))
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            await connection.execute(insert(Grant).values(row | {"need_accepted": False}))
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            await connection.execute(update(Need).values(accepted=True))


async def test_L11_an_accepted_need_with_a_grant_cannot_be_undone(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await accept_needs(world, clock, [case])
    assert await state(world, Pass.GRANT, case) == "applied"
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            await connection.execute(update(Need).values(accepted=False, state="refused"))


async def test_L12_one_person_with_two_roles_does_not_decide_twice(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    moved_up = replace(world.cun, role=Role.TOWNSHIP, division=world.village[:9])
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await rule_on(unit.db, unit.journal, moved_up, unit.now, Pass.NEED, {case: Ruling(True)})
    assert keys(refused.value) == {"L12.acted_before"}


async def test_L12_the_database_too_takes_one_decision_from_each_person(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    again = text(
        'INSERT INTO approval (id, case_id, "pass", revision, staff_id, action, decides, reason, scheme_version, at) '
        'SELECT id + 1, case_id, "pass", revision, staff_id, action, decides, reason, scheme_version, at FROM approval'
    )
    with pytest.raises(IntegrityError):
        async with database.connect() as connection:
            await connection.execute(again)


async def test_two_officials_at_the_same_moment_have_one_effect(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, Pass.NEED, {case: YES})
    await post(world, Pass.NEED)
    clock.forward(days(5))
    await close(world)
    second = replace(world.zhen, id=await colleague(world))
    world_of = {"zhen": world.zhen, "second": second}

    async def audit(who: str) -> str:
        try:
            async with world.units.begin() as unit:
                ruling = Ruling(who == "zhen", "重复享受")
                await rule_on(unit.db, unit.journal, world_of[who], unit.now, Pass.NEED, {case: ruling})
        except RefusedError as error:
            return ",".join(keys(error))
        return "done"

    outcomes = await asyncio.gather(*(audit(who) for who in ("zhen", "second") * 3))
    assert sorted(outcomes) == ["done", *["state"] * 5]
    async with database.read() as db:
        decided = list(await db.scalars(select(Approval).where(Approval.action.in_(("pass_audit", "cut")))))
    assert len(decided) == 1


async def colleague(world: World) -> int:
    """Another auditor of the township; their id."""
    async with world.database.write() as db:
        db.add(
            Staff(
                id=77,
                username="zhen2",
                name="zhen2",
                password_hash="-",
                role=world.zhen.role.value,
                division=world.zhen.division,
            )
        )
    return 77


async def test_other_areas_do_not_exist_for_an_official(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    here, far = await file_case(world), await file_case(world, village=world.far_village)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {here: YES, far: YES})
    assert keys(refused.value) == {"unknown_case"}
    assert await state(world, Pass.NEED, here) == "applied"
    stranger = replace(world.cun, division=world.other_village)
    with pytest.raises(OutOfAreaError):
        async with world.units.begin() as unit:
            await open_notice(unit.db, unit.journal, stranger, unit.now, world.village, Pass.NEED, world.scheme_id)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"form": "kitchen table"}, "L7.no_form"),
        ({"present": 0}, "L7.nobody_present"),
        ({"minutes": " "}, "L7.no_minutes"),
    ],
)
async def test_L7_a_meeting_has_a_form_people_and_minutes(
    database: Database, clock: FixedClock, changes: dict[str, Any], fault: str
) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    with pytest.raises(RefusedError) as refused:
        await review(world, Pass.NEED, {case: YES}, **changes)
    assert keys(refused.value) == {fault}


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE event SET data = '{}' WHERE seq = 2", ChainBreak(2, "changed")),
        ("UPDATE event SET actor = 'clock' WHERE seq = 1", ChainBreak(1, "changed")),
        ("DELETE FROM event WHERE seq = 2", ChainBreak(2, "gap")),
        ("DELETE FROM event WHERE seq = 3", ChainBreak(3, "head")),
    ],
)
async def test_the_event_chain_shows_what_was_changed(
    database: Database, clock: FixedClock, statement: str, broken: ChainBreak
) -> None:
    world = await make_world(database, clock)
    for _ in range(3):
        await file_case(world)
    async with database.connect() as connection:
        assert await verify(connection) == 3
        await connection.execute(text(statement))
        assert await verify(connection) == broken
