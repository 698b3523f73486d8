"""Goods handed out to a household (L2, L10, G4), signed for or photographed; and a handout that was written down by
mistake, taken back. Rows are only added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from intake.access import Official, access_one
from intake.attachments import keep_of_office
from intake.events import Event, Letter
from intake.fund_left import left_of, lock_funds
from intake.ledger import guards
from intake.ledger.guards import GONE, SENT_BEFORE, NotBookedError
from intake.media import Media
from intake.models import Approval, Case, Fund, Grant, Handout
from intake.moves import lock_cases, scheme_of
from intake.procedure import Action, Pass, State
from intake.rules import Refusal
from intake.scheme.parts import GOODS
from intake.unit import Unit
from store.clock import china_date
from store.ids import new_id

RELATIONS = ("family", "relative", "neighbour", "cadre", "other")
"""What whoever receives goods for a household is to its head."""
SIGNATURE, PHOTO = "signature", "photo"
"""Kinds of proof, by the names of the channels under which they are kept."""
ENTITLED = (State.ACCEPTED.value, State.PAID.value)
"""States of a grant whose household may be given goods: the county has decided, and named it (L11)."""
_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Giving:
    """What was given: ``pieces`` by fund, on which day, to whom (empty for the head), proven by what (:data:`SIGNATURE`
    or :data:`PHOTO` with the picture)."""

    pieces: Mapping[int, int]
    given_on: date
    received_by: str = ""
    relation: str = ""
    proofs: Sequence[tuple[str, Media]] = ()


async def hand_out(unit: Unit, official: Official, act: int, case_id: int, giving: Giving) -> list[Handout]:
    """Write down what a household was given. ``act`` is made with the page that is sent, so that a second press adds
    nothing. The household is told.

    Raises:
        OutOfAreaError: no such case in the official's area.
        NotBookedError: why not.
    """
    case = await access_one(unit.db, official, Case, case_id)
    await lock_cases(unit.db, Pass.GRANT, [case_id])
    scheme, content = await scheme_of(unit.db, case.scheme_id)
    guards.open_season(closed=scheme.closed_at is not None)
    if await unit.db.scalar(select(Handout.id).where(Handout.act == act).limit(1)) is not None:
        raise NotBookedError("", SENT_BEFORE)
    funds = await lock_funds(unit.db, giving.pieces)
    await _check(unit, case, funds, giving)
    left = await left_of(unit.db, list(funds))
    parts = {
        fund_id: guards.taken_from(f"pieces-{fund_id}", left[fund_id], GOODS, quantity)
        for fund_id, quantity in giving.pieces.items()
    }
    given = [
        Handout(
            id=new_id(unit.now),
            act=act,
            case_id=case_id,
            fund_id=fund_id,
            quantity=part.quantity,
            worth_fen=part.worth_fen,
            given_on=giving.given_on,
            given_by=official.id,
            received_by=giving.received_by,
            relation=giving.relation,
            reason="",
            recorded_at=unit.now,
            scheme_version=scheme.version,
        )
        for fund_id, part in parts.items()
    ]
    unit.db.add_all(given)
    await unit.db.flush()
    for channel, media in giving.proofs:
        await keep_of_office(await unit.db.connection(), f"handout:{act}", channel, media, unit.now)
    letter = _letter(case, act, funds, giving, content.hotline)
    unit.journal.add(Event(unit.now, official.actor, "goods.given", f"case:{case_id}", _told(act, given), (letter,)))
    return given


async def take_back_handout(unit: Unit, official: Official, case_id: int, handout_id: int, reason: str) -> Handout:
    """A counter entry: a handout was written down by mistake; its goods are in stock again.

    Raises:
        OutOfAreaError: no such case in the official's area.
        NotBookedError: it was taken back before, there is no reason, or another reason.
    """
    case = await access_one(unit.db, official, Case, case_id)
    await lock_cases(unit.db, Pass.GRANT, [case_id])
    known = await unit.db.get(Handout, handout_id)
    if known is None or known.case_id != case_id or known.counters is not None:
        raise NotBookedError("", GONE)
    scheme, content = await scheme_of(unit.db, case.scheme_id)
    guards.open_season(closed=scheme.closed_at is not None)
    guards.reason_given(reason)
    fund = (await lock_funds(unit.db, [known.fund_id]))[known.fund_id]
    if await unit.db.scalar(select(Handout.id).where(Handout.counters == handout_id)) is not None:
        raise NotBookedError("", Refusal("G4", "refusal.ledger.taken_back_before"))
    back = Handout(
        id=new_id(unit.now),
        act=known.act,
        case_id=known.case_id,
        fund_id=known.fund_id,
        quantity=-known.quantity,
        worth_fen=-known.worth_fen,
        given_on=known.given_on,
        given_by=official.id,
        received_by="",
        relation="",
        counters=handout_id,
        reason=reason.strip(),
        recorded_at=unit.now,
        scheme_version=scheme.version,
    )
    unit.db.add(back)
    await unit.db.flush()
    params: dict[str, Any] = {
        "case": case.number,
        "goods": f"{fund.item}{known.quantity}{fund.unit}",
        "hotline": content.hotline,
    }
    letter = Letter(case.contact_id, f"goods.taken_back:{back.id}", "goods.letter.taken_back", params)
    data = _told(known.act, [back])
    unit.journal.add(Event(unit.now, official.actor, "goods.taken_back", f"case:{case.id}", data, (letter,)))
    return back


async def _check(unit: Unit, case: Case, funds: Mapping[int, Fund], giving: Giving) -> None:
    """L11: whom the county named; L10: on a day that was, after the goods came and the county decided; with a proof."""
    grant = await unit.db.get(Grant, case.id, populate_existing=True)
    if grant is None or grant.state not in ENTITLED:
        raise NotBookedError("", Refusal("L11", "refusal.ledger.not_granted"))
    if not giving.pieces:
        raise NotBookedError("pieces", Refusal("L10", "refusal.ledger.nothing_given"))
    for fund_id in giving.pieces:
        fund = funds.get(fund_id)
        ours = fund is not None and (fund.division, fund.scheme_id) == (case.village[:_TOWNSHIP], case.scheme_id)
        if fund is None or fund.kind != GOODS or not ours:
            raise NotBookedError(f"pieces-{fund_id}", GONE)
    decided = await unit.db.scalar(
        select(func.max(Approval.at)).where(
            Approval.case_id == case.id, Approval.pass_ == Pass.GRANT.value, Approval.action == Action.ACCEPT.value
        )
    )
    since = max([fund.received_on for fund in funds.values()] + ([china_date(decided)] if decided else []))
    guards.day("given_on", giving.given_on, china_date(unit.now), since)
    if not giving.proofs:
        raise NotBookedError("signature", Refusal("L10", "refusal.ledger.no_proof"))
    if giving.received_by and giving.relation not in RELATIONS:
        raise NotBookedError("relation", Refusal("L10", "refusal.ledger.no_relation"))
    if giving.relation and not giving.received_by:
        raise NotBookedError("received_by", Refusal("L10", "refusal.ledger.no_receiver"))


def _letter(case: Case, act: int, funds: Mapping[int, Fund], giving: Giving, hotline: str) -> Letter:
    """What the household is told: which goods, how many, when, and whom to call if that is not so (L12)."""
    parts = (f"{funds[key].item}{count}{funds[key].unit}" for key, count in giving.pieces.items())
    params = {
        "case": case.number,
        "goods": " ".join(parts),
        "given_on": giving.given_on.isoformat(),
        "hotline": hotline,
    }
    return Letter(case.contact_id, f"goods.given:{act}", "goods.letter.given", params)


def _told(act: int, rows: Sequence[Handout]) -> dict[str, object]:
    lines = [{"fund": row.fund_id, "quantity": row.quantity, "worth_fen": row.worth_fen} for row in rows]
    return {"handout": act, "lines": lines, "scheme_version": rows[0].scheme_version}
