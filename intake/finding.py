"""By what a household is found while its ID number and telephone stay sealed: the initials of its head's name, and
keyed indexes of the last four characters of both. And by what a card, a telephone or a name is seen to be another
household's too (G4, L12), without opening any: keyed indexes of the whole.

Four digits are soon guessed, so an index without a key would be worth nothing: whoever has the database alone sees no
more than that two households end alike. The indexes are not bound to a county, for a household belongs to none; what is
found is kept to the official's area by the door of its cases (:mod:`intake.access`).
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import islice, product
from typing import Any

from pypinyin import Style, pinyin

from intake.names import bare
from store.cipher import keyring

TAIL = 4
"""Characters at the end of an ID number and of a telephone number; the masks show as many."""
_MOST = 64
"""Spellings of one name that are kept; a name of four characters with two readings each has 16."""


@cache
def _letters(character: str) -> str:
    """The first letters of all readings of a character; a Latin letter is itself, anything else nothing."""
    spelled = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]
    plain = (unicodedata.normalize("NFKD", one)[:1].lower() for one in spelled)
    return "".join(sorted({one for one in plain if one.isascii() and one.isalpha()}))


def initials(name: str) -> str:
    """The initials of a name by every reading of its characters, a blank before each: `` sxq dxq cxq`` for 单小琴."""
    letters = [found for found in map(_letters, name) if found]
    return "".join(f" {''.join(one)}" for one in islice(product(*letters), _MOST)) if letters else ""


def id_tail_index(id_number: str) -> bytes:
    """The keyed index of an ID number's end."""
    return keyring().blind_index("household.id_number.tail", id_number[-TAIL:])


def phone_tail_index(phone: str) -> bytes:
    """The keyed index of a telephone number's end."""
    return keyring().blind_index("household.phone.tail", phone[-TAIL:])


def phone_index(phone: str) -> bytes:
    """The keyed index of a whole telephone number (E.164)."""
    return keyring().blind_index("household.phone", phone)


def card_index(card: str | None) -> bytes | None:
    """The keyed index of a bank card's digits; nothing where there is no card."""
    return keyring().blind_index("household.bank_card", card.replace(" ", "")) if card else None


def index_of(card: str) -> bytes:
    """The keyed index of a card that is there."""
    return card_index(card) or b""


def name_index(name: str | None) -> bytes | None:
    """The keyed index of a name, the same for every spelling of it (:func:`intake.names.same_name`): the head's and
    the card holder's are compared by it."""
    return keyring().blind_index("household.name", bare(name)) if name else None


def follows(column: str, make: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A column's default at insertion that is made from another column, so that no writer can forget it."""

    def default(context: Any) -> Any:
        return make(context.get_current_parameters().get(column))

    return default
