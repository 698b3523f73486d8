"""One case whole: where it stands, its meetings, notices, payment and history; personal fields masked."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake import id_number, phone
from intake.access import Official, access_one
from intake.card_numbers import mask_card
from intake.imports.kinds import CHANNEL
from intake.models import Appeal, Case, Contact, Division, Grant, Household, Need, Notice, NoticeCase, Payment, Staff
from intake.nominations import Nominator
from intake.procedure import Pass, Role, State
from intake.reads.handouts import goods_of
from intake.reads.history import Step, history
from intake.reads.meetings import Met, meetings
from intake.reads.relatives import Relative, relatives


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case stands in one pass. Money in fen."""

    pass_: Pass
    state: State
    revision: int
    changed_at: datetime
    tier: str | None = None
    amount_fen: int | None = None
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal in one pass."""

    pass_: Pass
    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of a case that officials of its area see; personal fields masked. Money in fen."""

    case: Case
    village_name: str
    head: str
    id_masked: str
    phone_masked: str
    card_masked: str
    nominator: Nominator | None
    """Who applied for the household; their phone masked."""
    typed_by: str
    """The official who copied the application from paper, and is no nominator; empty for any other."""
    lent: bool
    """Whether the phone is the nominator's, because the household has none."""
    stages: tuple[Stage, ...]
    meetings: tuple[Met, ...]
    notices: tuple[tuple[int, Pass, datetime], ...]
    payment: tuple[int, date] | None
    goods: str
    """What it was given, in short."""
    appeals: tuple[Appealed, ...]
    """What the household said against a no; for those who settle it or look, not for the village it may be about."""
    history: tuple[Step, ...]
    relatives: tuple[Relative, ...] = ()


async def dossier(db: AsyncSession, official: Official, case_id: int) -> Dossier:
    """Everything of one case.

    Raises:
        OutOfAreaError: no such case in the official's area.
    """
    case = await access_one(db, official, Case, case_id)
    household = await db.get_one(Household, case.household_id)
    village = await db.get_one(Division, case.village)
    notices = await db.execute(
        select(Notice.id, Notice.pass_, Notice.opens_at)
        .join(NoticeCase, NoticeCase.notice_id == Notice.id)
        .where(NoticeCase.case_id == case_id)
        .order_by(Notice.opens_at)
    )
    payment = await db.get(Payment, case_id)
    nominator = Nominator.from_json(case.nominator) if case.nominator else None
    return Dossier(
        case=case,
        village_name=village.name,
        head=household.head,
        id_masked=id_number.mask(household.id_number),
        phone_masked=phone.mask(household.phone),
        card_masked=mask_card(household.bank_card),
        nominator=replace(nominator, phone=phone.mask(nominator.phone) if nominator.phone else "")
        if nominator
        else None,
        typed_by=await _typed_by(db, case.contact_id) if nominator is None else "",
        lent=nominator is not None and nominator.phone == household.phone,
        stages=await _stages(db, case_id),
        meetings=await meetings(db, case_id),
        notices=tuple((row.id, Pass(row.pass_), row.opens_at) for row in notices),
        payment=(payment.amount_fen, payment.paid_on) if payment else None,
        goods=(await goods_of(db, [case_id])).get(case_id, ""),
        appeals=() if official.role is Role.VILLAGE else await _appeals(db, case_id),
        history=await history(db, case_id),
        relatives=(await relatives(db, [case_id])).get(case_id, ()),
    )


async def _typed_by(db: AsyncSession, contact_id: int) -> str:
    contact = await db.get_one(Contact, contact_id)
    if contact.channel != CHANNEL:
        return ""
    staff = await db.get(Staff, int(contact.address.partition(":")[2]))
    return staff.name if staff else ""


async def _appeals(db: AsyncSession, case_id: int) -> tuple[Appealed, ...]:
    rows = await db.scalars(select(Appeal).where(Appeal.case_id == case_id).order_by(Appeal.made_at))
    return tuple(Appealed(Pass(row.pass_), row.text, row.made_at) for row in rows)


async def _stages(db: AsyncSession, case_id: int) -> tuple[Stage, ...]:
    stages = []
    need, grant = await db.get(Need, case_id), await db.get(Grant, case_id)
    if need is not None:
        stages.append(Stage(Pass.NEED, State(need.state), need.revision, need.changed_at))
    if grant is not None:
        money = (grant.tier, grant.amount_fen, grant.statement or "")
        stages.append(Stage(Pass.GRANT, State(grant.state), grant.revision, grant.changed_at, *money))
    return tuple(stages)
