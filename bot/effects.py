"""What the engine asks of its host: things to say, and the few things to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Say:
    """A text from the catalogs."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the question of ``key``; ``brief`` leaves its text out because an error text has just said what is needed;
    ``plain`` puts beside each choice what it means."""

    key: str
    brief: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Let the person pick one of ``options`` (value, label) for the question of ``key``, or none of them; ``more``
    says that another page follows."""

    key: str
    options: tuple[tuple[str, str], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """Offer commands as choices of ``name`` (``#review``, ``#resume``, ``home``, ``trouble``): (code, catalog key)."""

    name: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Show every answer given; ``draft`` while it is only looked at, not yet to be signed."""

    draft: bool = False


@dataclass(frozen=True, slots=True)
class ChooseEdit:
    """Ask which answer shall be changed."""


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand these answers in. Where they go says what becomes of the session."""

    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Leave:
    """The person leaves the flow; ``keep`` says whether the draft stays for later."""

    keep: bool


@dataclass(frozen=True, slots=True)
class Enter:
    """Go into another flow, with the village of a QR code where there was one; the draft of this one stays."""

    flow: str
    village: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak another language with this person from now on."""

    code: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Remind this person of nothing from now on."""


Effect = Say | Ask | Offer | Menu | Summary | ChooseEdit | Submit | Leave | Enter | Mute | SetLanguage
