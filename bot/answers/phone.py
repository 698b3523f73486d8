"""A telephone number."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.typed import Typed, words
from bot.inbound import Input
from intake import phone


@dataclass(frozen=True, slots=True)
class Phone(Typed):
    """A mobile or a landline with its area code; the value is the number in E.164 (``+8613800001234``)."""

    kind: ClassVar[str] = "phone"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number, or a miss for what is wrong with it."""
        text = words(sent)
        if isinstance(text, Miss):
            return text
        try:
            return Value(phone.parse(text))
        except phone.PhoneError as error:
            return Miss(f"answer.phone.{error.reason}", {"digits": error.digits})

    def show(self, given: Given, value: Any) -> str:
        """The number in groups, whole, so that a mistake is seen."""
        return phone.national(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is such a number in E.164."""
        try:
            return isinstance(value, str) and phone.parse(value) == value
        except phone.PhoneError:
            return False
