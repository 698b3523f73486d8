"""Village review (L7, L8 step 2): a meeting, its minutes, and what it said of each household."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_village
from intake.events import Event, Journal
from intake.models import Review, Scheme, Vote
from intake.moves import RefusedError, Said, move_cases, scheme_of
from intake.procedure import Action, Pass, State
from intake.rules import Refusal, enough_present, equal_shares
from intake.scheme import SchemeContent
from intake.shares import HANGING, shares_of, take_turns
from store.clock import china_date
from store.ids import new_id

FORMS = ("villagers", "representatives")
"""村民会议 and 村民代表会议."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the meeting said of one household. In the GRANT pass a passed one has a tier and an amount in fen. One that
    is ``simplified`` is passed without a vote, with a reason (X5)."""

    passed: bool
    votes_for: int
    votes_against: int
    reason: str = ""
    tier: str | None = None
    amount_fen: int | None = None
    statement: str = ""
    simplified: bool = False

    @property
    def action(self) -> Action:
        """The step of the procedure that the verdict takes."""
        if not self.passed:
            return Action.REFUSE_REVIEW
        return Action.PASS_SIMPLIFIED if self.simplified else Action.PASS_REVIEW


@dataclass(frozen=True, slots=True)
class Meeting:
    """A review meeting: the day, the form (one of :data:`FORMS`), how many were present, and the minutes; and how many
    were called, which a scheme that asks for a share of them has to know. Then where, from when until when (in China),
    who led it, who wrote, and the names of those present."""

    held_on: date
    form: str
    present: int
    minutes: str
    called: int | None = None
    place: str = ""
    begins_at: time | None = None
    ends_at: time | None = None
    chair: str = ""
    clerk: str = ""
    attendance: tuple[str, ...] = ()


async def record_review(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    village: str,
    pass_: Pass,
    meeting: Meeting,
    verdicts: Mapping[int, Verdict],
) -> Review:
    """Write down a meeting and move its households, all or none.

    Raises:
        OutOfAreaError: not this official's village.
        RefusedError: what the procedure refuses; under case id 0 what is wrong with the meeting itself.
    """
    await access_village(db, official, village)
    fault = _fault(meeting, verdicts, now)
    if fault is not None:
        raise RefusedError({0: fault})
    said = {case_id: _said(meeting, verdict) for case_id, verdict in verdicts.items()}
    cases = await move_cases(db, journal, official, now, pass_, said)
    elsewhere = {case.id: Refusal("L8", "refusal.other_village") for case in cases if case.village != village}
    if elsewhere:
        raise RefusedError(elsewhere)
    scheme, content = await scheme_of(db, cases[0].scheme_id)
    if few := enough_present(content, meeting.present, meeting.called):
        raise RefusedError({0: few})
    if pass_ is Pass.GRANT:
        await _judge_shares(db, content, scheme.id, village)
    review = _review(meeting, official, now, scheme, village, pass_)
    db.add(review)
    await db.flush()
    db.add_all(
        Vote(review_id=review.id, case_id=case_id, votes_for=one.votes_for, votes_against=one.votes_against)
        for case_id, one in verdicts.items()
        if one.action is not Action.PASS_SIMPLIFIED
    )
    data = {"pass": pass_.value, "village": village, "cases": sorted(verdicts), "present": meeting.present}
    data["scheme_version"] = scheme.version
    journal.add(Event(now, official.actor, "review.recorded", f"review:{review.id}", data))
    return review


def _said(meeting: Meeting, verdict: Verdict) -> Said:
    return Said(
        verdict.action,
        reason=verdict.reason,
        votes_for=verdict.votes_for,
        votes_against=verdict.votes_against,
        present=meeting.present,
        tier=verdict.tier,
        amount_fen=verdict.amount_fen,
        statement=verdict.statement,
        held_on=meeting.held_on,
    )


def _review(meeting: Meeting, official: Official, now: datetime, scheme: Scheme, village: str, pass_: Pass) -> Review:
    return Review(
        id=new_id(now),
        scheme_id=scheme.id,
        village=village,
        pass_=pass_.value,
        held_on=meeting.held_on,
        form=meeting.form,
        present=meeting.present,
        minutes=meeting.minutes,
        recorded_by=official.id,
        recorded_at=now,
        called=meeting.called,
        scheme_version=scheme.version,
        place=meeting.place or None,
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        chair=meeting.chair or None,
        clerk=meeting.clerk or None,
        attendance=list(meeting.attendance) or None,
    )


async def _judge_shares(db: AsyncSession, content: SchemeContent, scheme_id: int, village: str) -> None:
    """L6, before anybody is told an amount: with this meeting the village's whole list must not be an equal one."""
    await take_turns(db, village)
    refusal = equal_shares(await shares_of(db, scheme_id, village, (State.REVIEWED, *HANGING)), content)
    if refusal is not None:
        raise RefusedError({0: refusal})


def _fault(meeting: Meeting, verdicts: Mapping[int, Verdict], now: datetime) -> Refusal | None:
    if not verdicts:
        return Refusal("L7", "refusal.L7.no_households")
    if meeting.form not in FORMS:
        return Refusal("L7", "refusal.L7.no_form")
    if meeting.held_on > china_date(now):
        return Refusal("L7", "refusal.L7.meeting_in_future")
    if meeting.present < 1:
        return Refusal("L7", "refusal.L7.nobody_present")
    if not meeting.minutes.strip():
        return Refusal("L7", "refusal.L7.no_minutes")
    return hours_fault(meeting) or attendance_fault(meeting)


def hours_fault(meeting: Meeting) -> Refusal | None:
    """L7: a meeting ends after it began."""
    begins, ends = meeting.begins_at, meeting.ends_at
    if begins is not None and ends is not None and ends <= begins:
        return Refusal("L7", "refusal.L7.ended_before_begun")
    return None


def attendance_fault(meeting: Meeting) -> Refusal | None:
    """L7: a list of those present has as many names as were present."""
    listed = len(meeting.attendance)
    if listed and listed != meeting.present:
        return Refusal("L7", "refusal.L7.other_attendance", {"listed": listed, "present": meeting.present})
    return None
