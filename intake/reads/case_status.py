"""Where one case stands, as its household is told: what was decided, since when, by when, and whom to ask."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Approval, Case, Division, Grant, Household, Need, Notice, NoticeCase, Payment
from intake.moves import scheme_of
from intake.procedure import BACK_TO_REVIEW, Action, Pass, State

_NOES = (Action.REFUSE_REVIEW, Action.CUT, Action.REFUSE)


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """One case. ``reason`` is why it was refused, cut or sent back, ``no`` which of these an official did;
    ``closes_at`` the end of the notice it is on. Money in fen; ``card_end`` the last four digits of the card."""

    number: str
    head: str
    village: str
    pass_: Pass
    state: State
    since: datetime
    no: Action | None
    reason: str
    closes_at: datetime | None
    notice_days: int
    pay_before: date
    tier: str | None
    amount_fen: int | None
    paid_on: date | None
    card_end: str
    hotline: str
    phone: str


async def case_status(db: AsyncSession, case_id: int) -> CaseStatus:
    """The status of a case. Whoever calls this has seen to it that the reader may know."""
    case = await db.get_one(Case, case_id)
    household = await db.get_one(Household, case.household_id)
    village = await db.get_one(Division, case.village)
    need, grant = await db.get_one(Need, case_id), await db.get(Grant, case_id)
    stage, pass_ = (grant, Pass.GRANT) if grant else (need, Pass.NEED)
    _scheme, scheme = await scheme_of(db, case.scheme_id)
    payment = await db.get(Payment, case_id)
    state = State(stage.state)
    no, reason = await _no(db, case_id, pass_, state, stage.revision)
    card = payment.bank_card if payment else household.bank_card or ""
    return CaseStatus(
        number=case.number,
        head=household.head,
        village=village.name,
        pass_=pass_,
        state=state,
        since=stage.changed_at,
        no=no,
        reason=reason,
        closes_at=await _notice_end(db, case_id, pass_),
        notice_days=scheme.notice_days,
        pay_before=scheme.pay_before,
        tier=grant.tier if grant else None,
        amount_fen=grant.amount_fen if grant else None,
        paid_on=payment.paid_on if payment else None,
        card_end=card[-4:],
        hotline=scheme.hotline,
        phone=scheme.contact_phone,
    )


async def _no(db: AsyncSession, case_id: int, pass_: Pass, state: State, revision: int) -> tuple[Action | None, str]:
    """The no that brought a case to where it stands, with its reason."""
    refused = state in (State.REFUSED, State.CUT)
    if not refused and state is not State.APPLIED:
        return None, ""
    actions = _NOES if refused else tuple(BACK_TO_REVIEW)
    row = (
        await db.execute(
            select(Approval.action, Approval.reason)
            .where(
                Approval.case_id == case_id,
                Approval.pass_ == pass_.value,
                Approval.revision == (revision if refused else revision - 1),
                Approval.action.in_([action.value for action in actions]),
            )
            .order_by(Approval.at.desc())
            .limit(1)
        )
    ).one_or_none()
    return (Action(row.action), row.reason) if row else (None, "")


async def _notice_end(db: AsyncSession, case_id: int, pass_: Pass) -> datetime | None:
    query = select(func.max(Notice.closes_at)).join(NoticeCase, NoticeCase.notice_id == Notice.id)
    return await db.scalar(query.where(NoticeCase.case_id == case_id, Notice.pass_ == pass_.value))
