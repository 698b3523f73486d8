"""Public notices (L8 step 2): opened by the village, closed by the clock, held by objections."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.access import Official, access_one, access_village
from intake.batches.freeze import freeze
from intake.citizens import Citizen
from intake.events import Event, Journal, Letter
from intake.models import Case, Grant, Household, Need, Notice, NoticeCase, Objection, Scheme
from intake.moves import UNKNOWN, RefusedError, Said, lock_cases, move_cases, scheme_of
from intake.open_season import CLOSED, is_closed
from intake.posted_lines import posted_lines
from intake.procedure import Action, Pass, State, find
from intake.rules import Refusal, Share, equal_shares, mark_of, notice_end_of, notice_line
from intake.scheme import SchemeContent
from intake.scheme.groups import same_place
from intake.shares import HANGING, shares_of, take_turns
from store.ids import new_id


async def open_notice(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    village: str,
    pass_: Pass,
    scheme_id: int,
    shown: str = "",
) -> Notice:
    """Post the list of all reviewed households of a village in one pass. ``shown`` is the mark of the lines that the
    official has read (:func:`intake.rules.mark_of`), empty where nobody says.

    Raises:
        OutOfAreaError: not this official's village.
        RefusedError: nothing to post, or (case id 0) the list is an equal share-out (L6), or the county has not
            said which days are working days (L8), or the list is another one than ``shown``, or
            the clock stands before the village's last notice.
    """
    await access_village(db, official, village)
    rows = await _reviewed(db, scheme_id, village, pass_)
    if not rows:
        raise RefusedError({0: Refusal("L8", "refusal.L8.nothing_to_post")})
    scheme, content = await scheme_of(db, scheme_id)
    last = await db.scalar(select(func.max(Notice.opens_at)).where(Notice.village == village))
    if last is not None and last > now:  # its days would be counted wrongly, and which notice is newer not be known
        raise RefusedError({0: Refusal("L8", "refusal.L8.clock_went_back", {"now": now, "last": last})})
    closes_at = notice_end_of(content, now)
    if isinstance(closes_at, Refusal):
        raise RefusedError({0: closes_at})
    cases = [row[0] for row in rows]
    amounts = await _amounts(db, content, village, cases) if pass_ is Pass.GRANT else {}
    public = amounts if content.notice_amounts else {}
    posted_now = [notice_line(head, case.persons_in_need, case.reliefs, public.get(case.id)) for case, head in rows]
    if shown and shown != mark_of(posted_now):
        raise RefusedError({0: Refusal("L8", "refusal.L8.list_overtaken")})
    await move_cases(db, journal, official, now, pass_, {case.id: Said(Action.OPEN_NOTICE) for case in cases})
    notice = Notice(
        id=new_id(now),
        scheme_id=scheme_id,
        village=village,
        pass_=pass_.value,
        lines=posted_now,
        complaint_phone=content.hotline,
        opens_at=now,
        closes_at=closes_at,
        opened_by=official.id,
        scheme_version=scheme.version,
    )
    db.add(notice)
    await db.flush()
    db.add_all(NoticeCase(notice_id=notice.id, case_id=case.id) for case in cases)
    about = {"pass": pass_.value, "village": village, "scheme_version": scheme.version}
    data = {**about, "cases": [case.id for case in cases]}
    journal.add(Event(now, official.actor, "notice.opened", f"notice:{notice.id}", data))
    return notice


async def _reviewed(db: AsyncSession, scheme_id: int, village: str, pass_: Pass) -> Sequence[Any]:
    """The reviewed households of a village with their heads, locked: nobody reviews them anew meanwhile."""
    stage = Need if pass_ is Pass.NEED else Grant
    query = (
        select(Case, Household.head)
        .join(Household, Household.id == Case.household_id)
        .join(stage, stage.case_id == Case.id)
        .where(Case.scheme_id == scheme_id, Case.village == village, stage.state == State.REVIEWED.value)
        .order_by(Case.number)
    )
    ids = [row[0].id for row in await db.execute(query)]
    await lock_cases(db, pass_, ids)
    return (await db.execute(query.where(Case.id.in_(ids)).execution_options(populate_existing=True))).all()


async def _amounts(db: AsyncSession, content: SchemeContent, village: str, cases: Sequence[Case]) -> dict[int, int]:
    """What each of these households is to get, in fen; L6: a list that was posted in parts is judged whole.

    Raises:
        RefusedError: it is an equal share-out.
    """
    await take_turns(db, village)
    grants = await db.scalars(select(Grant).where(Grant.case_id.in_([case.id for case in cases])))
    amounts = {grant.case_id: grant.amount_fen for grant in grants if grant.amount_fen}
    shares = [Share(case.persons_in_need, amounts[case.id], same_place(case.group)) for case in cases]
    refusal = equal_shares([*shares, *await shares_of(db, cases[0].scheme_id, village, HANGING)], content)
    if refusal is not None:
        raise RefusedError({0: refusal})
    return amounts


async def close_due(db: AsyncSession, journal: Journal, now: datetime) -> int:
    """Close every notice whose days are over: its households without an open objection become proposed recipients.
    The number of notices closed."""
    due = list(
        await db.scalars(
            select(Notice)
            .join(Scheme, Scheme.id == Notice.scheme_id)
            .where(Notice.closed_at.is_(None), Notice.closes_at <= now, Scheme.closed_at.is_(None))
            .order_by(Notice.id)
            .with_for_update(skip_locked=True, of=Notice)
        )
    )
    for pass_ in Pass:
        hanging = select(NoticeCase.case_id).where(
            NoticeCase.notice_id.in_([notice.id for notice in due if notice.pass_ == pass_.value])
        )
        await lock_cases(db, pass_, list(await db.scalars(hanging)))
    for notice in due:
        notice.closed_at = now
        await _propose(db, journal, notice, now)
        journal.add(Event(now, "clock", "notice.closed", f"notice:{notice.id}", {"pass": notice.pass_}))
    await db.flush()
    return len(due)


async def _propose(
    db: AsyncSession, journal: Journal, notice: Notice, now: datetime, only: Sequence[int] | None = None
) -> None:
    """Those nobody objects to are proposed: they are the village's next register (form 3)."""
    pass_ = Pass(notice.pass_)
    stage = Need if pass_ is Pass.NEED else Grant
    query = (
        select(NoticeCase.case_id)
        .join(stage, stage.case_id == NoticeCase.case_id)
        .where(NoticeCase.notice_id == notice.id, stage.state == State.ON_NOTICE.value)
    )
    query = query.where(~_posted_again(notice, NoticeCase.case_id))
    if only is not None:
        query = query.where(NoticeCase.case_id.in_(only))
    said = Said(Action.CLOSE_NOTICE, notice_closes_at=notice.closes_at)
    ready = dict.fromkeys(await db.scalars(query), said)
    if ready:
        await move_cases(db, journal, None, now, pass_, ready)
        scheme, _content = await scheme_of(db, notice.scheme_id)
        await freeze(db, journal, None, now, pass_, scheme, notice.village, ready)


