"""Free text: a reason, an address, a remark."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.typed import Typed, words
from bot.inbound import Input


def tidy(text: str) -> str:
    """The text in NFC without control, zero-width and direction characters, without blanks at the ends of lines and
    without more than one empty line in a row."""
    lines = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)).replace("\t", " ")
    seen = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    # Removing what stood between a letter and its accent brings them together: compose again.
    seen = unicodedata.normalize("NFC", seen)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", seen)).strip()


@dataclass(frozen=True, slots=True)
class Text(Typed):
    """Text of ``low`` to ``high`` characters, never empty; where it may be ``spoken``, a voice that nobody turned into
    words stands for it."""

    kind: ClassVar[str] = "text"
    high: int = 200
    low: int = 0
    spoken: bool = False

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The text, tidied, or a miss that says how many characters are too many or too few."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        text = tidy(text)
        if not text:
            return Miss("answer.text.empty")
        if len(text) > self.high:
            return Miss("answer.text.long", {"high": self.high, "length": len(text), "over": len(text) - self.high})
        if len(text) < self.low:
            return Miss("answer.text.short", {"low": self.low, "length": len(text)})
        return Value(text)

    def show(self, given: Given, value: Any) -> str:
        """The text itself."""
        return str(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a text of the allowed length."""
        return isinstance(value, str) and max(self.low, 1) <= len(value) <= self.high
