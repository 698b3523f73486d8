"""What the talks forget: answers to old messages, and drafts that nobody came back to."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows import FLOWS
from bot.inbound import IMPORTS
from bot.models import Claim, SessionRow, StepCount
from bot.tally import ADD, WHAT
from store.clock import china_date
from store.database import Database

CLAIMS_KEPT = timedelta(hours=72)
"""No channel delivers a message again after so long (WeChat 15 seconds, Telegram 24 hours)."""
IMPORTS_KEPT = timedelta(days=400)
"""A file of a season may be imported again until the next one is over."""


COUNTS_APART = timedelta(days=2)
"""How long the counts of each process stay rows of their own."""
TOGETHER = "all"


async def forget(database: Database, now: datetime) -> None:
    """Delete claims and drafts that are past their time, and add up what processes counted on days that are over;
    called by the clock."""
    async with database.connect() as connection:
        await _add_up(connection, china_date(now - COUNTS_APART))
        for among, kept in ((Claim.channel != IMPORTS, CLAIMS_KEPT), (Claim.channel == IMPORTS, IMPORTS_KEPT)):
            await connection.execute(delete(Claim).where(among, Claim.taken_at < now - kept))
        for flow in FLOWS.values():
            before = now - timedelta(days=flow.keep_days)
            await connection.execute(
                delete(SessionRow).where(SessionRow.flow == flow.name, SessionRow.updated_at < before)
            )


async def _add_up(connection: AsyncConnection, day: date) -> None:
    """One row for each question and day up to ``day``, instead of one for each process."""
    past = (StepCount.day <= day) & (StepCount.slot != TOGETHER)
    if await connection.scalar(select(StepCount.slot).where(past).limit(1)) is None:
        return
    keys = (StepCount.day, StepCount.flow, StepCount.question, StepCount.channel, StepCount.language)
    sums = [func.sum(getattr(StepCount, what)).label(what) for what in WHAT]
    rows = (await connection.execute(select(*keys, *sums).where(past).group_by(*keys))).all()
    await connection.execute(delete(StepCount).where(past))
    statement = ADD[connection.dialect.name]
    await connection.execute(statement, [{**row._mapping, "slot": TOGETHER} for row in rows])
