"""A bank card."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.numerals import figures
from bot.answers.typed import Typed, words
from bot.answers.words import denied, plain, unadorned
from bot.inbound import Input
from intake import id_number
from intake.card_numbers import is_card, luhn_holds, mask_card

_BETWEEN = re.compile(r"[\s.,·・_\-‐-―−、]+")
_AROUND = re.compile(r"^[\u4e00-\u9fff:]+(?=[0-9])|(?<=[0-9])[\u4e00-\u9fff。!~]+$")


@dataclass(frozen=True, slots=True)
class BankCard(Typed):
    """A card or account number of 12 to 19 digits; the value is those digits. A wrong check digit (Luhn) is only a
    remark: accounts of rural banks often have none."""

    kind: ClassVar[str] = "bank_card"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The digits, or a miss for what is wrong with them. An identity number is told apart."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        digits = _AROUND.sub("", _BETWEEN.sub("", figures(plain(unadorned(text)))))
        if denied(text) or not re.fullmatch(r"[0-9]+", digits):
            return Miss("answer.bank_card.id_number" if _is_id(digits, given) else "answer.bank_card.characters")
        if not is_card(digits):
            return Miss("answer.bank_card.length", {"length": len(digits)})
        if _is_id(digits, given):
            return Miss("answer.bank_card.id_number")
        return Value(digits, "" if luhn_holds(digits) else "answer.bank_card.check")

    def show(self, given: Given, value: Any) -> str:
        """The last four digits."""
        return mask_card(str(value))

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a text of that many digits."""
        return isinstance(value, str) and is_card(value)


def _is_id(text: str, given: Given) -> bool:
    """Whether it is an identity number of 18 characters, also one with a wrong digit."""
    try:
        return len(id_number.parse(text, given.today).number18) == len(text)
    except id_number.IdNumberError as error:
        return error.reason is id_number.Reason.CHECK_DIGIT and not (text.isdigit() and luhn_holds(text))
