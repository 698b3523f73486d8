"""What the guards need to know of cases beside their rows: who decided before, whose relatives they are, and of those
that are paid their list and their card. One statement for each, however many cases move."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.card_facts import CardFacts, card_facts
from intake.models import Approval, Case, Grant, Need, PaymentLine, PaymentList, PaymentRelease, Relation
from intake.procedure import Pass
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Known:
    """The fields of :class:`intake.rules.Facts` that are read from other tables."""

    acted: frozenset[int]
    relatives: frozenset[int]
    released_on: date | None
    card_others: int
    card_another_name: bool


async def known_of(
    db: AsyncSession,
    pass_: Pass,
    cases: Mapping[int, Case],
    stages: Mapping[int, Need | Grant],
    paying: Mapping[int, str],
) -> dict[int, Known]:
    """What is known of each case; ``paying`` are the cards of those that are to be paid."""
    acted = await _acted(db, pass_, stages)
    kin = await _relatives(db, stages)
    released = await _released(db, paying) if paying else {}
    paid = {case_id: (cases[case_id], card) for case_id, card in paying.items() if case_id in cases}
    cards = await card_facts(db, paid) if paid else {}
    found = {}
    for case_id in cases:
        card, at = cards.get(case_id, CardFacts()), released.get(case_id)
        on = china_date(at) if at else None
        found[case_id] = Known(acted[case_id], kin[case_id], on, card.others, card.another_name)
    return found


async def _acted(db: AsyncSession, pass_: Pass, stages: Mapping[int, Need | Grant]) -> dict[int, frozenset[int]]:
    rows = await db.execute(
        select(Approval.case_id, Approval.revision, Approval.staff_id).where(
            Approval.case_id.in_(stages), Approval.pass_ == pass_.value, Approval.decides
        )
    )
    found: dict[int, set[int]] = {case_id: set() for case_id in stages}
    for case_id, revision, staff_id in rows:
        if stages[case_id].revision == revision:
            found[case_id].add(staff_id)
    return {case_id: frozenset(staff) for case_id, staff in found.items()}


async def _released(db: AsyncSession, case_ids: Collection[int]) -> dict[int, datetime]:
    """When the second person released the list on which each of these cases waits (G4)."""
    query = (
        select(PaymentLine.case_id, PaymentRelease.at)
        .join(PaymentList, PaymentList.id == PaymentLine.list_id)
        .join(PaymentRelease, PaymentRelease.list_id == PaymentList.id)
        .where(
            PaymentLine.case_id.in_(case_ids),
            PaymentLine.outcome == "waiting",
            PaymentList.state.in_(("released", "sent")),
            PaymentRelease.nth == 2,
        )
    )
    return {row.case_id: row.at for row in await db.execute(query)}


async def _relatives(db: AsyncSession, case_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The officials who declared themselves relatives (L12), by case."""
    rows = await db.execute(
        select(Relation.case_id, Relation.staff_id).where(
            Relation.case_id.in_(case_ids), Relation.staff_id.is_not(None)
        )
    )
    found: dict[int, set[int]] = {case_id: set() for case_id in case_ids}
    for case_id, staff_id in rows:
        if staff_id is not None:
            found[case_id].add(staff_id)
    return {case_id: frozenset(staff) for case_id, staff in found.items()}
