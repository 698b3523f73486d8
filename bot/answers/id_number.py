"""A resident identity number."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.numerals import figures
from bot.answers.typed import Typed, words
from bot.answers.words import denied, plain, unadorned
from bot.inbound import Input
from intake import id_number


@dataclass(frozen=True, slots=True)
class IdNumberAnswer(Typed):
    """An identity number of 18 characters; the value is that text, an old number of 15 digits made 18."""

    kind: ClassVar[str] = "id_number"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number, or a miss for the first thing wrong with it. Registered elsewhere is only a remark."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        if denied(text):
            return Miss("answer.id_number.characters")
        text = plain(unadorned(text))
        if not re.search("[0-9]", text):  # read aloud, and written down by the telephone
            text = re.sub("[叉差]$", "X", figures(text.rstrip("。.!")))
        try:
            found = id_number.parse(text, given.today)
        except id_number.IdNumberError as error:
            length = len(id_number.clean(text))
            return Miss(f"answer.id_number.{error.reason}", {"length": length})
        if len(id_number.clean(text)) == 15:
            return Value(found.number18, "answer.id_number.old")
        return Value(found.number18, "" if given.places.get(found.county_code) else "answer.id_number.elsewhere")

    def show(self, given: Given, value: Any) -> str:
        """The number without its birth date."""
        return id_number.mask(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a right number of 18 characters."""
        try:
            return isinstance(value, str) and id_number.parse(value, given.today).number18 == value
        except id_number.IdNumberError:
            return False