def _posted_again(notice: Notice, case_id: Any) -> ColumnElement[bool]:
    """Whether a household hangs on a newer notice of the same pass: after an objection was upheld it is reviewed
    anew and has its own full days (L8)."""
    hangs, newer = aliased(NoticeCase), aliased(Notice)
    return exists(
        select(hangs.case_id)
        .join(newer, newer.id == hangs.notice_id)
        .where(hangs.case_id == case_id, newer.pass_ == notice.pass_, newer.opens_at > notice.opens_at)
    )


async def object_to(
    db: AsyncSession, journal: Journal, official: Official, now: datetime, notice_id: int, case_id: int, text: str
) -> Objection:
    """Take down an objection to one household of a running notice; it holds the household until it is settled. The
    same words again are the objection that there is.

    Raises:
        OutOfAreaError: no such notice in the official's area.
        RefusedError: not on this notice, or its days are over.
    """
    notice = await access_one(db, official, Notice, notice_id)
    await lock_cases(db, Pass(notice.pass_), [case_id])
    for one in await open_objections(db, case_id, notice_id):
        if now < notice.closes_at and one.taken_by is not None and one.text == text:
            return one  # sent twice
    return await take_objection(db, journal, official, now, notice, case_id, text)


async def take_objection(
    db: AsyncSession, journal: Journal, who: Official | Citizen, now: datetime, notice: Notice, case_id: int, text: str
) -> Objection:
    """The same of a notice that ``who`` may read: an official of its area; a citizen any that hangs.

    Raises:
        RefusedError: not on this notice, or not any more, or its days are over.
    """
    moved_on = await db.scalar(select(_posted_again(notice, case_id)))
    line = await db.get(NoticeCase, (notice.id, case_id))
    if moved_on or line is None or line.withdrawn_at is not None:
        raise RefusedError({case_id: UNKNOWN})
    said = Said(Action.OBJECT, reason=text, notice_closes_at=notice.closes_at)
    await move_cases(db, journal, who, now, Pass(notice.pass_), {case_id: said})
    objection = Objection(
        id=new_id(now),
        notice_id=notice.id,
        case_id=case_id,
        text=text,
        made_at=now,
        taken_by=who.id if isinstance(who, Official) else None,
        contact_id=who.contact_id if isinstance(who, Citizen) else None,
    )
    db.add(objection)
    await db.flush()
    journal.add(Event(now, who.actor, "objection.made", f"objection:{objection.id}", {"case": case_id}))
    return objection


