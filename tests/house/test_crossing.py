"""The chat and the officials on the same rows at the same moment: nobody waits for the other in a ring."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import load
from bot.turns import BatchedTurns
from intake.events import Journal
from intake.filing import Application, receive
from intake.models import Case, Contact, SchemeVersion, Submission
from intake.outcomes import Filed
from intake.procedure import Pass
from intake.reviews import Meeting, Verdict, record_review
from intake.unit import Units
from notifications.listener import Notifier
from notifications.models import Message
from notifications.orders import Order
from store.clock import FixedClock, china_date
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.bot.test_turns import script, text
from tests.world import answers, file_case, make_world

ROUNDS = 12


class Ordered:
    """A queue that takes orders and delivers nothing."""

    async def enqueue(self, connection: AsyncConnection, orders: Sequence[Order]) -> None:
        """Take them."""


async def test_people_write_while_their_cases_are_decided(database: Database, clock: FixedClock) -> None:
    listeners = (Notifier(Ordered()).listen,)
    world = await make_world(database, clock)
    units = Units(database, clock, listeners)
    turns = BatchedTurns(database, clock, bot_world, listeners)
    for number in range(ROUNDS):
        for step, words in enumerate(script(100 + number)[:-1]):
            await turns.take(text(step, words, f"p{number}"))
    async with database.read() as db:
        contacts = {contact.address: contact.id for contact in await db.scalars(select(Contact))}
    cases = [await file_case(world, contacts[f"p{number}"]) for number in range(ROUNDS)]

    async def decide(case_id: int) -> None:
        async with units.begin() as unit:
            meeting = Meeting(china_date(unit.now), "villagers", 20, "逐户表决")
            verdicts = {case_id: Verdict(True, 12, 3)}
            await record_review(unit.db, unit.journal, world.cun, unit.now, world.village, Pass.NEED, meeting, verdicts)

    submitted = [turns.take(text(99, "提交", f"p{number}")) for number in range(ROUNDS)]
    replies, *_ = await asyncio.gather(asyncio.gather(*submitted), *(decide(case) for case in cases))
    assert all("申请编号" in reply[0].text for reply in replies)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Case)) == 2 * ROUNDS
        assert await db.scalar(select(func.count()).select_from(Message)) == ROUNDS


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_a_row_that_others_only_refer_to_is_not_locked_against_them(
    database: Database, clock: FixedClock
) -> None:
    """A turn holds its contact and then takes the scheme; a decision refers to the scheme and then to the contact."""
    world = await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    await turns.take(text(1, "申请", "p"))
    case_id = await file_case(world)
    async with database.connect() as turn, database.connect() as decision:
        found = await load(turn, [text(2, "提交", "p")], clock.now())
        await decision.execute(
            insert(SchemeVersion).values(scheme_id=world.scheme_id, version=9, content={}, since=clock.now())
        )
        (person,) = found.values()
        application = Application("k", person.id, "apply", 1, answers(500, world.village))
        refer = insert(Submission).values(
            id=1, key="other", flow="apply", flow_version=1, contact_id=person.id, content={}, sent_at=clock.now()
        )
        async with asyncio.timeout(5):
            (outcome,), _ = await asyncio.gather(
                receive(turn, Journal(), [application], clock.now()), decision.execute(refer)
            )
    assert isinstance(outcome, Filed)
    assert outcome.case_id != case_id
