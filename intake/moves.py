"""Moving cases by the table: loads and locks them, asks the procedure, writes the new state, approvals and events.

All of the cases of one call move, or none does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, within
from intake.batches.freeze import take_off
from intake.citizens import Citizen
from intake.events import Event, Journal
from intake.models import Approval, Case, Grant, Need, Scheme, SchemeVersion
from intake.move_facts import Known, known_of
from intake.procedure import BACK_TO_REVIEW, DECISIONS, OFF_THE_LIST, Action, Pass, Role, State, move
from intake.rules import Facts, Refusal, Words
from intake.scheme import SchemeContent
from store.clock import china_date
from store.ids import new_id


@dataclass(frozen=True, slots=True)
class Said(Words):
    """An action on one case, and what the actor says with it."""

    action: Action


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page showed one case; ``submission`` is what it was last filed by. None: the page did not say."""

    state: State
    revision: int | None = None
    submission: int | None = None


class RefusedError(Exception):
    """The procedure says no. ``refusals`` are by case id; nothing was changed."""

    def __init__(self, refusals: Mapping[int, Refusal]) -> None:
        super().__init__(", ".join(sorted({refusal.key for refusal in refusals.values()})))
        self.refusals = refusals

    @property
    def only(self) -> Refusal:
        """The refusal, where one case was asked about."""
        (refusal,) = self.refusals.values()
        return refusal


UNKNOWN = Refusal("L8", "refusal.unknown_case")
NOT_IN_NEED = Refusal("L11", "refusal.L11.not_on_needs_list")
"""A household of theirs whose need was not accepted: the list of the helped comes from that of the needy."""


async def scheme_of(db: AsyncSession, scheme_id: int) -> tuple[Scheme, SchemeContent]:
    """A scheme and its content in force."""
    # Read anew: it may have been closed while this transaction waited for a case.
    scheme = await db.get_one(Scheme, scheme_id, populate_existing=True)
    version = await db.get_one(SchemeVersion, (scheme.id, scheme.version))
    return scheme, SchemeContent.from_json(version.content)


async def move_cases(
    db: AsyncSession,
    journal: Journal,
    who: Official | Citizen | None,
    now: datetime,
    pass_: Pass,
    said: Mapping[int, Said],
) -> list[Case]:
    """Move the cases of ``said`` (by id), all or none; the moved cases.

    ``who`` None is the clock. Rows are locked in the order of their ids, so two officials never wait for each
    other in a ring (see :func:`lock_cases`): the second one sees what the first did.

    Raises:
        RefusedError: why, by case.
    """
    refusals: dict[int, Refusal] = {}
    query = select(Case).where(Case.id.in_(said))
    if isinstance(who, Official):
        query = query.where(within(who, Case.village))
    cases = {case.id: case for case in await db.scalars(query)}
    stages = await _locked(db, Need if pass_ is Pass.NEED else Grant, list(cases))
    schemes = {case.scheme_id: await scheme_of(db, case.scheme_id) for case in cases.values()}
    paying = {case_id: words.bank_card for case_id, words in said.items() if words.action is Action.PAY}
    known = await known_of(db, pass_, {case_id: cases[case_id] for case_id in stages}, stages, paying)
    decided: dict[int, State] = {}
    for case_id, words in said.items():
        if case_id not in stages:
            refusals[case_id] = NOT_IN_NEED if case_id in cases and pass_ is Pass.GRANT else UNKNOWN
            continue
        case, stage = cases[case_id], stages[case_id]
        facts = _facts(case, stage, schemes[case.scheme_id], who, now, known[case_id], words)
        outcome = move(pass_, State(stage.state), words.action, who.role if who else Role.CLOCK, facts)
        if isinstance(outcome, Refusal):
            refusals[case_id] = outcome
        else:
            decided[case_id] = outcome
    if refusals:
        raise RefusedError(refusals)
    for case_id, to in decided.items():
        case = cases[case_id]
        _write(db, journal, who, now, pass_, case, stages[case_id], schemes[case.scheme_id][0], said[case_id], to)
    await db.flush()
    left = {case_id: said[case_id].action for case_id in decided if said[case_id].action in OFF_THE_LIST}
    if left:
        await take_off(db, journal, who.actor if who else "clock", now, pass_, left)
    if pass_ is Pass.NEED:  # after the flush: a grant refers to a need that already stands as accepted
        new = [case_id for case_id, to in decided.items() if to is State.ACCEPTED]
        db.add_all(Grant(case_id=case_id, state=State.APPLIED.value, changed_at=now) for case_id in new)
        await db.flush()
    return [cases[case_id] for case_id in decided]


