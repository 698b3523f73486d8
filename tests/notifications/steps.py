"""Moving cases as officials do, a queue that only remembers, and senders that only record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.decisions import Ruling, rule_on
from intake.moves import Said, move_cases
from intake.notices import close_due, open_notice
from intake.procedure import Action, Pass
from notifications.models import Attempt, Message
from notifications.orders import Order
from notifications.render import render
from store.clock import FixedClock
from store.database import Database
from tests.paying import pay_case
from tests.world import World, days, send_up


class TickingClock(FixedClock):
    """Stands where a test put it, but for a hundredth of a second each time it is asked: no two things happen at
    once, as in life."""

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=10)
        return self.at


@dataclass
class Orders:
    """A queue that remembers its orders, those of rolled-back transactions too."""

    taken: list[Order] = field(default_factory=list)

    async def enqueue(self, connection: AsyncConnection, orders: Sequence[Order]) -> None:
        self.taken.extend(orders)


@dataclass
class Recorder:
    """A sender that records what it sent; before that it raises what it was told to raise, one per call."""

    faults: list[Exception] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((address, text))


async def review(world: World, case_id: int, pass_: Pass = Pass.NEED, **said: Any) -> None:
    """The village passes a case."""
    if pass_ is Pass.GRANT:
        said = {"tier": "heavier", "amount_fen": 600_00} | said
    words = Said(Action.PASS_REVIEW, votes_for=9, present=9, **said)
    async with world.units.begin() as unit:
        await move_cases(unit.db, unit.journal, world.cun, unit.now, pass_, {case_id: words})


async def refuse(world: World, case_id: int, reason: str) -> None:
    """The village refuses a case in the first pass."""
    words = Said(Action.REFUSE_REVIEW, reason=reason)
    async with world.units.begin() as unit:
        await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {case_id: words})


async def post(world: World, pass_: Pass = Pass.NEED) -> int:
    """The village posts its notice; the notice's id."""
    async with world.units.begin() as unit:
        notice = await open_notice(unit.db, unit.journal, world.cun, unit.now, world.village, pass_, world.scheme_id)
    return notice.id


async def wait_for_end(world: World) -> None:
    """Five days pass, and the clock closes the notice."""
    assert isinstance(world.clock, FixedClock)
    world.clock.forward(days(5))
    async with world.units.begin() as unit:
        await close_due(unit.db, unit.journal, unit.now)


async def rule(world: World, case_id: int, pass_: Pass = Pass.NEED, *, county: bool = False, reason: str = "") -> None:
    """Township or county say yes, or no with a reason; the township sends up what it passed."""
    official = world.xian if county else world.zhen
    async with world.units.begin() as unit:
        await rule_on(
            unit.db, unit.journal, official, unit.now, pass_, {case_id: Ruling(passed=not reason, reason=reason)}
        )
    if not county:
        await send_up(world, pass_)


async def whole_pass(world: World, case_id: int, pass_: Pass) -> None:
    """A pass in which everybody says yes."""
    await review(world, case_id, pass_)
    await post(world, pass_)
    await wait_for_end(world)
    await rule(world, case_id, pass_)
    await rule(world, case_id, pass_, county=True)


async def pay(world: World, case_id: int, card: str = "6217000012345678") -> None:
    """The township pays, by a list that two people released."""
    await pay_case(world, case_id, card)


async def messages(database: Database) -> list[Message]:
    """All messages in their order."""
    async with database.read() as db:
        return list(await db.scalars(select(Message).order_by(Message.id)))


async def attempts(database: Database) -> list[Attempt]:
    """All attempts in their order."""
    async with database.read() as db:
        return list(await db.scalars(select(Attempt).order_by(Attempt.message_id, Attempt.number)))


async def said(database: Database) -> list[str]:
    """The texts of all messages in their order."""
    return [render("zh_Hans_CN", row.template, row.params) for row in await messages(database)]
