"""What people are told, step by step, in the deciding transaction."""

import pytest

from intake.events import Event
from intake.moves import Said, move_cases
from intake.notices import object_to, settle
from intake.procedure import Action, Pass
from notifications.listener import Notifier
from store.clock import FixedClock
from tests.notifications.steps import (
    Orders,
    messages,
    pay,
    post,
    refuse,
    review,
    rule,
    said,
    wait_for_end,
    whole_pass,
)
from tests.world import World, file_case, make_contact


async def test_a_season_as_the_applicant_reads_it(world: World) -> None:
    case = await file_case(world)
    await whole_pass(world, case, Pass.NEED)
    await whole_pass(world, case, Pass.GRANT)
    await pay(world, case)
    texts = await said(world.database)
    steps = [
        "村里开会评议，同意列入需要救助的名单",
        "需要救助的名单已在村里公示，到 2022年11月6日 12:00 结束",
        "公示结束，已列为拟救助对象",
        "乡镇审核通过，接着报到县里",
        "县里同意，已列入需救助名单",
        "救助金额：较重困难，¥600.00",
        "救助金额的名单已在村里公示，到 2022年11月11日 12:00 结束",
        "救助金额的公示结束了",
        "乡镇审核了救助金额",
        "县里同意，救助金 ¥600.00",
        "救助金 ¥600.00 已在 2022年11月11日 打到尾号 5678 的银行卡上",
    ]
    assert len(texts) == len(steps)
    for text, step in zip(texts, steps, strict=True):
        assert step in text
        assert "举报投诉电话 66789599" in text and "石门村" in text


async def test_L8_a_refused_household_is_told_why(world: World) -> None:
    await refuse(world, await file_case(world), "家里有固定工资收入")
    (text,) = await said(world.database)
    assert "没有同意" in text and "家里有固定工资收入" in text


async def test_a_cut_household_is_told_why(world: World) -> None:
    case = await file_case(world)
    await review(world, case)
    await post(world)
    await wait_for_end(world)
    await rule(world, case, reason="与财政供养人员名单相符")
    assert "与财政供养人员名单相符" in (await said(world.database))[-1]


async def test_L12_an_objection_is_told_without_what_it_says_or_who_made_it(world: World) -> None:
    case = await file_case(world)
    await review(world, case)
    notice = await post(world)
    async with world.units.begin() as unit:
        objection = await object_to(unit.db, unit.journal, world.cun, unit.now, notice, case, "邻居赵六说他家有车")
    async with world.units.begin() as unit:
        await settle(
            unit.db, unit.journal, world.zhen, unit.now, objection.id, upheld=False, answer="赵六看错了，没有车"
        )
    held, dismissed = (await said(world.database))[-2:]
    assert "有人提出了异议" in held and "异议不成立" in dismissed
    assert "赵六" not in held + dismissed


async def test_an_objection_dismissed_after_the_notice_tells_both_steps_in_their_order(
    world: World, clock: FixedClock
) -> None:
    case = await file_case(world)
    await review(world, case)
    notice = await post(world)
    async with world.units.begin() as unit:
        objection = await object_to(unit.db, unit.journal, world.cun, unit.now, notice, case, "有车")
    await wait_for_end(world)
    async with world.units.begin() as unit:
        await settle(unit.db, unit.journal, world.zhen, unit.now, objection.id, upheld=False, answer="没有车")
    assert [row.template for row in (await messages(world.database))[-2:]] == [
        "message.objection_dismissed",
        "message.need.proposed",
    ]


async def test_no_message_holds_id_number_phone_or_card(world: World) -> None:
    case = await file_case(world)
    await whole_pass(world, case, Pass.NEED)
    await whole_pass(world, case, Pass.GRANT)
    await pay(world, case, "6217000012345678")
    everything = "\n".join(await said(world.database))
    for secret in ("410324195", "13800000001", "621700001234"):
        assert secret not in everything


async def test_one_order_per_message_on_the_channel_the_person_used(world: World, orders: Orders) -> None:
    first = await file_case(world, await make_contact(world, "wechat"))
    second = await file_case(world, await make_contact(world, "telegram"))
    await review(world, first)
    await review(world, second)
    rows = await messages(world.database)
    assert [(order.message_id, order.channel, order.round) for order in orders.taken] == [
        (rows[0].id, "wechat", 1),
        (rows[1].id, "telegram", 1),
    ]


async def test_the_same_event_heard_twice_makes_one_message(world: World, orders: Orders, clock: FixedClock) -> None:
    case = await file_case(world)
    data = {"pass": "need", "action": "close_notice", "from": "on_notice", "to": "proposed", "revision": 1}
    event = Event(clock.now(), "clock", "case.moved", f"case:{case}", data)
    for _ in range(2):
        async with world.database.connect() as connection:
            await Notifier(orders).listen(connection, [event, event])
    assert len(await messages(world.database)) == len(orders.taken) == 1


async def test_a_decision_that_rolls_back_leaves_no_message(world: World) -> None:
    case = await file_case(world)
    with pytest.raises(RuntimeError, match="power cut"):
        async with world.units.begin() as unit:
            words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {case: words})
            await unit.journal.flush(await unit.db.connection())
            raise RuntimeError("power cut")
    assert await messages(world.database) == []
