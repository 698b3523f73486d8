"""Amounts and texts of the ledger as a page sends them."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from admin.call import Call, checked_id
from intake.ledger.guards import LONGEST, MOST_PIECES, NotBookedError
from store.ids import new_id

ASK_FROM_FEN = 1_000_000_000
"""An entry of ten million yuan is asked for twice: it may be a slip of zeros."""
ASK_PIECE_FEN = 500_000
"""So is a piece of goods that costs 5,000 yuan."""


def entry_id(call: Call) -> int:
    """The id that the page was made with, so that what is sent twice is written down once."""
    return checked_id(call.form.text("entry"))


def fresh(call: Call) -> int:
    """An id for the page that is made now."""
    return new_id(call.now)


def short_text(call: Call, field: str) -> str:
    """A short text in one line; one that is too long is marked."""
    text = " ".join("".join(one for one in call.form.text(field) if one.isprintable() or one.isspace()).split())
    if len(text) > LONGEST[field]:
        call.form.wrong(field, "admin.funds.wrong.long", high=LONGEST[field], length=len(text))
    return text


def pieces(call: Call, field: str) -> int | None:
    """A number of pieces, None where nothing was typed."""
    plain = unicodedata.normalize("NFKC", call.form.text(field)).replace(" ", "").replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and int(plain[:9]) <= MOST_PIECES and len(plain) < 9):
        call.form.wrong(field, "admin.funds.wrong.pieces", typed=call.form.text(field)[:20])
        return None
    return int(plain)


def surely(call: Call, field: str, fen: int, quantity: int) -> None:
    """Whether an amount that is unusually large was sent a second time, unchanged."""
    large = fen >= ASK_FROM_FEN or (quantity > 0 and fen // quantity >= ASK_PIECE_FEN)
    if large and call.form.text("sure") != f"{fen}-{quantity}":
        call.form.wrong(field, "admin.funds.wrong.sure", typed=call.form.text(field)[:20])


def against(call: Call, error: NotBookedError, named: Mapping[str, str] = MappingProxyType({})) -> int:
    """Note what the ledger said, beside the field that the page calls otherwise where ``named`` says so; the status
    of the page."""
    call.form.against(named.get(error.field, error.field) or "entry", error.refusal)
    return 409 if error.refusal.key in _MOVED else 422


_MOVED = frozenset({"refusal.ledger.sent_before", "refusal.ledger.gone", "refusal.ledger.taken_back_before"})
