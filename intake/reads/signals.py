"""The signals of an official's area (G4, L12): found over ids and keyed indexes alone; only the households that a page
shows are looked up, masked. A constant number of statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake import phone
from intake.access import Official, within
from intake.card_facts import GONE, still_counts
from intake.card_numbers import mask_card
from intake.models import Case, Division, Grant, Household, Need
from intake.nominations import OWN, Nominator
from intake.procedure import Pass, State
from intake.signals.find import MANY, Seen, Signal, find

MOST = 10
"""Households of one signal that are shown; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Party:
    """A household of a signal, masked. ``holder`` is the name said to be on the card, without all but its first
    character; ``lender`` is who nominated it, where the phone is theirs."""

    case_id: int
    number: str
    head: str
    village_name: str
    pass_: Pass
    state: State
    card_masked: str
    phone_masked: str
    holder: str
    lender: Nominator | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A signal with the households of it that are shown. ``more`` of the area are not; ``elsewhere`` lie outside it."""

    signal: Signal
    parties: tuple[Party, ...]
    more: int

    @property
    def lender(self) -> Nominator | None:
        """Whose phone it is, where it is a nominator's."""
        return next((one.lender for one in self.parties if one.lender), None)


async def signals_in(db: AsyncSession, official: Official, scheme_id: int) -> list[Signal]:
    """All signals of the official's area in one season."""
    with_state = _counted(Household.card_index, scheme_id, 2)
    with_state = with_state.join(Need, Need.case_id == Case.id).outerjoin(Grant, Grant.case_id == Case.id)
    cards = with_state.where(still_counts()).subquery()
    phones = _counted(Household.phone_index, scheme_id, MANY).subquery()
    card, telephone, other = cards.c.households, phones.c.households, _other_name()
    query = (
        select(
            Case.id, Case.village, cards.c.index_.label("card"), card, Household.phone_index, telephone, other, _alive()
        )
        .join(Household, Household.id == Case.household_id)
        .outerjoin(cards, cards.c.index_ == Household.card_index)
        .outerjoin(phones, phones.c.index_ == Household.phone_index)
        .where(
            Case.scheme_id == scheme_id,
            within(official, Case.village),
            or_(card.is_not(None), telephone.is_not(None), other),
        )
    )
    return find(_seen(row) for row in (await db.execute(query)).all())


async def signals_of(db: AsyncSession, official: Official, case_ids: Collection[int]) -> list[Signal]:
    """The signals of a few cases of the official's area; each says how many households it is about."""
    return find(await _few(db, official, [Case.id.in_(case_ids)])) if case_ids else []


async def signals_around(db: AsyncSession, official: Official, case: Case) -> list[Shown]:
    """The signals of one case with the other households of the area that they are about."""
    own = select(Household.card_index, Household.phone_index).where(Household.id == case.household_id)
    mine = (await db.execute(own)).one()
    same = [Case.id == case.id]
    same += [Household.card_index == mine.card_index] if mine.card_index else []
    same += [Household.phone_index == mine.phone_index] if mine.phone_index else []
    around = await _few(db, official, [Case.scheme_id == case.scheme_id, or_(*same)])
    return await shown(db, official, [one for one in find(around) if case.id in one.case_ids], first=case.id)


async def shown(db: AsyncSession, official: Official, signals: Iterable[Signal], first: int = 0) -> list[Shown]:
    """The signals with their households, masked; the case ``first`` before the others."""
    chosen = [(one, sorted(one.case_ids, key=lambda key: (key != first, key))[:MOST]) for one in signals]
    parties = await _parties(db, official, {case_id for _, ids in chosen for case_id in ids})
    return [
        Shown(one, tuple(parties[key] for key in ids if key in parties), len(one.case_ids) - len(ids))
        for one, ids in chosen
    ]


def _counted(index: Any, scheme_id: int, least: int) -> Select[Any]:
    """Keyed indexes that ``least`` or more households of a season have, and how many they are."""
    households = func.count().label("households")
    return (
        select(index.label("index_"), households)
        .join(Case, Case.household_id == Household.id)
        .where(Case.scheme_id == scheme_id, index.is_not(None))
        .group_by(index)
        .having(households >= least)
    )


def _other_name() -> Any:
    return func.coalesce(Household.card_holder_index != Household.head_index, False).label("other_name")


def _alive() -> Any:
    """Looked up for the rows that are left alone: most are not."""
    stands = select(still_counts()).select_from(Need).outerjoin(Grant, Grant.case_id == Need.case_id)
    return stands.where(Need.case_id == Case.id).correlate(Case).scalar_subquery().label("alive")


async def _few(db: AsyncSession, official: Official, which: Collection[Any]) -> list[Seen]:
    """A few cases, each with how many of its season have its card, and its phone."""
    # The season is compared as a sum, so that no index serves it: few have a card yet, all those without look alike to
    # SQLite's statistics, and it would walk through the whole season for each case.
    other, their_case, need, grant = aliased(Household), aliased(Case), aliased(Need), aliased(Grant)
    same = (
        select(func.count())
        .select_from(other)
        .join(their_case, their_case.household_id == other.id)
        .where(their_case.scheme_id + 0 == Case.scheme_id)
    )
    alive = func.coalesce(grant.state, need.state).not_in([state.value for state in GONE])
    cards = (
        same.join(need, need.case_id == their_case.id)
        .outerjoin(grant, grant.case_id == their_case.id)
        .where(other.card_index == Household.card_index, alive)
    )
    phones = same.where(other.phone_index == Household.phone_index)
    query = (
        select(
            Case.id,
            Case.village,
            Household.card_index.label("card"),
            cards.correlate(Household, Case).scalar_subquery(),
            Household.phone_index,
            phones.correlate(Household, Case).scalar_subquery(),
            _other_name(),
            _alive(),
        )
        .join(Household, Household.id == Case.household_id)
        .where(within(official, Case.village), *which)
    )
    return [_seen(row) for row in (await db.execute(query)).all()]


def _seen(row: Any) -> Seen:
    case_id, village, card, with_card, telephone, with_phone, other_name, alive = row
    return Seen(
        case_id,
        village,
        card if alive else None,
        with_card or 0,
        telephone,
        with_phone or 0,
        bool(other_name) and bool(alive),
    )


async def _parties(db: AsyncSession, official: Official, case_ids: Collection[int]) -> dict[int, Party]:
    rows = await db.execute(
        select(
            Case.id,
            Case.number,
            Case.nominator,
            Household.head,
            Household.phone,
            Household.bank_card,
            Household.card_holder,
            Division.name,
            Need.state.label("need"),
            Grant.state.label("granted"),
        )
        .join(Household, Household.id == Case.household_id)
        .join(Division, Division.code == Case.village)
        .join(Need, Need.case_id == Case.id)
        .outerjoin(Grant, Grant.case_id == Case.id)
        .where(Case.id.in_(case_ids), within(official, Case.village))
    )
    return {row.id: _party(row) for row in rows}


def _party(row: Any) -> Party:
    nominator = Nominator.from_json(row.nominator) if row.nominator else None
    lent = nominator is not None and nominator.relation != OWN and nominator.phone == row.phone
    pass_, state = (Pass.GRANT, row.granted) if row.granted else (Pass.NEED, row.need)
    return Party(
        row.id,
        row.number,
        row.head,
        row.name,
        pass_,
        State(state),
        mask_card(row.bank_card),
        phone.mask(row.phone),
        f"{row.card_holder[:1]}**" if row.card_holder else "",
        nominator if lent else None,
    )
