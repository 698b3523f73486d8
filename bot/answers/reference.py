"""The number of a case or the receipt code of a report, as people copy it."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.typed import Typed, words
from bot.answers.words import denied, plain, unadorned
from bot.inbound import Input

_AROUND = re.compile(r"^[\u4e00-\u9fff:\s]+|[\u4e00-\u9fff\s。!~]+$")
_BETWEEN = re.compile(r"[\s.,·・_\-‐-―−/]+")
_CASE = re.compile(r"([0-9]{6})(20[0-9]{2})([0-9]{5})")
_LONG_CASE = re.compile(r"[0-9]{6}-20[0-9]{2}-[0-9]{5,7}")
_NEARLY_CASE = re.compile(r"[0-9]{5,8}(?:-[0-9]+){2}")
_RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
_MISREAD = str.maketrans("OIL", "011")
_VALUE = re.compile(rf"{_LONG_CASE.pattern}|(?:[0-9A-HJKMNP-TV-Z]{{4}}-){{3}}[0-9A-HJKMNP-TV-Z]{{4}}")


@dataclass(frozen=True, slots=True)
class Reference(Typed):
    """A case number (``410324-2022-00001``) or a receipt code of four groups of four letters and digits (``7K3M-…``,
    Crockford's base 32, where O is 0 and I and L are 1). The value is in this spelling."""

    kind: ClassVar[str] = "reference"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number or the code, whatever stands between its groups; whether there is such a one is not known here."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        if denied(text):
            return Miss("answer.reference.unknown")
        groups = _groups(text)
        if _LONG_CASE.fullmatch(groups):
            return Value(groups)
        together = groups.replace("-", "")
        if found := _CASE.fullmatch(together.translate(_MISREAD)):
            return Value("-".join(found.groups()))
        code = together.translate(_MISREAD)
        if _RECEIPT.fullmatch(code):
            return Value("-".join(code[at : at + 4] for at in range(0, 16, 4)))
        if re.fullmatch(r"[0-9A-Z]{16}", together):
            return Miss("answer.reference.letters")
        if re.fullmatch(r"[0-9A-Z]+", together):
            return Miss("answer.reference.length", {"length": len(together)})
        return Miss("answer.reference.unknown")

    def show(self, given: Given, value: Any) -> str:
        """The number or code itself."""
        return str(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is in one of the two spellings."""
        return isinstance(value, str) and _VALUE.fullmatch(value) is not None


def nearly_case(text: str) -> bool:
    """Whether a text that is no case number was meant for one: figures in three groups, one too few or too many."""
    return _NEARLY_CASE.fullmatch(_groups(text)) is not None


def _groups(text: str) -> str:
    """What was written without the words around it, with one dash between its groups."""
    return _BETWEEN.sub("-", _AROUND.sub("", plain(unadorned(text)).upper())).strip("-")
