"""Whose card it is (G4): who else of the season has it, and whether the name on it is the head's. Found by keyed
indexes; no card is opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.finding import card_index
from intake.models import Case, Grant, Household, Need
from intake.procedure import State

GONE = (State.REFUSED, State.CUT, State.FINAL, State.WITHDRAWN)
"""Nothing goes to these households, so that a number mistyped by one of them holds up nobody."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """How many ``others`` of the season have the card, and whether it is known to bear ``another_name`` than the
    head's."""

    others: int = 0
    another_name: bool = False


def still_counts() -> ColumnElement[bool]:
    """Whether a case, joined with its need and perhaps its grant, is under way or paid."""
    return func.coalesce(Grant.state, Need.state).not_in([state.value for state in GONE])


async def card_facts(db: AsyncSession, cards: Mapping[int, tuple[Case, str]]) -> dict[int, CardFacts]:
    """What is known of cards, by case: where several cases of the call have one card, they count as each other's.

    Holds, until the transaction ends, whoever else would give or pay a card of these seasons: two households that are
    given one card at the same instant are seen by the second.
    """
    indexes = {case_id: card_index(card) for case_id, (_, card) in cards.items() if card}
    schemes = {case.scheme_id for case, _ in cards.values()}
    await lock_cards(db, schemes)
    known = {index for index in indexes.values() if index}
    rows = await db.execute(
        select(Household.card_index, Case.scheme_id, Case.id)
        .join(Case, Case.household_id == Household.id)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Household.card_index.in_(known), Case.scheme_id.in_(schemes), still_counts())
    )
    having: dict[tuple[bytes, int], set[int]] = {}
    for index, scheme_id, case_id in rows:
        if index is not None:
            having.setdefault((index, scheme_id), set()).add(case_id)
    for case_id, index in indexes.items():
        if index is not None:
            having.setdefault((index, cards[case_id][0].scheme_id), set()).add(case_id)
    named = await _other_names(db, cards)
    found = {}
    for case_id, (case, _) in cards.items():
        index = indexes.get(case_id)
        others = len(having[index, case.scheme_id] - {case_id}) if index else 0
        found[case_id] = CardFacts(others, named.get(case_id) == index and index is not None)
    return found


async def shared_cards(db: AsyncSession, scheme_id: int) -> dict[bytes, int]:
    """How many households of a season that are not out have each card, by its keyed index, of those that several
    have."""
    having = (
        select(Household.card_index, func.count())
        .join(Case, Case.household_id == Household.id)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, Household.card_index.is_not(None), still_counts())
        .group_by(Household.card_index)
        .having(func.count() > 1)
    )
    return {bytes(index): count for index, count in await db.execute(having) if index is not None}


async def _other_names(db: AsyncSession, case_ids: Collection[int]) -> dict[int, bytes | None]:
    """The cases whose card bears another name than the head's, with that card's index."""
    rows = await db.execute(
        select(Case.id, Household.card_index)
        .join(Household, Household.id == Case.household_id)
        .where(Case.id.in_(case_ids), Household.card_holder_index != Household.head_index)
    )
    return {row.id: row.card_index for row in rows}


async def lock_cards(db: AsyncSession, scheme_ids: Collection[int]) -> None:
    """Keep others from giving or paying cards of these seasons until the transaction ends."""
    if db.get_bind().dialect.name != "postgresql":
        return  # SQLite has one writer at a time
    for scheme_id in sorted(scheme_ids):
        await db.execute(select(func.pg_advisory_xact_lock(scheme_id)))
