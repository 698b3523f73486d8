"""Who looks at a form, and the draft that they have begun, wherever they began it. Only reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answers.base import Given
from bot.channels.web_read import NAME
from bot.desks import DESKS
from bot.desks.base import Asker, Counter
from bot.flow import Flow, Question
from bot.flows import FLOWS
from bot.models import Claim, SessionRow
from bot.reply import Reply
from bot.session import Session
from bot.settling import next_open, settle
from bot.world import World
from intake.access import Official
from intake.events import Journal
from intake.models import Contact, Staff
from locales import HOME, texts
from store.clock import china_date
from store.database import Database

VILLAGE_DIGITS = 12
NOBODY = 0
"""The id of a contact that there is not yet."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A contact as it is stored: ``stamps`` say of each draft in which state it was read."""

    address: str
    contact_id: int = NOBODY
    language: str = HOME
    big_text: bool = False
    official: Official | None = None
    drafts: Mapping[str, Session] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """A flow as it lies before someone: their draft, or an empty one, and what its questions look at."""

    flow: Flow
    session: Session
    given: Given
    stamp: str = ""

    @property
    def begun(self) -> bool:
        """Whether there is a draft with an answer of the person's own."""
        return bool(self.stamp) and not self.session.fresh

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that have a page of their own."""
        return tuple(question for question in self.flow.visible(self.session.seen) if question.asked)

    @property
    def open(self) -> str:
        """The first question that is not answered, or the bookmark of the summary."""
        return next_open(self.flow, self.session.seen)


async def meet(database: Database, address: str, now: datetime) -> Visitor:
    """The contact of the web chat at ``address``; a stranger has nothing yet."""
    async with database.read() as db:
        contact = await db.scalar(select(Contact).where(Contact.channel == NAME, Contact.address == address))
        if contact is None:
            return Visitor(address)
        staff = await db.get(Staff, contact.staff_id) if contact.staff_id is not None else None
        rows = list(await db.scalars(select(SessionRow).where(SessionRow.contact_id == contact.id)))
    held = [row for row in rows if row.flow in FLOWS and _holds(row, now)]
    return Visitor(
        address,
        contact.id,
        contact.language,
        contact.big_text,
        Official.of(staff) if staff is not None and staff.active else None,
        {row.flow: Session.from_json(row.flow, row.document) for row in held},
        {row.flow: f"{row.rev}.{row.updated_at.timestamp():.6f}" for row in held},
    )


async def lay(database: Database, world: World, visitor: Visitor, flow: Flow, now: datetime) -> Paper:
    """The form before its visitor, with what the host knows for it."""
    session = visitor.drafts.get(flow.name) or Session(flow.name, flow.version, "", fresh=True)
    place, division = flow.place(), visitor.official.division if visitor.official else None
    own = division if division and len(division) == VILLAGE_DIGITS and world.places.get(division) else None
    if flow.local and place and own and place.key not in session.answers:
        session = replace(session, answers={**session.answers, place.key: own})
    given = world.given(texts(visitor.language), china_date(now), session.answers.get("village"))
    learn = DESKS[flow.name].learn
    if learn is not None:
        asker = Asker(visitor.contact_id, NAME, visitor.language, visitor.official)
        async with database.read() as db:
            at = Counter(await db.connection(), Journal(), now)
            session = replace(session, facts=await learn(at, asker, session.answers, given))
    session = settle(flow, session, replace(given, facts=session.facts))
    given = replace(given, answers=session.answers, facts=session.facts)
    return Paper(flow, session, given, visitor.stamps.get(flow.name, ""))


async def find_reply(database: Database, message_id: str) -> Reply | None:
    """What was answered to a form of the web channel, while that is kept."""
    async with database.read() as db:
        replies = await db.scalar(select(Claim.replies).where(Claim.channel == NAME, Claim.message_id == message_id))
    return Reply.from_json(replies[0]) if replies else None


def _holds(row: SessionRow, now: datetime) -> bool:
    return now - row.updated_at <= timedelta(days=FLOWS[row.flow].keep_days)
