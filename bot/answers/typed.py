"""What the kinds of answer share: what came in must be words, and kinds without choices."""

from typing import ClassVar

from bot.answers.base import Given, Miss
from bot.inbound import Input, Kind

LONGEST = 2000
"""The most characters of a message that is looked at as an answer."""


class Typed:
    """A kind that a person types: nothing to tap, one value."""

    several: ClassVar[bool] = False

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """None: the person types."""
        return ()


def words(sent: Input, kind: str) -> str | Miss:
    """The typed text. A photo, a voice message or a sticker is a miss that says what a question of this kind wants; so
    is a tap on another question's button, and a message as long as a letter."""
    if sent.kind is Kind.TEXT:
        return sent.text if len(sent.text) <= LONGEST else Miss("answer.long", {"length": len(sent.text)})
    return Miss("answer.choice" if sent.kind is Kind.CHOICE else f"answer.{kind}.media")