async def lock_cases(db: AsyncSession, pass_: Pass, case_ids: Collection[int]) -> None:
    """Lock these cases in one pass, in the order of their ids, until the transaction ends.

    A unit of work that calls :func:`move_cases` more than once calls this first with all of its cases; otherwise two
    such units could wait for each other in a ring. Ids that are no cases are passed over.
    """
    await _locked(db, Need if pass_ is Pass.NEED else Grant, case_ids)


async def overtaken(
    db: AsyncSession, official: Official, pass_: Pass, shown: Mapping[int, Shown]
) -> dict[int, Refusal]:
    """Lock the cases of a page like :func:`lock_cases`, and say which of them no longer stand as it showed them.

    A step may be open from more than one state; what was pressed was meant for the one that was seen. Cases outside
    the official's area or of a closed season are passed over: :func:`move_cases` answers for them.
    """
    query = select(Case.id).join(Scheme, Scheme.id == Case.scheme_id)
    mine = await db.scalars(query.where(Case.id.in_(shown), within(official, Case.village), Scheme.closed_at.is_(None)))
    stages = await _locked(db, Need if pass_ is Pass.NEED else Grant, set(mine))
    filed = await db.execute(select(Case.id, Case.submission_id).where(Case.id.in_(stages)))
    anew = {case_id for case_id, last in filed if shown[case_id].submission not in (None, last)}
    refusals = {}
    for case_id, stage in stages.items():
        if stage.state != shown[case_id].state or shown[case_id].revision not in (None, stage.revision):
            refusals[case_id] = Refusal("L8", "refusal.state", {"state": stage.state})
        elif case_id in anew:
            refusals[case_id] = Refusal("L8", "refusal.L8.filed_anew")
    return refusals


async def _locked(
    db: AsyncSession, stage: type[Need] | type[Grant], case_ids: Collection[int]
) -> dict[int, Need | Grant]:
    rows = await db.scalars(
        select(stage)
        .where(stage.case_id.in_(case_ids))
        .order_by(stage.case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found: list[Any] = list(rows)
    return {row.case_id: row for row in found}


def _facts(
    case: Case,
    stage: Need | Grant,
    scheme: tuple[Scheme, SchemeContent],
    who: Official | Citizen | None,
    now: datetime,
    known: Known,
    words: Said,
) -> Facts:
    return Facts(
        now=now,
        today=china_date(now),
        scheme=scheme[1],
        village=case.village,
        group=case.group,
        disasters=tuple(case.disasters),
        categories=tuple(case.categories),
        persons_in_need=case.persons_in_need,
        actor=who.id if isinstance(who, Official) else None,
        nominator=(case.nominator or {}).get("staff"),
        citizen=who.contact_id if isinstance(who, Citizen) else None,
        applicant=case.contact_id,
        **{field.name: getattr(words, field.name) for field in fields(Words)},
        **{field.name: getattr(known, field.name) for field in fields(Known)},
        ready_on=china_date(stage.changed_at),
        season_closed=scheme[0].closed_at is not None,
    )


def _write(
    db: AsyncSession,
    journal: Journal,
    who: Official | Citizen | None,
    now: datetime,
    pass_: Pass,
    case: Case,
    stage: Need | Grant,
    scheme: Scheme,
    words: Said,
    to: State,
) -> None:
    data: dict[str, object] = {
        "pass": pass_.value,
        "action": words.action.value,
        "from": stage.state,
        "to": to.value,
        "revision": stage.revision,
    }
    if words.why:
        data["why"] = words.why
    if isinstance(who, Citizen):
        data["act"] = new_id(now)
    if isinstance(who, Official):
        approval = Approval(
            id=new_id(now),
            case_id=case.id,
            pass_=pass_.value,
            revision=stage.revision,
            staff_id=who.id,
            action=words.action.value,
            decides=words.action in DECISIONS,
            reason=words.reason.strip(),
            scheme_version=scheme.version,
            at=now,
        )
        db.add(approval)
        data["approval"] = approval.id
    if isinstance(stage, Grant) and words.action in (Action.PASS_REVIEW, Action.PASS_SIMPLIFIED):
        stage.tier, stage.amount_fen, stage.statement = words.tier, words.amount_fen, words.statement or None
        data |= {"tier": words.tier, "amount_fen": words.amount_fen}
    if words.action in BACK_TO_REVIEW:
        stage.revision += 1
    stage.state, stage.changed_at = to.value, now
    if isinstance(stage, Need) and to is State.ACCEPTED:
        stage.accepted = True
    actor = who.actor if who else "clock"
    journal.add(Event(now, actor, "case.moved", f"case:{case.id}", data))
