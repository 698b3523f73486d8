"""Consent to what was just told, in its own words."""

from dataclasses import dataclass
from typing import ClassVar

from bot.answers.yes import Yes


@dataclass(frozen=True, slots=True)
class Consent(Yes):
    """同意 or 不同意. The value is True or False; only a plain word of agreement is consent."""

    kind: ClassVar[str] = "consent"
