"""Reminding people of the forms that they left half filled; called by the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows import FLOWS
from bot.models import SessionRow
from bot.reminding import AFTER, reminder, waking
from bot.session import Session
from bot.world import World
from intake.events import Event, Letter
from intake.models import Contact
from intake.unit import Units
from store.clock import china_date

AT_ONCE = 200
"""How many are reminded in one run: a crowd that answers at once floods those who help."""
OLDEST = timedelta(days=4)
"""Nobody is reminded of what lay longer."""
EARLIEST = timedelta(hours=16)
"""How much before its time a second reminder may come, where a night or a window's end is in the way."""
_ALL = len(AFTER)


async def remind(units: Units, world: World) -> int:
    """Remind those for whom it is time; how many were."""
    if not waking(units.clock.now()):
        return 0
    async with units.begin() as unit:
        rows = await _left(unit.db, unit.now)
        count = 0
        for row in rows:
            session = Session.from_json(row.flow, row.document)
            sent = reminder(row.updated_at, row.reminded, row.channel, unit.now)
            if sent == row.reminded:
                continue
            never = session.fresh or sent is None
            mark = _ALL if never else sent
            await unit.db.execute(
                update(SessionRow)
                .where(SessionRow.contact_id == row.contact_id, SessionRow.flow == row.flow)
                .values(reminded=mark)
            )
            if sent is not None and not never:
                letter = _letter(row, sent, session, world)
                subject = f"contact:{row.contact_id}"
                unit.journal.add(Event(unit.now, "clock", "draft.reminded", subject, {"flow": row.flow}, (letter,)))
                count += 1
        return count


async def _left(db: AsyncSession, now: datetime) -> Sequence[Any]:
    """Drafts of people who are still inside their flow and may be reminded, their contacts locked as everywhere."""
    candidates = (
        select(Contact.id)
        .join(SessionRow, (SessionRow.contact_id == Contact.id) & (SessionRow.flow == Contact.flow))
        .where(
            ~Contact.muted,
            or_(
                and_(SessionRow.reminded == 0, SessionRow.updated_at <= now - AFTER[0]),
                and_(SessionRow.reminded == 1, SessionRow.updated_at <= now - AFTER[1] + EARLIEST),
            ),
            SessionRow.flow.in_([flow.name for flow in FLOWS.values() if flow.review]),
            SessionRow.updated_at > now - OLDEST,
        )
        .order_by(SessionRow.updated_at)
        .limit(AT_ONCE)
    )
    contacts = list(await db.scalars(candidates))
    if not contacts:
        return ()
    locked = select(Contact.id).where(Contact.id.in_(contacts)).order_by(Contact.id).with_for_update(key_share=True)
    await db.execute(locked)
    query = (
        select(
            SessionRow.contact_id,
            SessionRow.flow,
            SessionRow.document,
            SessionRow.updated_at,
            SessionRow.reminded,
            Contact.channel,
        )
        .join(Contact, (Contact.id == SessionRow.contact_id) & (Contact.flow == SessionRow.flow))
        .where(SessionRow.contact_id.in_(contacts), SessionRow.reminded < _ALL, ~Contact.muted)
        .order_by(SessionRow.contact_id)
    )
    return (await db.execute(query)).all()


def _letter(row: Any, sent: int, session: Session, world: World) -> Letter:
    county = world.counties.get(str(session.answers.get("village", ""))[:6])
    last_day = china_date(row.updated_at) + timedelta(days=FLOWS[row.flow].keep_days)
    params = {
        "what_key": f"home.{row.flow}",
        "kept_on": last_day.isoformat(),
        "person": county.person if county else world.person,
        "hotline": county.hotline if county else world.hotline,
    }
    template = "message.reminder.last" if sent == _ALL else "message.reminder.first"
    return Letter(
        row.contact_id, f"draft:{row.contact_id}:{row.flow}:{int(row.updated_at.timestamp())}:{sent}", template, params
    )
