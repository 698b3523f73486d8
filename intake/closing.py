"""The end of a season (L10): the county closes it, and from then on nothing in it moves; or takes it up again."""

from collections.abc import Mapping

from sqlalchemy import select

from intake.access import Official
from intake.events import Event
from intake.models import Case, Grant, HandedIn, Need, Scheme, SeasonAct
from intake.open_season import hold_season
from intake.procedure import Role
from intake.reads.open_matters import open_matters
from intake.season_calendar import Step
from intake.unit import Unit
from store.ids import new_id


class ClosingError(Exception):
    """It cannot be closed or taken up again. ``code``: ``unknown``, ``closed`` or ``open`` already, ``changed`` (what
    is open is not what the official saw), ``reason`` (none was given), ``handed_in``, ``newer`` (another season runs).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def close_season(
    unit: Unit, official: Official, season: str, reason: str, seen: Mapping[str, int]
) -> Mapping[str, int]:
    """Close a season of the official's county; what was open, by kind. ``seen`` is what the page showed: somebody may
    have gone on meanwhile. Where something is open, a reason is needed.

    Raises:
        ClosingError: why not.
    """
    scheme = await _scheme(unit, official, season)
    if scheme.closed_at is not None:
        raise ClosingError("closed")
    await _wait_for_all(unit, scheme.id)
    found = await open_matters(unit.db, official, scheme.id, unit.now)
    if dict(found) != dict(seen):
        raise ClosingError("changed")
    if found and not reason.strip():
        raise ClosingError("reason")
    scheme.closed_at = unit.now
    _note(unit, official, scheme, "close", reason, found)
    return found


async def reopen_season(unit: Unit, official: Official, season: str, reason: str) -> None:
    """Take a closed season up again, until its papers have been handed in and while no newer season runs.

    Raises:
        ClosingError: why not.
    """
    scheme = await _scheme(unit, official, season)
    if scheme.closed_at is None:
        raise ClosingError("open")
    if not reason.strip():
        raise ClosingError("reason")
    newer = select(Scheme.id).where(Scheme.county == scheme.county, Scheme.season > season).limit(1)
    if await unit.db.scalar(newer) is not None:
        raise ClosingError("newer")
    if await handed_in_by_county(unit, scheme):
        raise ClosingError("handed_in")
    scheme.closed_at = None
    _note(unit, official, scheme, "reopen", reason, {})


async def handed_in_by_county(unit: Unit, scheme: Scheme) -> bool:
    """Whether the county says that the archive was handed in: what went out may not change behind it."""
    query = select(HandedIn.id).where(
        HandedIn.scheme_id == scheme.id, HandedIn.division == scheme.county, HandedIn.step == Step.ARCHIVE.value
    )
    return await unit.db.scalar(query) is not None


async def _scheme(unit: Unit, official: Official, season: str) -> Scheme:
    query = select(Scheme.id).where(Scheme.county == (official.division or ""), Scheme.season == season)
    scheme_id = await unit.db.scalar(query)
    if scheme_id is None or official.role is not Role.COUNTY:
        raise ClosingError("unknown")
    await hold_season(unit.db, scheme_id)
    # Nobody files meanwhile; rows that refer to the scheme can still be added by whoever holds a case.
    held = select(Scheme).where(Scheme.id == scheme_id).with_for_update(key_share=True)
    return (await unit.db.scalars(held.execution_options(populate_existing=True))).one()


async def _wait_for_all(unit: Unit, scheme_id: int) -> None:
    """Whoever holds a case finishes first; whoever comes after finds the season closed."""
    cases = select(Case.id).where(Case.scheme_id == scheme_id)
    for stage in (Need, Grant):
        query = select(stage.case_id).where(stage.case_id.in_(cases)).order_by(stage.case_id)
        await unit.db.execute(query.with_for_update())


def _note(unit: Unit, official: Official, scheme: Scheme, act: str, reason: str, found: Mapping[str, int]) -> None:
    unit.db.add(
        SeasonAct(
            id=new_id(unit.now),
            scheme_id=scheme.id,
            act=act,
            reason=reason.strip(),
            open=dict(found),
            staff_id=official.id,
            at=unit.now,
        )
    )
    kind = "season.closed" if act == "close" else "season.reopened"
    data = {"county": scheme.county, "season": scheme.season, "open": dict(found)}
    unit.journal.add(Event(unit.now, official.actor, kind, f"scheme:{scheme.id}", data))
