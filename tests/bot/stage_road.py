"""What golden talks arrange on the road of cases: ``! mine 王建国 5`` is a household for which the person who speaks
applied (of 石门村; the last is its number), ``! nominated 李秀英 6`` the same for another household, ``! posted`` the
notice of what was reviewed, ``! passed need`` a whole pass of all cases that are in it, ``! amounts`` the village's
review of money, ``! refused 有人领工资`` the village's no to all, ``! returned 材料不全`` the village's way back,
``! single xian allow_appeal 属实`` one step with each case where it can be taken,
``! paid`` the township's payment, ``! settled no 核实过了`` the township's answer to all objections, ``! closed`` the
clock looks."""

from collections.abc import Awaitable, Callable

from sqlalchemy import select, update

from intake.models import Case, Contact, Grant, Need, Objection
from intake.notices import close_due, settle
from intake.procedure import TABLE, Action, Pass
from intake.steps import step
from tests.notifications import steps
from tests.world import World, answers, file_case

CARD = "6217000012345678"


async def mine(world: World, head: str, number: str) -> None:
    """An application by whoever spoke last."""
    await _own(world, head, number)


async def nominated(world: World, head: str, number: str) -> None:
    """One for another household."""
    case_id = await _own(world, head, number)
    who = {"staff": None, "relation": "neighbour", "name": "张三", "phone": "+8613800009999"}
    async with world.database.write() as db:
        await db.execute(update(Case).where(Case.id == case_id).values(nominator=who))


async def _own(world: World, head: str, number: str) -> int:
    async with world.database.read() as db:
        query = select(Contact.id).where(Contact.address.startswith("person-")).order_by(Contact.id.desc()).limit(1)
        contact_id = (await db.scalars(query)).one()
    return await file_case(world, contact_id, **answers(int(number), world.village, head=head))


async def _at(world: World, stage: type[Need] | type[Grant], *states: str) -> list[int]:
    async with world.database.read() as db:
        return list(await db.scalars(select(stage.case_id).where(stage.state.in_(states)).order_by(stage.case_id)))


async def posted(world: World, pass_: str = "need") -> None:  # noqa: S107
    """The notice."""
    await steps.post(world, Pass(pass_))


async def passed(world: World, pass_: str) -> None:
    """Everything from the meeting to the county's yes."""
    cases = await _at(world, Grant if pass_ == "grant" else Need, "applied")
    for case_id in cases:
        await steps.review(world, case_id, Pass(pass_))
    await steps.post(world, Pass(pass_))
    await steps.wait_for_end(world)
    for case_id in cases:
        await steps.rule(world, case_id, Pass(pass_))
        await steps.rule(world, case_id, Pass(pass_), county=True)


async def amounts(world: World) -> None:
    """The meeting about money."""
    for case_id in await _at(world, Grant, "applied"):
        await steps.review(world, case_id, Pass.GRANT)


async def refused(world: World, reason: str) -> None:
    """The meeting says no."""
    for case_id in await _at(world, Need, "applied"):
        await steps.refuse(world, case_id, reason)


async def returned(world: World, reason: str) -> None:
    """The village sends back what it had passed."""
    for case_id in await _at(world, Need, "reviewed"):
        async with world.units.begin() as unit:
            await step(unit, world.cun, Pass.NEED, case_id, Action.RETURN, reason)


async def single(world: World, who: str, action: str, reason: str) -> None:
    """One step with each case that stands where it can be taken."""
    for case_id in await _at(world, Need, *(row.state for row in TABLE if row.action == action)):
        async with world.units.begin() as unit:
            await step(unit, getattr(world, who), Pass.NEED, case_id, Action(action), reason)


async def paid(world: World) -> None:
    """Money to the card."""
    for case_id in await _at(world, Grant, "accepted"):
        await steps.pay(world, case_id, CARD)


async def settled(world: World, upheld: str, answer: str) -> None:
    """The township's answer."""
    async with world.database.read() as db:
        found = list(await db.scalars(select(Objection.id).where(Objection.settled_at.is_(None))))
    for one in found:
        async with world.units.begin() as unit:
            yes = upheld == "yes"
            await settle(unit.db, unit.journal, world.zhen, unit.now, one, upheld=yes, answer=answer)


async def closed(world: World) -> None:
    """What is due closes."""
    async with world.units.begin() as unit:
        await close_due(unit.db, unit.journal, unit.now)


ROAD: dict[str, Callable[..., Awaitable[None]]] = {
    "mine": mine,
    "nominated": nominated,
    "posted": posted,
    "passed": passed,
    "amounts": amounts,
    "refused": refused,
    "returned": returned,
    "single": single,
    "paid": paid,
    "settled": settled,
    "closed": closed,
}
