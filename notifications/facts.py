"""The facts that messages of one transaction need, loaded in a handful of statements whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event
from intake.models import Approval, Grant, Notice, Payment, Scheme, SchemeVersion
from intake.reads.applicants import applicants
from intake.scheme import SchemeContent
from notifications.templates import AMOUNT, CLOSES_AT, PAYMENT, REASON, Template

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A move of a case that is told: its event and the template that tells it."""

    event: Event
    template: Template

    @property
    def case_id(self) -> int:
        """The case that moved."""
        return self.event.subject_id


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told, on which channel, and the fields of the text (money in fen, dates as ISO text)."""

    contact_id: int
    channel: str
    params: Params


async def load(connection: AsyncConnection, steps: Sequence[Step], events: Sequence[Event]) -> list[Told]:
    """One :class:`Told` for each step, in their order. ``events`` are all of the transaction: a notice's end is found
    through the event of its opening."""
    extra: defaultdict[int, Params] = defaultdict(dict)
    wanted: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        for need in step.template.needs:
            wanted[need].append(step)
    if wanted[AMOUNT]:
        await _amounts(connection, _cases(wanted[AMOUNT]), extra)
    if wanted[PAYMENT]:
        await _payments(connection, _cases(wanted[PAYMENT]), extra)
    if wanted[CLOSES_AT]:
        await _notice_ends(connection, events, extra)
    reasons = await _reasons(connection, wanted[REASON])
    common = await _common(connection, _cases(steps))
    told = []
    for step in steps:
        contact_id, channel, params = common[step.case_id]
        reason = reasons.get(step.event.data.get("approval"), {}) if REASON in step.template.needs else {}
        told.append(Told(contact_id, channel, params | extra[step.case_id] | reason))
    return told


def _cases(steps: Sequence[Step]) -> set[int]:
    return {step.case_id for step in steps}


async def _common(connection: AsyncConnection, cases: set[int]) -> dict[int, tuple[int, str, Params]]:
    found = await applicants(connection, cases)
    schemes = await _schemes(connection, {one.scheme_id for one in found.values()})
    return {
        case_id: (one.contact_id, one.channel, {**one.params, **schemes[one.scheme_id]})
        for case_id, one in found.items()
    }


async def _schemes(connection: AsyncConnection, schemes: set[int]) -> dict[int, Params]:
    query = select(SchemeVersion.scheme_id, SchemeVersion.content).join(
        Scheme, (Scheme.id == SchemeVersion.scheme_id) & (Scheme.version == SchemeVersion.version)
    )
    found: dict[int, Params] = {}
    for row in await connection.execute(query.where(Scheme.id.in_(schemes))):
        content = SchemeContent.from_json(row.content)
        found[row.scheme_id] = {
            "hotline": content.hotline,
            "phone": content.contact_phone,
            "days": content.notice_days,
            "appeal_days": content.appeal_days,
            "days_kind": content.notice_kind,
            "due_on": content.pay_before.isoformat(),
        }
    return found


async def _reasons(connection: AsyncConnection, steps: Sequence[Step]) -> Mapping[Any, Params]:
    approvals = [step.event.data["approval"] for step in steps]
    if not approvals:
        return {}
    rows = await connection.execute(select(Approval.id, Approval.reason).where(Approval.id.in_(approvals)))
    return {approval_id: {"reason": reason} for approval_id, reason in rows}


async def _amounts(connection: AsyncConnection, cases: set[int], extra: Mapping[int, Params]) -> None:
    query = select(Grant.case_id, Grant.tier, Grant.amount_fen).where(Grant.case_id.in_(cases))
    for case_id, tier, amount_fen in await connection.execute(query):
        extra[case_id].update(tier=tier, amount_fen=amount_fen)


async def _payments(connection: AsyncConnection, cases: set[int], extra: Mapping[int, Params]) -> None:
    query = select(Payment).where(Payment.case_id.in_(cases))
    for paid in await connection.execute(query):
        day = paid.paid_on.isoformat()
        extra[paid.case_id].update(amount_fen=paid.amount_fen, paid_on=day, card_end=paid.bank_card[-4:])


async def _notice_ends(connection: AsyncConnection, events: Sequence[Event], extra: Mapping[int, Params]) -> None:
    opened = {event.subject_id: event.data["cases"] for event in events if event.kind == "notice.opened"}
    for notice_id, closes_at in await connection.execute(
        select(Notice.id, Notice.closes_at).where(Notice.id.in_(opened))
    ):
        for case_id in opened[notice_id]:
            extra[case_id]["closes_at"] = closes_at.isoformat()
