"""One choice from a list."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import choosing, near, options
from bot.answers.base import Given, Miss, Parsed, Several, Value
from bot.answers.choosing import Codes
from bot.answers.typed import words
from bot.inbound import Input, Kind


@dataclass(frozen=True, slots=True)
class One:
    """One of ``codes``, by number, letter or name. Labels are the texts ``<prefix>.<code>``."""

    kind: ClassVar[str] = "one"
    several: ClassVar[bool] = False
    codes: Codes
    prefix: str

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """(code, label) in the order offered."""
        return choosing.labels(self.prefix, choosing.codes_of(self.codes, given), given)

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The code chosen. A part of a name is asked back: which of those that have it? What a name denies (有问题,
        where one is 没问题) gives the others to pick from."""
        codes = choosing.codes_of(self.codes, given)
        if sent.kind is Kind.CHOICE and sent.text in codes:
            return Value(sent.text)
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        names = choosing.names(self.prefix, codes, given)
        reading = options.read(text, names, joined=False, joints=choosing.joints(given))
        if reading.beyond:
            return Miss("answer.one.beyond", {"number": reading.beyond, "count": len(codes)})
        if not reading.unread and len(reading.picked) == 1:
            return Value(codes[reading.picked[0]])
        if not reading.unread and reading.picked and not near.named_alike(text, names, reading.picked):
            return Miss("answer.one.several")
        found = (() if reading.unread else reading.picked) or near.containing(text, names)
        if not found and (denied := near.opposed(text, names)):
            found = tuple(index for index in range(len(codes)) if index not in denied)
        if found:
            return Several("answer.one.which", tuple((codes[i], names[i][0]) for i in found))
        return Miss("answer.one.unknown")

    def show(self, given: Given, value: Any) -> str:
        """The label."""
        return given.texts(f"{self.prefix}.{value}")

    def check(self, given: Given, value: Any) -> bool:
        """Whether the code is still offered."""
        return value in choosing.codes_of(self.codes, given)
