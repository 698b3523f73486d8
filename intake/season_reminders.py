"""Reminding officials of the season's calendar (L11) in their bound chat accounts: at most once a day each, by day, and
only of what misses households and is theirs. Called by the clock."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.events import Event, Letter
from intake.handed_in import STEPS as HANDED_IN
from intake.models import Contact, Staff
from intake.procedure import Role
from intake.reads.fund_requests import stands
from intake.reads.season_counts import season_counts
from intake.reads.seasons import current_scheme
from intake.season_calendar import Due, Standing, Step, added, agenda, urgent
from intake.season_done import done_steps
from intake.unit import Units
from store.clock import CHINA, china_date

BY_DAY = (time(8), time(21))
"""When officials are told something (local time)."""
AT_ONCE = 50
"""How many officials are looked at in one run; the next minute goes on."""
LONGEST = timedelta(days=30)
"""How long after the season's last day nobody is reminded of it any more."""
STEPS: Mapping[Role, frozenset[Step]] = {
    Role.VILLAGE: frozenset({Step.SURVEY, Step.PAY}),
    Role.TOWNSHIP: frozenset({Step.SURVEY, Step.REQUEST, Step.PAY, Step.ARCHIVE, Step.STATISTICS}),
    Role.COUNTY: frozenset({Step.REQUEST, Step.PAY, Step.ARCHIVE, Step.STATISTICS}),
}
"""Whose steps are whose."""
AFTERWARDS = frozenset(HANDED_IN)
"""What is still to be done when the season is closed: nothing in it moves any more."""


async def remind_officials(units: Units) -> int:
    """Remind those who were not looked at today; how many had something to hear."""
    local = units.clock.now().astimezone(CHINA)
    if not BY_DAY[0] <= local.time() < BY_DAY[1]:
        return 0
    async with units.begin() as unit:
        today, count = china_date(unit.now), 0
        for staff in await _unheard(unit.db, today):
            staff.reminded_on = today
            official = Official.of(staff)
            due = await _due(unit.db, official, today)
            if due:
                letter = await _letter(unit.db, official, due, unit.now)
                data = {"step": due[0].step.value, "steps": len(due)}
                unit.journal.add(Event(unit.now, "clock", "calendar.reminded", f"staff:{staff.id}", data, (letter,)))
                count += 1
        await unit.db.flush()
    return count


async def _unheard(db: AsyncSession, today: date) -> list[Staff]:
    """Officials with a chat account that may be reminded, who were not looked at today; locked, passing over those
    whom another process has."""
    bound = exists().where(Contact.staff_id == Staff.id, ~Contact.muted)
    query = (
        select(Staff)
        .where(
            Staff.active,
            Staff.role.in_([role.value for role in STEPS]),
            or_(Staff.reminded_on.is_(None), Staff.reminded_on < today),
            bound,
        )
        .order_by(Staff.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return list(await db.scalars(query))


async def _due(db: AsyncSession, official: Official, today: date) -> list[Due]:
    """What is urgent for an official, the overdue first."""
    scheme = await current_scheme(db, official)
    if scheme is None:
        return []
    counts = added([one.counts for one in await season_counts(db, official, scheme[0].id)])
    done = await done_steps(db, official, scheme[0].id, await stands(db, official, scheme[0].id))
    whole = agenda(scheme[0].season, scheme[1], today, counts, done)
    if today > whole[-1].last_day + LONGEST:
        return []
    theirs = STEPS[official.role] if scheme[0].closed_at is None else STEPS[official.role] & AFTERWARDS
    mine = [due for due in urgent(whole) if due.step in theirs]
    return sorted(mine, key=lambda due: (due.standing is not Standing.OVERDUE, due.last_day))


async def _letter(db: AsyncSession, official: Official, due: list[Due], now: datetime) -> Letter:
    """The digest, to the account that was bound last: the step to look at first, and how many are overdue."""
    bound = select(func.max(Contact.id)).where(Contact.staff_id == official.id, ~Contact.muted)
    contact_id = (await db.scalars(bound)).one()
    first, overdue = due[0], sum(one.standing is Standing.OVERDUE for one in due)
    params = {
        "step_key": f"calendar.step.{first.step.value}",
        "due_on": first.last_day.isoformat(),
        "n": first.missing,
        "count": overdue,
    }
    template = "message.calendar.overdue" if overdue else "message.calendar.soon"
    return Letter(contact_id, f"calendar:{official.id}:{china_date(now).isoformat()}", template, params)
