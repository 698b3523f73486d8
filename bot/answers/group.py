"""The group of a village, or the natural village in it."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.agreement import agreement
from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.numerals import CHARACTERS, number
from bot.answers.text import tidy
from bot.answers.typed import Typed, words
from bot.answers.words import HESITATION, plain, same_word, unadorned
from bot.inbound import Input

LONGEST = 30
MOST = 200
"""The highest number of a group: beyond it a house number or a telephone was typed."""

_UNIT = "村民小组|生产小?队|小组|小队|组|队|社"
_NUMBERED = re.compile(
    rf"(?:我们?家?|俺们?家?|咱们?家?)?[是在住]*第?\s*(?P<number>[0-9]+|[{CHARACTERS}]+)\s*(?P<unit>{_UNIT})?[的里]?人?[吧啊呀呢哦。.!,]*"
)
_ONLY_NUMBERS = re.compile(rf"(?:[0-9{CHARACTERS}几第到至或号户栋排、,.\s~-]|{_UNIT})+")
_SENTENCE = re.compile(
    "不[知清晓记]|[忘吗呢啥咋哪我俺您你请谁?？]|怎么|什么|几组|好像|可能|大概|多少|[等谢]一?[下谢等]|稍等"
)
_LAST = re.compile(rf"第?(?P<number>[0-9]+|[{CHARACTERS}]+)(?P<unit>{_UNIT})[。.!,\s]*$")
_VILLAGE_FIRST = re.compile(rf"(?:.*(?:村|社区))?(?=第?(?:[0-9]+|[{CHARACTERS}]+)(?:{_UNIT}))")


@dataclass(frozen=True, slots=True)
class Group(Typed):
    """A numbered group in one spelling (3, 三, 第三组, 三小组 are ``3组``; ``3队`` and ``3社`` keep their word), or the
    name of a natural village as it was typed."""

    kind: ClassVar[str] = "group"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The group or name; several numbers, none, or one that no group has are misses."""
        sent_text = words(sent, self.kind)
        if isinstance(sent_text, Miss):
            return sent_text
        text = tidy(sent_text).replace("\n", " ")
        if len(text) > LONGEST:
            return Miss("answer.group.long", {"high": LONGEST})
        if same_word(text, given.texts.words("answer.group.unsure.also")):
            return Miss("answer.group.unsure")
        text = HESITATION.sub("", unadorned(text)).strip() or text
        found = _NUMBERED.fullmatch(_VILLAGE_FIRST.sub("", plain(text), count=1))
        if found and (value := number(found["number"])) is not None:
            return Value(f"{value}{_unit(found['unit'])}") if 1 <= value <= MOST else Miss("answer.group.range")
        if found or _ONLY_NUMBERS.fullmatch(plain(text)):
            return Miss("answer.group.one")
        if not any(map(str.isalpha, text)) or _SENTENCE.search(text) or _is_no_name(given, text):
            return Miss("answer.group.unknown")
        return Value(text)

    def show(self, given: Given, value: Any) -> str:
        """The group itself."""
        return str(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a text of an allowed length."""
        return isinstance(value, str) and 1 <= len(value) <= LONGEST


def _is_no_name(given: Given, text: str) -> bool:
    """Whether it is a yes, a no or something said to the bot: 好的, 继续."""
    return agreement(text) is not None or same_word(text, given.texts.words("answer.group.said.words"))


def _unit(said: str | None) -> str:
    return said[-1] if said else "组"


def group_at_end(text: str) -> str | None:
    """The numbered group after a village's name (石门村三组), or None."""
    found = _LAST.search(plain(text))
    value = number(found["number"]) if found else None
    return f"{value}{_unit(found['unit'])}" if found and value and value <= MOST else None
