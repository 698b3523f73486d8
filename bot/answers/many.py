"""Several choices from a list."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import choosing, near, options
from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.choosing import Codes
from bot.answers.typed import words
from bot.answers.words import same_word, unadorned
from bot.inbound import Input, Kind
from locales.figures import listed

_WHO = "(?:我们家|我家里?|俺家|俺们|家里|屋里|我们?|俺)?"
_EACH = "以上|这些|一[个样项]|啥|什么|样样|哪个|哪样"
_ALL = re.compile(
    rf"{_WHO}(?:(?:以上|全部|所有|这些|啥|样样)*(?:全都|全|都)[有是选要]|(?:以上)?(?:全部|所有))[了的啊呀吧]*"
)
_NONE = re.compile(
    rf"{_WHO}(?:(?:{_EACH})?[都也全]?(?:没有?过?|没得|莫得|莫有|冇|木有|不是)|都不|无|没[啥什]么?)[了的啊呀吧]*"
)


@dataclass(frozen=True, slots=True)
class Many:
    """Some of ``codes``, by numbers, letters or names. Labels are the texts ``<prefix>.<code>``.

    ``every``: the codes that 都有 chooses, where it may be said. ``none_code``: the code that 没有 chooses; it is
    offered last and stands alone. The value is a list of codes in the order offered.
    """

    kind: ClassVar[str] = "many"
    several: ClassVar[bool] = True
    codes: Codes
    prefix: str
    every: Codes | None = None
    none_code: str | None = None
    none_alone: bool = True

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """(code, label) in the order offered."""
        return choosing.labels(self.prefix, self._offered(given), given)

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The codes chosen, or a miss that names the part that was not understood: nothing is guessed."""
        offered = self._offered(given)
        if sent.kind is Kind.CHOICE and sent.text in offered:
            return Value([sent.text])
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        spoken = unadorned(options.spell(text)).strip("。.!~ ")
        if _NONE.fullmatch(spoken) or same_word(text, given.texts.words("answer.none.words")):
            return Value([self.none_code]) if self.none_code else Miss("answer.many.none")
        if _ALL.fullmatch(spoken) or same_word(text, given.texts.words("answer.many.all.also")):
            every = choosing.codes_of(self.every, given) if self.every else ()
            chosen = [code for code in offered if code in every and code != self.none_code]
            return Value(chosen) if chosen else Miss("answer.many.all")
        return self._read(text, offered, choosing.names(self.prefix, offered, given), choosing.joints(given))

    def show(self, given: Given, value: Any) -> str:
        """The labels with a comma of the language between them."""
        return listed(given.texts, (given.texts(f"{self.prefix}.{code}") for code in value))

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a list of codes still offered, none twice, and ``none_code`` only alone."""
        if not isinstance(value, list) or not value or len(set(map(str, value))) < len(value):
            return False
        alone = not self.none_alone or self.none_code not in value or len(value) == 1
        return alone and all(code in self._offered(given) for code in value)

    def _offered(self, given: Given) -> tuple[str, ...]:
        codes = choosing.codes_of(self.codes, given)
        return codes if self.none_code in (None, *codes) else (*codes, str(self.none_code))

    def _read(self, text: str, offered: tuple[str, ...], names: options.Names, joints: tuple[str, ...]) -> Parsed:
        reading = options.read(text, names, joined=True, joints=joints)
        if reading.beyond:
            return Miss("answer.many.beyond", {"number": reading.beyond, "count": len(offered)})
        if reading.unread:
            found = near.containing(reading.unread, names)
            if len(found) == 1:
                told = {"part": reading.unread, "number": found[0] + 1, "label": names[found[0]][0]}
                return Miss("answer.many.nearly", told)
            return Miss("answer.many.unread", {"part": reading.unread[:20]})
        chosen = [offered[index] for index in reading.picked]
        if not chosen:
            return Miss("answer.many.unknown")
        if self.none_alone and self.none_code in chosen and len(chosen) > 1:
            return Miss("answer.many.none_and_some")
        return Value(chosen)