async def settle(
    db: AsyncSession,
    journal: Journal,
    official: Official,
    now: datetime,
    objection_id: int,
    *,
    upheld: bool,
    answer: str,
    read: int | None = None,
) -> Objection:
    """Answer an objection of which ``read`` characters were seen, None where nobody says: who made it may have added
    to it. Upheld: the household is reviewed anew, which answers all objections to it. Dismissed: it
    goes on as if never held, once no other objection to it is open.

    Raises:
        OutOfAreaError: not in the official's area.
        RefusedError: already settled, no answer given, not this role's to settle, or the season is closed.
    """
    objection = await db.get(Objection, objection_id)
    if objection is None:
        raise RefusedError({0: UNKNOWN})
    notice = await access_one(db, official, Notice, objection.notice_id)
    pass_, action = Pass(notice.pass_), Action.UPHOLD if upheld else Action.DISMISS
    await db.refresh(notice, with_for_update=True)  # the clock takes the notice first too: neither misses the other
    await lock_cases(db, pass_, [objection.case_id])
    await db.refresh(objection)
    if await is_closed(db, notice.scheme_id):
        raise RefusedError({objection.case_id: CLOSED})
    _may_settle(objection, pass_, action, official, answer)
    if read is not None and read != len(objection.text):
        raise RefusedError({objection.case_id: Refusal("L8", "refusal.L8.objection_added")})
    others = [other for other in await open_objections(db, objection.case_id, notice.id) if other.id != objection.id]
    if upheld or not others:
        await move_cases(db, journal, official, now, pass_, {objection.case_id: Said(action, reason=answer)})
    for one in (objection, *(others if upheld else ())):
        one.settled_at, one.settled_by, one.upheld, one.answer = now, official.id, upheld, answer
        letters = await letters_to(db, one, notice, "upheld" if upheld else "dismissed", answer=answer)
        data = {"upheld": upheld}
        journal.add(Event(now, official.actor, "objection.settled", f"objection:{one.id}", data, letters))
    await db.flush()
    if not upheld and not others and notice.closed_at is not None:
        await _propose(db, journal, notice, now, only=[objection.case_id])
    return objection


def _may_settle(objection: Objection, pass_: Pass, action: Action, official: Official, answer: str) -> None:
    refusal: Refusal | None = None
    row = find(pass_, State.HELD, action)
    if objection.settled_at is not None:
        refusal = Refusal("L8", "refusal.L8.settled")
    elif row is None or row.role is not official.role:
        refusal = Refusal("L8", "refusal.role")
    elif not answer.strip():
        refusal = Refusal("L8", "refusal.L8.no_reason")
    if refusal is not None:
        raise RefusedError({objection.case_id: refusal})


async def open_objections(db: AsyncSession, case_id: int, notice_id: int | None = None) -> list[Objection]:
    """The open objections to a household, on one notice or on any."""
    query = select(Objection).where(Objection.case_id == case_id, Objection.settled_at.is_(None)).order_by(Objection.id)
    if notice_id is not None:
        query = query.where(Objection.notice_id == notice_id)
    return list(await db.scalars(query))


async def letters_to(
    db: AsyncSession, objection: Objection, notice: Notice, became: str, **params: str
) -> tuple[Letter, ...]:
    """What is told to whoever made an objection by chat, when it ``became`` upheld, dismissed or withdrawn: which line
    it was about as it was posted, and where to go next (G5). Nothing of the case behind the line."""
    if objection.contact_id is None:
        return ()
    _scheme, content = await scheme_of(db, notice.scheme_id)
    line = next(one for one in (await posted_lines(db, [notice]))[notice.id] if one.case_id == objection.case_id)
    facts = {"head": line.facts["head"], "hotline": content.hotline, "phone": content.contact_phone}
    key, template = f"objection:{objection.id}", f"message.objection.{became}"
    return (Letter(objection.contact_id, key, template, {**facts, **params}),)
