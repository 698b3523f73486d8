"""Some photos, one message each, until the person says that it is all."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import options
from bot.answers.base import Given, Miss, More, Parsed, Value
from bot.answers.typed import words
from bot.answers.words import same_word
from bot.inbound import Input, Kind

_ID = re.compile(r"[1-9][0-9]{0,17}")
"""An id as text: below 2^63."""

DONE, NONE = "done", "none"


@dataclass(frozen=True, slots=True)
class Photos:
    """Up to ``high`` photos. The value is the list of their attachments' ids, as text, in the order sent; it may be
    empty. A photo is counted aloud; 完成 ends it, 没有 where there is none, and the last one by itself."""

    kind: ClassVar[str] = "photos"
    several: ClassVar[bool] = False
    high: int = 9

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """The one thing to tap: that there is none, or that it is all."""
        code = DONE if given.collected else NONE
        return ((code, given.texts(f"answer.photos.{code}")),)

    def parse(self, given: Given, sent: Input) -> Parsed:
        """A photo more, or all of them; other messages are told how it goes on."""
        collected = given.collected
        if sent.kind is Kind.PHOTO:
            return self._one_more(collected, sent.media)
        if sent.kind is Kind.CHOICE and sent.text in (DONE, NONE):
            return Value(list(collected))
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        done = self._says(given, text, DONE)
        # «No» after some photos means that no more will come: what was sent is never thrown away.
        if (done and collected) or self._says(given, text, NONE) or self._numbered(given, text):
            return Value(list(collected))
        return Miss("answer.photos.not_yet") if done else Miss("answer.photos.unknown", {"count": len(collected)})

    def show(self, given: Given, value: Any) -> str:
        """How many there are."""
        return given.texts("answer.photos.shown", count=len(value)) if value else given.texts("answer.photos.none")

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a list of ids, none twice, not too many. Whose they are is known where they are handed in."""
        ids = isinstance(value, list) and all(isinstance(one, str) and _ID.fullmatch(one) for one in value)
        return ids and len(value) <= self.high and len(set(value)) == len(value)

    def _one_more(self, collected: tuple[str, ...], media: str) -> Parsed:
        if not _ID.fullmatch(media):
            return Miss("answer.photos.lost", {"count": len(collected)})
        collected = collected if media in collected else (*collected, media)
        if len(collected) >= self.high:
            return Value(list(collected[: self.high]), "answer.photos.enough", {"count": self.high})
        return More(collected, "answer.photos.more", {"count": len(collected)})

    def _says(self, given: Given, text: str, code: str) -> bool:
        return same_word(text, (given.texts(f"answer.photos.{code}"), *given.texts.words(f"answer.photos.{code}.also")))

    def _numbered(self, given: Given, text: str) -> bool:
        reading = options.read(text, tuple((label,) for _, label in self.choices(given)), joined=False)
        return bool(reading.picked) and not reading.unread
