"""A name that the host knows already: it is checked, and never shown."""

from dataclasses import dataclass
from typing import Any

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.name import Name
from bot.inbound import Input
from intake.names import same_name


@dataclass(frozen=True, slots=True)
class NameKnown(Name):
    """As :class:`~bot.answers.name.Name`, and the same as the fact ``fact``, where the host gives it; another name is
    missed with the text ``miss``."""

    fact: str
    miss: str

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The name, or a miss that says why it is the wrong one, but not the right one."""
        parsed = Name.parse(self, given, sent)
        if isinstance(parsed, Value) and not self._is_it(given, parsed.value):
            return Miss(self.miss, {"person": given.person})
        return parsed

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a name, and still the right one."""
        return Name.check(self, given, value) and self._is_it(given, value)

    def _is_it(self, given: Given, name: str) -> bool:
        known = given.facts.get(self.fact)
        return not known or same_name(name, str(known))
