"""A question answered by yes or no."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import options
from bot.answers.agreement import agreement
from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.typed import words
from bot.inbound import Input, Kind

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Yes:
    """Yes or no. The value is True or False; the codes to tap are ``yes`` and ``no``."""

    kind: ClassVar[str] = "yes"
    several: ClassVar[bool] = False

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """Yes, then no."""
        return ((YES, given.texts(f"answer.{self.kind}.yes")), (NO, given.texts(f"answer.{self.kind}.no")))

    def parse(self, given: Given, sent: Input) -> Parsed:
        """True or False from a word, a number or a tap; a sentence that only contains such a word is a miss."""
        if sent.kind is Kind.CHOICE and sent.text in (YES, NO):
            return Value(sent.text == YES)
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        agreed = agreement(text, *(self._names(given, code) for code in (YES, NO)))
        if agreed is None:
            labels = tuple((label,) for _, label in self.choices(given))
            reading = options.read(text, labels, joined=False)
            if len(reading.picked) == 1 and not reading.unread:
                agreed = reading.picked[0] == 0
        return Miss(f"answer.{self.kind}.unknown") if agreed is None else Value(agreed)

    def _names(self, given: Given, code: str) -> tuple[str, ...]:
        return given.texts.names(f"answer.{self.kind}.{code}")

    def show(self, given: Given, value: Any) -> str:
        """The label of yes or of no."""
        return given.texts(f"answer.{self.kind}.{YES if value else NO}")

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is True or False."""
        return isinstance(value, bool)
