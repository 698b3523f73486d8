"""Referrals to other services: opened by a visit or for someone found in need, ended with an answer, passed on along
the chain of X3 (temporary relief, subsistence allowance, destitute support)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one
from intake.events import Event, Letter
from intake.models import Discovery, Referral, Visit
from intake.referral_codes import ANSWERERS, MEET_WITHIN, NEXT, SERVICES, URGENT_WITHIN, ReferralState
from intake.unit import Unit
from store.clock import china_date
from store.ids import new_id


class OvertakenError(Exception):
    """Somebody did something with it since the page was made."""


class NotTheirsError(PermissionError):
    """Another office answers for this service."""


async def open_referrals(
    unit: Unit, actor: str, source: str, village: str, services: Collection[str], *, urgent: bool
) -> tuple[str, ...]:
    """Open a referral for each service that has none open from this ``source`` (``visit:5``); the services that were
    opened. The caller holds the source, so that nobody opens the same ones beside it."""
    there = set(
        await unit.db.scalars(
            select(Referral.service).where(Referral.source == source, Referral.state == ReferralState.OPEN.value)
        )
    )
    wanted = tuple(service for service in SERVICES if service in services and service not in there)
    due_at = unit.now + (URGENT_WITHIN if urgent else MEET_WITHIN)
    ids = sorted(new_id(unit.now) for _ in wanted)  # of one instant they are random: sorted, they keep the order
    for referral_id, service in zip(ids, wanted, strict=True):
        _open(unit, actor, source, village, service, due_at, referral_id)
    return wanted


async def end_referral(unit: Unit, official: Official, referral_id: int, answer: str, *, done: bool) -> None:
    """End a referral with an answer, as done or as refused; who asked for it is told.

    Raises:
        OutOfAreaError: no such referral in the official's area.
        NotTheirsError: another office answers for this service.
        OvertakenError: it was ended meanwhile.
    """
    referral = await _theirs(unit, official, referral_id)
    if referral.state != ReferralState.OPEN.value:
        raise OvertakenError
    await _end(unit, official, referral, ReferralState.DONE if done else ReferralState.REFUSED, answer)


async def pass_on(unit: Unit, official: Official, referral_id: int, answer: str) -> int:
    """Pass someone who is still in hardship on to the next service of the chain (X3): the new referral's id. One that
    is open ends as done, with ``answer``.

    Raises:
        OutOfAreaError: no such referral in the official's area.
        NotTheirsError: another office answers for this service, or the chain ends here.
        OvertakenError: it was passed on already, or is open and ``answer`` is empty.
    """
    referral = await _theirs(unit, official, referral_id)
    source, service = f"referral:{referral.id}", NEXT.get(referral.service)
    if service is None:
        raise NotTheirsError
    is_open = referral.state == ReferralState.OPEN.value
    passed_on = await unit.db.scalar(select(Referral.id).where(Referral.source == source)) is not None
    if passed_on or (is_open and not answer):
        raise OvertakenError
    if is_open:
        await _end(unit, official, referral, ReferralState.DONE, answer)
    following = new_id(unit.now)
    _open(unit, official.actor, source, referral.village, service, unit.now + MEET_WITHIN, following)
    return following


async def origin(db: AsyncSession, source: str) -> Visit | Discovery | None:
    """The visit or the discovery that a referral began with, back along the chain."""
    for _ in range(len(NEXT) + 1):
        kind, _, number = source.partition(":")
        match kind:
            case "visit":
                return await db.get(Visit, int(number))
            case "discovery":
                return await db.get(Discovery, int(number))
        source = await db.scalar(select(Referral.source).where(Referral.id == int(number))) or ""
    return None


async def _theirs(unit: Unit, official: Official, referral_id: int) -> Referral:
    referral = await access_one(unit.db, official, Referral, referral_id, lock=True)
    if official.role not in ANSWERERS[referral.service]:
        raise NotTheirsError
    return referral


def _open(unit: Unit, actor: str, source: str, village: str, service: str, due_at: datetime, referral_id: int) -> None:
    unit.db.add(
        Referral(
            id=referral_id,
            source=source,
            village=village,
            service=service,
            state=ReferralState.OPEN.value,
            opened_at=unit.now,
            due_at=due_at,
        )
    )
    data = {"service": service, "source": source, "village": village}
    unit.journal.add(Event(unit.now, actor, "referral.opened", f"referral:{referral_id}", data))


async def _end(unit: Unit, official: Official, referral: Referral, state: ReferralState, answer: str) -> None:
    referral.state, referral.answer = state.value, answer
    referral.ended_at, referral.ended_by = unit.now, official.id
    begun = await origin(unit.db, referral.source)
    letters: tuple[Letter, ...] = ()
    if begun is not None:
        # In general words alone: the screen may be another's, and the answer speaks of the person in need.
        told = {"told_on": china_date(referral.opened_at).isoformat(), "service_key": f"service.{referral.service}"}
        letters = (Letter(begun.contact_id, f"referral.ended:{referral.id}", f"referral.letter.{state.value}", told),)
    data = {"service": referral.service, "state": state.value}
    unit.journal.add(Event(unit.now, official.actor, "referral.ended", f"referral:{referral.id}", data, letters))
