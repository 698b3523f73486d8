"""Whoever objected by chat is told what became of it, and the applicant of what became of their application."""

from sqlalchemy import select

from intake.models import Notice, Objection
from intake.notices import settle
from intake.objections import Written, object_by_chat
from intake.withdrawals import withdraw
from notifications.models import Message
from notifications.render import render
from tests.intake.test_withdrawals import number_of
from tests.notifications.steps import post, review
from tests.world import World, file_case, make_contact


async def told(world: World, contact: int) -> list[str]:
    """What a contact was told, in order."""
    async with world.database.read() as db:
        query = select(Message).where(Message.contact_id == contact).order_by(Message.number)
        return [render("zh_Hans_CN", row.template, row.params) for row in await db.scalars(query)]


async def objected(world: World, *neighbours: int) -> tuple[int, str]:
    """A household on a notice, to which these objected: its contact and number."""
    mine = await make_contact(world)
    case = await file_case(world, mine, head="赵大山")
    await review(world, case)
    await post(world)
    for neighbour in neighbours:
        async with world.units.begin() as unit:
            notice = (await unit.db.scalars(select(Notice.id))).one()
            await object_by_chat(unit, neighbour, f"{notice}-0", Written({"reason": "他家有两辆车"}))
    return mine, await number_of(world, case)


async def answer(world: World, *, upheld: bool, answer: str) -> None:
    """The township settles the first open one."""
    async with world.units.begin() as unit:
        query = select(Objection.id).where(Objection.settled_at.is_(None)).order_by(Objection.id)
        one = (await unit.db.scalars(query)).first()
        assert one is not None
        await settle(unit.db, unit.journal, world.zhen, unit.now, one, upheld=upheld, answer=answer)


async def test_a_dismissed_objection_is_answered_with_where_to_go_next(world: World) -> None:
    neighbour, other = await make_contact(world), await make_contact(world)
    mine, number = await objected(world, neighbour, other)
    await answer(world, upheld=False, answer="车是亲戚的")
    (text,) = await told(world, neighbour)
    assert "“赵大山”" in text and "意见不成立" in text and "车是亲戚的" in text
    assert "66789599" in text and "举报" in text and number not in text
    assert await told(world, other) == []
    held = [text for text in await told(world, mine) if "提出了异议" in text]
    assert len(held) == 1 and "两辆车" not in held[0]  # the second objection holds what is held


async def test_an_upheld_objection_answers_all_who_objected(world: World) -> None:
    neighbours = [await make_contact(world), await make_contact(world)]
    await objected(world, *neighbours)
    await answer(world, upheld=True, answer="情况属实")
    for neighbour in neighbours:
        (text,) = await told(world, neighbour)
        assert "意见成立，退回村里重新评议" in text and "情况属实" in text


async def test_a_withdrawal_is_confirmed_and_ends_what_was_objected(world: World) -> None:
    neighbour = await make_contact(world)
    mine, number = await objected(world, neighbour)
    async with world.units.begin() as unit:
        await withdraw(unit, mine, number, "better")
    assert "申请已经撤回" in (await told(world, mine))[-1]
    (text,) = await told(world, neighbour)
    assert "已经不在公示的名单上" in text and number not in text
