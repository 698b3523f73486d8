"""One of what the host knows: a case, a notice, an open task."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import near, options
from bot.answers.base import Given, Miss, Parsed, Several, Value
from bot.answers.typed import words
from bot.inbound import Input, Kind

_FIGURES = re.compile(r"0[0-9]+|[0-9]{3,}")
"""Figures that are part of a label and no number of a choice: the 00012 of a case number."""


@dataclass(frozen=True, slots=True)
class Picked:
    """One of the choices under the fact ``fact`` ((code, label) each, with a third where the summary shows less than
    the label), by number, label or part of a label. The value is the code; it stays valid while it is among the
    facts."""

    kind: ClassVar[str] = "picked"
    several: ClassVar[bool] = False
    fact: str

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """(code, label) as the host knows them; none where it knows none."""
        return tuple((str(code), str(label)) for code, label, *_ in given.facts.get(self.fact) or ())

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The code chosen. A label, or a part of one, that fits several gives those to pick from."""
        choices = self.choices(given)
        if sent.kind is Kind.CHOICE and sent.text in dict(choices):
            return Value(sent.text)
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        if not choices:
            return Miss("answer.picked.nothing", {"person": given.person})
        names = tuple((label,) for _, label in choices)
        inside, denied = near.containing(text, names), near.opposed(text, names)
        if not _FIGURES.fullmatch(options.bare(text)) or not inside:
            reading = options.read(text, names, joined=False)
            if reading.beyond:
                return Miss("answer.picked.beyond", {"number": reading.beyond, "count": len(choices)})
            inside = inside if reading.unread or not reading.picked else reading.picked
            denied = denied if reading.unread or not reading.picked else ()
        if len(inside) == 1 and not denied:
            return Value(choices[inside[0]][0])
        if inside or denied:
            return Several("answer.picked.which", tuple(choices[index] for index in sorted((*inside, *denied))))
        return Miss("answer.picked.unknown")

    def show(self, given: Given, value: Any) -> str:
        """The label, or what is shown for it; the code of what the host no longer knows."""
        shown = {str(choice[0]): str(choice[-1]) for choice in given.facts.get(self.fact) or ()}
        return shown.get(str(value), str(value))

    def check(self, given: Given, value: Any) -> bool:
        """Whether the host still knows it."""
        return isinstance(value, str) and value in dict(self.choices(given))
