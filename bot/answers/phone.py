"""A telephone number."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.typed import Typed, words
from bot.answers.words import denied, plain, unadorned
from bot.inbound import Input
from intake import phone

_SHORTEST = 5
_DIGIT = "0-9零〇一幺二三四五六七八九"
_WORD = rf"(?:(?![{_DIGIT}])[\u4e00-\u9fff,:;、。!\s])+"
_AROUND = re.compile(rf"^{_WORD}(?=[{_DIGIT}+(])|(?<=[{_DIGIT}]){_WORD}$")


@dataclass(frozen=True, slots=True)
class Phone(Typed):
    """A mobile or a landline with its area code; the value is the number in E.164 (``+8613800001234``). It is read back
    once, for no check digit tells of a mistake; from then on it may be masked."""

    kind: ClassVar[str] = "phone"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number, or a miss for what is wrong with it."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        try:
            number = phone.parse(_alone(text))
            return Value(number, "answer.phone.noted", {"phone": phone.national(number)})
        except phone.PhoneError as error:
            return Miss(f"answer.phone.{error.reason}", {"digits": error.digits})

    def show(self, given: Given, value: Any) -> str:
        """The number in groups, whole."""
        return phone.national(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is such a number in E.164."""
        try:
            return isinstance(value, str) and phone.parse(value) == value
        except phone.PhoneError:
            return False


def _alone(text: str) -> str:
    """The number without the words around it (我儿子的138…); with words that deny it (不是138…) the whole text."""
    text = plain(unadorned(text))
    number = _AROUND.sub("", text)
    return number if len(number) >= _SHORTEST and not denied(text) else text
