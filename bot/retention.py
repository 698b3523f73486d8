"""What the talks forget: answers to old messages, and drafts that nobody came back to."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.flows import FLOWS
from bot.models import Claim, SessionRow
from store.database import Database

CLAIMS_KEPT = timedelta(hours=72)
"""No channel delivers a message again after so long (WeChat 15 seconds, Telegram 24 hours)."""


async def forget(database: Database, now: datetime) -> None:
    """Delete claims and drafts that are past their time; called by the clock."""
    async with database.connect() as connection:
        await connection.execute(delete(Claim).where(Claim.taken_at < now - CLAIMS_KEPT))
        for flow in FLOWS.values():
            before = now - timedelta(days=flow.keep_days)
            await connection.execute(
                delete(SessionRow).where(SessionRow.flow == flow.name, SessionRow.updated_at < before)
            )
