"""Objections that citizens make by chat, to one line of a notice that hangs (L7, L8, G6)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.attachments import attach
from intake.citizens import Citizen
from intake.events import Event
from intake.giving_way import giving_way
from intake.models import Notice, Objection, Submission
from intake.moves import UNKNOWN, RefusedError, lock_cases
from intake.notices import open_objections, take_objection
from intake.open_season import CLOSED, is_closed
from intake.posted_lines import PostedLine, posted_lines
from intake.procedure import Pass
from intake.rules import Refusal
from intake.unit import Unit
from store.ids import new_id

FLOW = "objection"
PER_DAY = 10
"""Objections of one contact in 24 hours: each holds up a household."""
MOST_TEXTS = 5
"""How often one objection may be written to, the first time counted."""

_CODE = re.compile(r"([0-9]{1,19})-([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody objects: ``answers`` with ``reason``, and ``name`` and ``phone`` for the township alone where they
    were left; ``media`` are the voices that came with it."""

    answers: Mapping[str, Any]
    version: int = 1
    media: Collection[int] = field(default=())


async def hanging(db: AsyncSession, village: str, now: datetime) -> list[tuple[Notice, list[PostedLine]]]:
    """The notices of a village that hang now, the one that ends first on top, with the lines that are public."""
    query = select(Notice).where(Notice.village == village, Notice.closes_at > now)
    notices = list(await db.scalars(query.order_by(Notice.closes_at, Notice.id)))
    lines = await posted_lines(db, notices)
    return [(notice, [line for line in lines[notice.id] if line.withdrawn_at is None]) for notice in notices]


def code_of(notice: Notice, line: PostedLine) -> str:
    """By which a line is picked; the case behind it is not named."""
    return f"{notice.id}-{line.place}"


async def object_by_chat(unit: Unit, contact_id: int, code: str, written: Written) -> tuple[Objection, bool]:
    """Take an objection to the line ``code``; whether it was added to one of the same contact that is still open.

    Raises:
        RefusedError: no such line (any more), or its days are over; enough was said already; the season is closed.
        BusyError: an official is at work on it.
    """
    notice, line = await _line(unit, code)
    async with giving_way(unit.db):
        await lock_cases(unit.db, Pass(notice.pass_), [line.case_id])
        own = [one for one in await open_objections(unit.db, line.case_id, notice.id) if one.contact_id == contact_id]
        if own and await is_closed(unit.db, notice.scheme_id):
            raise RefusedError({line.case_id: CLOSED})
        if own and unit.now < notice.closes_at:
            texts = await _add(unit, own[0], str(written.answers["reason"]))
            objection = own[0]
        else:
            await _check_day(unit, contact_id, line.case_id)
            reason, who, texts = str(written.answers["reason"]), Citizen(contact_id), 1
            objection = await take_objection(unit.db, unit.journal, who, unit.now, notice, line.case_id, reason)
        unit.db.add(_sent(unit, contact_id, objection, texts, written))
        await unit.db.flush()
        subject = f"objection:{objection.id}"
        await attach(await unit.db.connection(), contact_id, written.media, subject)
    return objection, bool(own)


async def _line(unit: Unit, code: str) -> tuple[Notice, PostedLine]:
    parts = _CODE.fullmatch(code)
    notice = await unit.db.get(Notice, int(parts[1])) if parts and int(parts[1]) < 2**63 else None
    if parts is None or notice is None:
        raise RefusedError({0: UNKNOWN})
    for line in (await posted_lines(unit.db, [notice]))[notice.id]:
        if line.place == int(parts[2]) and line.withdrawn_at is None:
            return notice, line
    raise RefusedError({0: UNKNOWN})


async def _add(unit: Unit, objection: Objection, text: str) -> int:
    keys = [_key(objection.id, number) for number in range(1, MOST_TEXTS + 1)]
    before = await unit.db.scalar(select(func.count()).where(Submission.key.in_(keys))) or 0
    if before >= MOST_TEXTS:
        raise RefusedError({objection.case_id: Refusal("L8", "refusal.objection.enough")})
    objection.text = f"{objection.text}\n{text}"
    actor = Citizen(objection.contact_id or 0).actor
    unit.journal.add(Event(unit.now, actor, "objection.added", f"objection:{objection.id}"))
    return before + 1


async def _check_day(unit: Unit, contact_id: int, case_id: int) -> None:
    query = select(func.count()).select_from(Objection)
    query = query.where(Objection.contact_id == contact_id, Objection.made_at > unit.now - timedelta(days=1))
    if (await unit.db.scalar(query) or 0) >= PER_DAY:
        raise RefusedError({case_id: Refusal("L8", "refusal.objection.many")})


def _sent(unit: Unit, contact_id: int, objection: Objection, number: int, written: Written) -> Submission:
    """What was sent, as it was sent: name and phone stand here alone."""
    return Submission(
        id=new_id(unit.now),
        key=_key(objection.id, number),
        flow=FLOW,
        flow_version=written.version,
        contact_id=contact_id,
        content={"answers": dict(written.answers)},
        sent_at=unit.now,
    )


def _key(objection_id: int, number: int) -> str:
    return f"{FLOW}:{objection_id}:{number}"


async def left_by(db: AsyncSession, objection: Objection) -> tuple[str, str]:
    """Name and phone (E.164) of who made an objection by chat, as left the last time; empty where they were not."""
    keys = [_key(objection.id, number) for number in range(1, MOST_TEXTS + 1)]
    name = phone = ""
    for sent in await db.scalars(select(Submission).where(Submission.key.in_(keys)).order_by(Submission.id)):
        answers = sent.content["answers"]
        name, phone = answers.get("name") or name, answers.get("phone") or phone
    return name, phone
