"""When a question is asked: small conditions on earlier answers that can be worked out, and written down for forms
that are filled elsewhere (XLSForm). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Seen = Mapping[str, Any]
"""The answers so far by question key, and what the host knows under keys that begin with ``@``."""


class Condition(Protocol):
    """A condition on earlier answers."""

    def __call__(self, seen: Seen) -> bool:
        """Whether it holds."""
        ...

    @property
    def xpath(self) -> str:
        """The same as an expression of XLSForm; empty where it always holds."""
        ...


@dataclass(frozen=True, slots=True)
class Always:
    """The condition of a question that is asked of everyone."""

    xpath = ""

    def __call__(self, seen: Seen) -> bool:
        """True."""
        return True


@dataclass(frozen=True, slots=True)
class Is:
    """The answer ``key`` is ``value``: a code, a number, or True and False."""

    key: str
    value: str | int | bool

    def __call__(self, seen: Seen) -> bool:
        """Whether it is."""
        return self.key in seen and seen[self.key] == self.value

    @property
    def xpath(self) -> str:
        """A comparison; yes and no are the codes of XLSForm's lists."""
        value = ("yes" if self.value else "no") if isinstance(self.value, bool) else self.value
        return f"${{{self.key}}} = '{value}'"


@dataclass(frozen=True, slots=True)
class Has:
    """The answer ``key``, several codes, has one of ``codes`` among them."""

    key: str
    codes: tuple[str, ...]

    def __call__(self, seen: Seen) -> bool:
        """Whether it has."""
        return any(code in self.codes for code in seen.get(self.key) or ())

    @property
    def xpath(self) -> str:
        """``selected`` for each code."""
        return " or ".join(f"selected(${{{self.key}}}, '{code}')" for code in self.codes)


@dataclass(frozen=True, slots=True)
class Given:
    """The question ``key`` has an answer that is not empty."""

    key: str

    def __call__(self, seen: Seen) -> bool:
        """Whether it has."""
        return bool(seen.get(self.key))

    @property
    def xpath(self) -> str:
        """Not empty."""
        return f"${{{self.key}}} != ''"


@dataclass(frozen=True, slots=True)
class Known:
    """The host knows something under ``key`` (``@cases``); elsewhere nobody does."""

    key: str

    def __call__(self, seen: Seen) -> bool:
        """Whether it does."""
        return bool(seen.get(self.key))

    @property
    def xpath(self) -> str:
        """Never."""
        return "false()"


@dataclass(frozen=True, slots=True)
class Not:
    """``condition`` does not hold."""

    condition: Condition

    def __call__(self, seen: Seen) -> bool:
        """Whether it does not."""
        return not self.condition(seen)

    @property
    def xpath(self) -> str:
        """Negated."""
        return f"not({self.condition.xpath or 'true()'})"


@dataclass(frozen=True, slots=True)
class All:
    """All of ``conditions`` hold."""

    conditions: tuple[Condition, ...]

    def __call__(self, seen: Seen) -> bool:
        """Whether they do."""
        return all(condition(seen) for condition in self.conditions)

    @property
    def xpath(self) -> str:
        """Joined."""
        return " and ".join(f"({condition.xpath})" for condition in self.conditions if condition.xpath)


ALWAYS = Always()
