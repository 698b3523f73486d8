"""What every kind of answer can do: read what a person typed, say what was wrong, show a value again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from bot.inbound import Input
from intake.places import Places
from locales import Texts


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer may look at: all handed in, nothing taken.

    ``answers`` are the earlier answers of the flow by question key; ``disasters`` are the codes of the season's
    disasters, hit first; ``hotline`` and ``person`` are telephone numbers to show; ``is_open`` says
    whether any county takes applications today; ``facts`` are what the host knows for this flow, under keys that
    begin with ``@``; ``collected`` is what came so far for a question that takes several messages;
    ``site`` is the address of our web pages, ``https://…``.
    """

    texts: Texts
    today: date
    places: Places
    answers: Mapping[str, Any] = field(default_factory=dict)
    disasters: tuple[str, ...] = ()
    hotline: str = ""
    person: str = ""
    is_open: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)
    collected: tuple[str, ...] = ()
    site: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Understood. ``value`` is plain JSON data (a code, never a label). ``note`` is the key of a remark to make
    beside it (a hint that the person may ignore), with ``params``. ``also`` are other answers that were given with it,
    by question key: a group after the village's name."""

    value: Any
    note: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    also: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Miss:
    """Not understood. ``key`` is the catalog key of a text that says what was wrong, an example of right, and what to
    do next; ``params`` fill it."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Several:
    """Understood in more than one way, or only nearly: the person picks one. ``options`` are (value, label) with
    values that are strings; ``key`` is the catalog key of the text that asks, with ``params``."""

    key: str
    options: tuple[tuple[str, str], ...]
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class More:
    """Understood, and more may come: ``collected`` is all there is so far; ``key`` is the text that counts aloud."""

    collected: tuple[str, ...]
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


Parsed = Value | Miss | Several | More


class Answer(Protocol):
    """A kind of answer. Instances are frozen, hold only their parameters, and are shared by all sessions."""

    @property
    def kind(self) -> str:
        """The wire name of the kind (``count``, ``phone`` …), also the prefix of its texts: ``answer.<kind>.…``."""
        ...

    def parse(self, given: Given, sent: Input) -> Parsed:
        """Read what was sent. Choice taps arrive as ``Input(Kind.CHOICE, code)`` with the bare code."""
        ...

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """(code, label) of every choice in the order offered; empty where the person types freely."""
        ...

    def show(self, given: Given, value: Any) -> str:
        """The value as the summary shows it, in the person's language."""
        ...

    def check(self, given: Given, value: Any) -> bool:
        """Whether a stored value is still one that this kind accepts (a flow may have changed meanwhile)."""
        ...

    @property
    def several(self) -> bool:
        """Whether more than one choice may be given."""
        ...
