"""A telephone number that a person may not have."""

from dataclasses import dataclass

from bot.answers.base import Given, Parsed, Value
from bot.answers.phone import Phone
from bot.answers.words import same_word
from bot.inbound import Input, Kind


@dataclass(frozen=True, slots=True)
class PhoneIfAny(Phone):
    """As :class:`~bot.answers.phone.Phone`, for an optional question: 没有 says that there is none."""

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number, or None for the words that say that there is none."""
        if sent.kind is Kind.TEXT and same_word(sent.text, given.texts.words("answer.phone.lacking.words")):
            return Value(None)
        return Phone.parse(self, given, sent)
