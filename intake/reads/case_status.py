"""Where cases stand, as their households are told: what was decided, since when, by when, and whom to ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import (
    Approval,
    Case,
    Division,
    Grant,
    Household,
    Need,
    Notice,
    NoticeCase,
    Payment,
    Scheme,
    SchemeVersion,
)
from intake.procedure import BACK_TO_REVIEW, REFUSALS, Action, Pass, State
from intake.scheme import SchemeContent

_SAID = {
    State.APPLIED: tuple(BACK_TO_REVIEW),
    **dict.fromkeys((State.INCOMPLETE, State.ASKED_VILLAGE, State.ASKED_TOWNSHIP), (Action.ASK,)),
    **dict.fromkeys(REFUSALS, (Action.REFUSE_REVIEW, Action.CUT, Action.REFUSE)),
    State.FINAL: (Action.REJECT_APPEAL,),
}
"""In which states an official has said why a case stands there, and with which actions."""


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """One case. ``reason`` is why it was refused, cut, sent back or asked for more, ``no`` which of these an official
    did; ``closes_at`` the end of the notice it is on. Money in fen; ``card_end`` the last four digits of the card."""

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
    notice_kind: str
    pay_before: date
    tier: str | None
    amount_fen: int | None
    paid_on: date | None
    card_end: str
    hotline: str
    appeal_days: int
    phone: str


_STANDING = (
    select(
        Case.id,
        Case.number,
        Case.scheme_id,
        Household.head,
        Division.name.label("village"),
        Need.state.label("need"),
        Need.revision.label("need_revision"),
        Need.changed_at.label("need_since"),
        Grant.state.label("grant"),
        Grant.revision.label("grant_revision"),
        Grant.changed_at.label("grant_since"),
        Grant.tier,
        Grant.amount_fen,
        Payment.paid_on,
        Payment.bank_card.label("paid_card"),
        Household.bank_card,
        SchemeVersion.content,
    )
    .join(Household, Household.id == Case.household_id)
    .join(Division, Division.code == Case.village)
    .join(Need, Need.case_id == Case.id)
    .outerjoin(Grant, Grant.case_id == Case.id)
    .outerjoin(Payment, Payment.case_id == Case.id)
    .join(Scheme, Scheme.id == Case.scheme_id)
    .join(SchemeVersion, (SchemeVersion.scheme_id == Scheme.id) & (SchemeVersion.version == Scheme.version))
)


async def case_status(connection: AsyncConnection, case_ids: Collection[int]) -> dict[int, CaseStatus]:
    """The status of cases, by their id. Whoever calls this has seen to it that the reader may know."""
    rows = {row.id: row for row in await connection.execute(_STANDING.where(Case.id.in_(case_ids)))}
    stages = {key: _stage(row) for key, row in rows.items()}
    schemes = {row.scheme_id: row.content for row in rows.values()}
    contents = {key: SchemeContent.from_json(content) for key, content in schemes.items()}
    ends, noes = await _notice_ends(connection, case_ids), await _noes(connection, stages)
    found = {}
    for key, row in rows.items():
        stage, scheme = stages[key], contents[row.scheme_id]
        no, reason = noes.get(key, (None, ""))
        found[key] = CaseStatus(
            number=row.number,
            head=row.head,
            village=row.village,
            pass_=stage.pass_,
            state=stage.state,
            since=stage.since,
            no=no,
            reason=reason,
            closes_at=ends.get((key, stage.pass_)),
            notice_days=scheme.notice_days,
            notice_kind=scheme.notice_kind,
            pay_before=scheme.pay_before,
            tier=row.tier,
            amount_fen=row.amount_fen,
            paid_on=row.paid_on,
            card_end=(row.paid_card or row.bank_card or "")[-4:],
            hotline=scheme.hotline,
            appeal_days=scheme.appeal_days,
            phone=scheme.contact_phone,
        )
    return found


class _Stage(NamedTuple):
    pass_: Pass
    state: State
    revision: int
    since: datetime


def _stage(row: Row[*tuple[Any, ...]]) -> _Stage:
    """The pass that a case is in now."""
    if row.grant:
        return _Stage(Pass.GRANT, State(row.grant), row.grant_revision, row.grant_since)
    return _Stage(Pass.NEED, State(row.need), row.need_revision, row.need_since)


async def _noes(connection: AsyncConnection, stages: Mapping[int, _Stage]) -> dict[int, tuple[Action, str]]:
    """The no that brought a case to where it stands, with its reason."""
    wanted: dict[tuple[int, str, int], Collection[Action]] = {}
    for key, stage in stages.items():
        if stage.state is State.APPLIED and stage.revision > 1:
            wanted[(key, stage.pass_.value, stage.revision - 1)] = _SAID[State.APPLIED]
        elif stage.state is not State.APPLIED and stage.state in _SAID:
            wanted[(key, stage.pass_.value, stage.revision)] = _SAID[stage.state]
    if not wanted:
        return {}
    query = select(Approval.case_id, Approval.pass_, Approval.revision, Approval.action, Approval.reason).where(
        Approval.case_id.in_({key for key, _, _ in wanted}),
        Approval.action.in_({action.value for actions in _SAID.values() for action in actions}),
    )
    found: dict[int, tuple[Action, str]] = {}
    for key, pass_, revision, action, reason in await connection.execute(query.order_by(Approval.at)):
        if Action(action) in wanted.get((key, pass_, revision), ()):
            found[key] = (Action(action), reason)
    return found


async def _notice_ends(connection: AsyncConnection, case_ids: Collection[int]) -> dict[tuple[int, Pass], datetime]:
    query = select(NoticeCase.case_id, Notice.pass_, func.max(Notice.closes_at)).where(NoticeCase.case_id.in_(case_ids))
    query = query.join(Notice, Notice.id == NoticeCase.notice_id).group_by(NoticeCase.case_id, Notice.pass_)
    return {(key, Pass(pass_)): ends for key, pass_, ends in await connection.execute(query)}
