"""A day not long ago."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.answers import options
from bot.answers.base import Given, Miss, Parsed, Several, Value
from bot.answers.dates import Read, Unclear, read_day
from bot.answers.typed import words
from bot.answers.words import worded
from bot.inbound import Input, Kind
from locales.dates import long_date, month_day

_RECENT = ("today", "yesterday", "before_yesterday")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the last ``back`` days, today included. The value is its ISO date (``2022-11-19``)."""

    kind: ClassVar[str] = "day"
    several: ClassVar[bool] = False
    back: int = 60

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """Today, yesterday, the day before, by their dates: a button that is tapped tomorrow means the same day."""
        days = ((name, given.today - timedelta(days=ago)) for ago, name in enumerate(_RECENT[: self.back + 1]))
        return tuple(
            (day.isoformat(), given.texts(f"answer.day.{name}", date=month_day(given.texts, day))) for name, day in days
        )

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The day, from a word, a date or so many days ago; a lone number that is no choice is asked back."""
        if sent.kind is Kind.CHOICE and self.check(given, sent.text):
            return Value(sent.text)
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        day = read_day(text, given.today)
        if isinstance(day, Unclear) or len(worded(text)) == 1:  # 2号 is a day, 2 is a choice
            day = self._chosen(given, text) or day
        if isinstance(day, Unclear):
            return Miss(f"answer.day.{day}", {"date": month_day(given.texts, given.today)})
        if day.date > given.today:
            return Miss("answer.day.future")
        if day.date < given.today - timedelta(days=self.back):
            return Miss("answer.day.old", {"days": self.back, "person": given.person})
        if day.sure:
            return Value(day.date.isoformat())
        return Several("answer.day.which", ((day.date.isoformat(), self.show(given, day.date.isoformat())),))

    def show(self, given: Given, value: Any) -> str:
        """The whole date, as the language writes it."""
        return long_date(given.texts, date.fromisoformat(value))

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is the ISO date of such a day."""
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return False
        latest = given.today
        return day is not None and value == day.isoformat() and latest - timedelta(days=self.back) <= day <= latest

    def _chosen(self, given: Given, text: str) -> Read | None:
        choices = self.choices(given)
        names = tuple(
            (label, *given.texts.words(f"answer.day.{name}.also"))
            for name, (_, label) in zip(_RECENT, choices, strict=False)
        )
        reading = options.read(text, names, joined=False)
        if reading.unread or len(reading.picked) != 1:
            return None
        return Read(date.fromisoformat(choices[reading.picked[0]][0]))
