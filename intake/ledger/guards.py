"""What may be written into the ledger, rule by rule: each guard says why not and beside which field. Pure. Money in
fen."""

from dataclasses import dataclass
from datetime import date

from intake.ledger.left import Left
from intake.rules import SHORTEST_REASON, Refusal
from intake.scheme.parts import GOODS, MONEY

MOST_FEN = 100_000_000_000
"""The most that one entry may be worth, a thousand million yuan: no county is given so much at once."""
MOST_PIECES = 1_000_000
"""The most pieces of one entry."""
LONGEST = {"item": 20, "unit": 6, "document": 100, "reason": 500, "received_by": 30}
"""Characters of the fields."""


class NotBookedError(Exception):
    """The ledger does not take it. ``field`` is where it was typed, empty for the whole; nothing was changed."""

    def __init__(self, field: str, refusal: Refusal) -> None:
        super().__init__(refusal.key)
        self.field, self.refusal = field, refusal


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money or goods that came in: of goods what (``item``), and ``quantity`` of which ``unit``."""

    source: str
    kind: str
    worth_fen: int
    received_on: date
    document: str = ""
    item: str = ""
    unit: str = ""
    quantity: int = 0


def receivable(receipt: Receipt, *, today: date, first_year: int) -> None:
    """L10: what came in is an amount that can be, of a day that was, in this season's years.

    Raises:
        NotBookedError: why not.
    """
    worth("worth", receipt.worth_fen)
    if receipt.kind == MONEY and (receipt.quantity or receipt.item or receipt.unit):
        raise NotBookedError("quantity", Refusal("L10", "refusal.ledger.money_has_no_pieces"))
    if receipt.kind == GOODS:
        for field in ("item", "unit"):
            if not getattr(receipt, field):
                raise NotBookedError(field, Refusal("L10", f"refusal.ledger.no_{field}"))
        pieces("quantity", receipt.quantity)
        if receipt.worth_fen < receipt.quantity:
            raise NotBookedError("worth", Refusal("L10", "refusal.ledger.worth_nothing"))
    day("received_on", receipt.received_on, today, date(first_year, 1, 1))


def worth(field: str, fen: int) -> None:
    """More than nothing, and no absurd amount."""
    if not 0 < fen <= MOST_FEN:
        raise NotBookedError(field, Refusal("G4", "refusal.ledger.amount", {"most_fen": MOST_FEN}))


def pieces(field: str, quantity: int) -> None:
    """At least one piece, and no absurd number."""
    if not 0 < quantity <= MOST_PIECES:
        raise NotBookedError(field, Refusal("G4", "refusal.ledger.pieces", {"most": MOST_PIECES}))


def day(field: str, on: date, today: date, since: date) -> None:
    """L10: the ledger holds what happened, and in its order: not after ``today``, not before ``since``."""
    if on > today:
        raise NotBookedError(field, Refusal("L10", "refusal.ledger.future", {"today": today}))
    if on < since:
        raise NotBookedError(field, Refusal("L10", "refusal.ledger.too_early", {"since": since}))


def reason_given(reason: str) -> None:
    """G4: whoever takes back an entry says why."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotBookedError("reason", Refusal("G4", "refusal.ledger.no_reason"))


def taken_from(field: str, left: Left, kind: str, amount: int) -> Left:
    """G4: nobody passes on, hands out or takes back more than there is. ``amount`` is fen of money, pieces of goods;
    what it comes to.

    Raises:
        NotBookedError: nothing, or more than is left.
    """
    if kind == MONEY:
        worth(field, amount)
        if amount > left.worth_fen:
            raise NotBookedError(field, Refusal("G4", "refusal.ledger.more_than_left", {"left_fen": left.worth_fen}))
        return Left(0, amount)
    pieces(field, amount)
    if amount > left.quantity:
        raise NotBookedError(field, Refusal("G4", "refusal.ledger.more_pieces_than_left", {"left": left.quantity}))
    return Left(amount, left.worth_of(amount))


def open_season(*, closed: bool) -> None:
    """A closed season takes no more entries."""
    if closed:
        raise NotBookedError("", Refusal("L10", "refusal.ledger.closed"))


SENT_BEFORE = Refusal("G4", "refusal.ledger.sent_before")
"""The same page was sent before; what it said is written down, once."""
GONE = Refusal("G4", "refusal.ledger.gone")
"""What the entry is about is not there (any more) for whoever writes it."""
