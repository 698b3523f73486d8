"""A whole number: of people, of rooms, of days."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.number_words import spoken_number
from bot.answers.numerals import CHARACTERS, DIGITS, number
from bot.answers.typed import Typed, words
from bot.answers.words import plain, same_word, unadorned
from bot.inbound import Input

_NUMBER = rf"[0-9]+(?:,[0-9]{{3}})*|[{CHARACTERS}]+"
_SPEAKER = "我们家|我家里头?|我家|俺家里?|俺们家?|咱家里?|我们|家里头?|家中|我屋里|屋里头?|屋头|我|俺"
_HESITATION = "那个|这个|那|嗯+|呃+|额|哦|啊|哎|就是|应该是|说|嘛"
_TOGETHER = "全家|一家子|一家人?|一共|总共|共有|共|合计|连我|算上我|加上我"
_LEAD = rf"(?:{_HESITATION}|{_SPEAKER}|{_TOGETHER}|只有|还有|就|只|有|是|老(?=两口)|[::,、\s])*+"
_PERSONS = "口子人?|口之家|口人|口|个人|人|个|位|名"
_NEEDED = "(?:都?需?要(?:救助)?)?"
_ABOUT = re.compile(
    rf"几|多|来[个口人位]|[十百]来|不到|不足|大概|大约|差不多|左右|上下|将近|可能|估计|[{DIGITS[2:]}]{{2,}}(?:[个口人位]|$)|[0-9]\s*[-~—至到、或]\s*[0-9]"
)
_LESS = re.compile(r"^\s*(?:[-−–—]\s*[0-9]|负)")
_PART = re.compile(r"[0-9][.][0-9]|点[0-9一二三四五六七八九零]|半|分之|[0-9]/[0-9]|%|⁄")
_WHOLE_FAMILY = re.compile(
    r"(?:我们|俺|我)?(?:全家|一家人?|全部|所有人?|都|全)(?:人|家)?(?:都|全)?(?:需要|要|难|困难|是|有)?[的吧了。]?"
)
_ALONE = re.compile(r"(?:就|只有?|就只有?|只剩)(?:我|俺|本人)(?:自己|一个)?|(?:我|俺)(?:自己|一个)")
_NONE = re.compile(r"(?:一[个间])?[也都]?(?:没有?|莫得|冇|木有)|没有?人|无")
_ZODIAC = re.compile(r"属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|属相")


@dataclass(frozen=True, slots=True)
class Count(Typed):
    """A whole number from ``low`` to ``high``, in figures or characters, alone or in a short phrase (家里有三口人).

    ``high`` may depend on earlier answers; ``over`` is then the catalog key that gives the reason, with the fields
    ``value``, ``low`` and ``high``. With ``whole`` 全家 and 都需要 mean ``high``. ``units`` are the words that may
    stand behind the number beside those for persons (间房): 3岁 is no number of people.
    """

    kind: ClassVar[str] = "count"
    low: int
    high: int | Callable[[Given], int]
    over: str = "answer.count.range"
    whole: bool = False
    units: tuple[str, ...] = ()

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The number; about so many, less than nothing, a half and a number out of range each have their miss."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        text = plain(unadorned(text)).rstrip("!~?;: ")
        all_words = given.texts.words("answer.all.words")
        if self.whole and (_WHOLE_FAMILY.fullmatch(text) or same_word(text, all_words)):
            return Value(self._high(given))
        if _ZODIAC.search(text):
            return Miss("answer.count.zodiac")
        if _LESS.search(text):
            return Miss("answer.count.negative")
        if _PART.search(text):
            return Miss("answer.count.whole")
        if _NONE.fullmatch(text) or same_word(text, given.texts.words("answer.none.words")):
            return self._within(given, 0)
        if _ALONE.fullmatch(text):
            return self._within(given, 1)
        if (spoken := spoken_number(given.texts, text)) is not None:
            return self._within(given, spoken)
        if _ABOUT.search(text):
            return Miss("answer.count.about")
        found = _sentence(self.units).fullmatch(text)
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


@dataclass(frozen=True, slots=True)
class Answered:
    """The earlier answer ``key`` as a limit, ``otherwise`` while it has none."""

    key: str
    otherwise: int

    def __call__(self, given: Given) -> int:
        """The limit."""
        return int(given.answers.get(self.key, self.otherwise))


def answered(key: str, otherwise: int) -> Answered:
    """An earlier answer as a limit: persons_in_need ≤ household_size."""
    return Answered(key, otherwise)


@cache
def _sentence(units: tuple[str, ...]) -> re.Pattern[str]:
    unit = "|".join((*map(re.escape, sorted(units, key=len, reverse=True)), _PERSONS))
    return re.compile(rf"{_LEAD}(?P<number>{_NUMBER})\s*(?:{unit})?{_NEEDED}[了吧啊呀哦的呢嘛\s。.!,]*")
