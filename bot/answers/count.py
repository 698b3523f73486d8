"""A whole number: of people, of rooms, of days."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.numerals import CHARACTERS, DIGITS, number
from bot.answers.typed import Typed, words
from bot.answers.words import plain
from bot.inbound import Input

_NUMBER = rf"[0-9]+(?:,[0-9]{{3}})*|[{CHARACTERS}]+"
_SPEAKER = "我们家|我家里|我家|俺家|咱家|我们|家里|家中|我|俺"
_TOGETHER = "全家|一家子|一家人?|一共|总共|共有|共|合计|连我|算上我|加上我"
_LEAD = rf"(?:{_SPEAKER}|{_TOGETHER}|只有|还有|就|只|有|是|老(?=两口)|[::,、\s])*+"
_UNIT = r"(?:口子人?|口之家|口人|口|个人|人|个|位|名|间房|间|亩|户|张|头|只|岁|天|块|元|次)?"
_SENTENCE = re.compile(rf"{_LEAD}(?P<number>{_NUMBER})\s*{_UNIT}[了吧啊呀哦的呢嘛\s。.!,]*")
_ABOUT = re.compile(
    rf"几|多|来个|不到|不足|大概|大约|差不多|左右|上下|将近|可能|估计|[{DIGITS[2:]}]{{2,}}(?:[个口人位]|$)|[0-9]\s*[-~—至到、或]\s*[0-9]"
)
_LESS = re.compile(r"^\s*(?:[-−–—]\s*[0-9]|负)")
_PART = re.compile(r"[0-9][.][0-9]|点[0-9一二三四五六七八九零]|半|分之|[0-9]/[0-9]|%|⁄")
_WHOLE_FAMILY = re.compile(
    r"(?:我们|俺|我)?(?:全家|一家人?|全部|所有人?|都|全)(?:人|家)?(?:都|全)?(?:需要|要|难|困难|是|有)?[的吧了。]?"
)
_NONE = re.compile(r"(?:一个)?[也都]?没有?|没有?人|无")


@dataclass(frozen=True, slots=True)
class Count(Typed):
    """A whole number from ``low`` to ``high``, in figures or characters, alone or in a short phrase (家里有三口人).

    ``high`` may depend on earlier answers; ``over`` is then the catalog key that gives the reason, with the fields
    ``value``, ``low`` and ``high``. With ``whole`` 全家 and 都需要 mean ``high``.
    """

    kind: ClassVar[str] = "count"
    low: int
    high: int | Callable[[Given], int]
    over: str = "answer.count.range"
    whole: bool = False

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number; about so many, less than nothing, a half and a number out of range each have their miss."""
        text = words(sent)
        if isinstance(text, Miss):
            return text
        text = plain(text)
        if self.whole and _WHOLE_FAMILY.fullmatch(text):
            return Value(self._high(given))
        if _LESS.search(text):
            return Miss("answer.count.negative")
        if _PART.search(text):
            return Miss("answer.count.whole")
        if _NONE.fullmatch(text):
            return self._within(given, 0)
        if _ABOUT.search(text):
            return Miss("answer.count.about")
        found = _SENTENCE.fullmatch(text)
        if found is None:
            numbers = re.findall(_NUMBER, text)
            return Miss("answer.count.two" if len(numbers) > 1 else "answer.count.unknown")
        if re.fullmatch(r"[0-9]{10,}", found["number"]):
            return Miss("answer.count.long")
        value = number(found["number"])
        return Miss("answer.count.unknown") if value is None else self._within(given, value)

    def show(self, given: Given, value: Any) -> str:
        """The number in figures."""
        return str(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a whole number in range."""
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self._high(given)

    def _within(self, given: Given, value: int) -> Parsed:
        high = self._high(given)
        if self.low <= value <= high:
            return Value(value)
        told: Mapping[str, int] = {"value": value, "low": self.low, "high": high}
        return Miss(self.over if value > high else "answer.count.range", told)

    def _high(self, given: Given) -> int:
        return self.high(given) if callable(self.high) else self.high


def answered(key: str, otherwise: int) -> Callable[[Given], int]:
    """The earlier answer ``key`` as a limit, ``otherwise`` while it has none: persons_in_need ≤ household_size."""

    def limit(given: Given) -> int:
        return int(given.answers.get(key, otherwise))

    return limit
