"""Whether a payment list still is what it was when it was made: stored lines, its hash, the event chain, and the grants
as they stand now (G4). Asked before every release, every download and every reading of a bank's file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.finding import index_of
from intake.models import Case, EventRow, Grant, Payment, PaymentLine, PaymentList
from intake.payments.codes import Outcome
from intake.payments.digest import SHORT, Canonical, list_hash, shorts
from intake.payments.making import LISTED, head_of
from intake.procedure import State
from store.cipher import SealError


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not fit: ``changed`` (the line is not what was listed), ``gone``, ``added``, ``amount`` (the grant is
    another now), ``state`` (the grant stands elsewhere now), ``list`` (the list itself), ``event`` (the chain has no
    such list). ``number`` names the case, empty where the list is meant."""

    what: str
    number: str = ""
    position: int = 0


class UnsoundError(Exception):
    """The list is not what was listed; nothing may be done by it."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(f"{len(differences)} differences")
        self.differences = tuple(differences)


@dataclass(frozen=True, slots=True)
class Known:
    """A stored line with its case's number and the grant as it stands now. Money in fen."""

    line: PaymentLine
    number: str
    state: str
    amount_fen: int | None
    paid_fen: int | None


async def known_lines(db: AsyncSession, list_id: int, *, lock: bool = False) -> list[Known]:
    """The lines of a list in their order, with their grants; ``lock`` keeps those as they are until the transaction
    ends.

    Raises:
        UnsoundError: a card no longer opens: its bytes were changed.
    """
    query = (
        select(PaymentLine, Case.number, Grant.state, Grant.amount_fen, Payment.amount_fen)
        .join(Case, Case.id == PaymentLine.case_id)
        .join(Grant, Grant.case_id == PaymentLine.case_id)
        .outerjoin(Payment, Payment.case_id == PaymentLine.case_id)
        .where(PaymentLine.list_id == list_id)
        .order_by(PaymentLine.position)
        .execution_options(populate_existing=True)
    )
    if lock:
        locked = select(Grant.case_id).join(PaymentLine, PaymentLine.case_id == Grant.case_id)
        locked = locked.where(PaymentLine.list_id == list_id).order_by(Grant.case_id)
        await db.execute(locked.with_for_update(of=Grant))
    try:
        return [Known(*row) for row in await db.execute(query)]
    except SealError as error:
        raise UnsoundError(await _unopened(db, list_id)) from error


async def _unopened(db: AsyncSession, list_id: int) -> list[Difference]:
    """The lines whose card no longer opens."""
    query = (
        select(PaymentLine.id, PaymentLine.position, Case.number)
        .join(Case, Case.id == PaymentLine.case_id)
        .where(PaymentLine.list_id == list_id)
        .order_by(PaymentLine.position)
    )
    found = []
    for row in await db.execute(query):
        try:
            await db.scalar(select(PaymentLine.card).where(PaymentLine.id == row.id))
        except SealError:
            found.append(Difference("changed", row.number, row.position))
    return found or [Difference("list")]


async def verify_list(db: AsyncSession, found: PaymentList, known: Sequence[Known], *, live: bool = True) -> None:
    """See that a list is what was listed; ``live`` also that its waiting grants still stand as they stood.

    Raises:
        UnsoundError: what differs, with the numbers of the cases.
    """
    differences = await _stored(db, found, known)
    if live:
        differences += [one for row in known if (one := _live(row)) is not None]
    if differences:
        raise UnsoundError(differences)


async def _stored(db: AsyncSession, found: PaymentList, known: Sequence[Known]) -> list[Difference]:
    query = select(EventRow.data).where(EventRow.kind == LISTED, EventRow.subject == f"payment_list:{found.id}")
    told = (await db.scalars(query.order_by(EventRow.seq).limit(1))).first()
    if told is None:
        return [Difference("event")]
    digests = [_digest(found, row.line) for row in known]
    listed = shorts(str(told["digests"]))
    differences = []
    for row, digest in zip(known, digests, strict=True):
        position = row.line.position
        if not 1 <= position <= len(listed):
            differences.append(Difference("added", row.number, position))
        elif digest != row.line.digest or digest.hex()[:SHORT] != listed[position - 1]:
            differences.append(Difference("changed", row.number, position))
    there = {row.line.position for row in known}
    differences += [Difference("gone", "", place) for place in range(1, len(listed) + 1) if place not in there]
    whole = list_hash(head_of(found), digests)
    total = sum(row.line.amount_fen for row in known)
    fits = (whole, whole.hex(), total, len(known)) == (found.hash, told["hash"], found.total_fen, found.lines)
    return differences if differences or fits else [Difference("list")]


def _digest(found: PaymentList, line: PaymentLine) -> bytes:
    """What the digest of a stored line has to be."""
    index = index_of(line.card)
    return Canonical(found.id, line.position, line.case_id, line.head, index, line.amount_fen, line.repays).digest


def _live(row: Known) -> Difference | None:
    line = row.line
    if line.outcome == Outcome.WAITING.value:
        if row.state != State.ACCEPTED.value:
            return Difference("state", row.number, line.position)
        if row.amount_fen != line.amount_fen:
            return Difference("amount", row.number, line.position)
    if line.outcome == Outcome.PAID.value and (row.state, row.paid_fen) != (State.PAID.value, line.amount_fen):
        return Difference("amount", row.number, line.position)
    return None
