"""Which of some numbered options a text names. Pure.

It understands numbers (1 3, 1、3, ①③, 一和三, 第2个, A C) and the options' names in any order, joined or not. What it
doesn't understand it gives back: a guess would be filed as a fact.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.negation import is_denial, negations
from bot.answers.numerals import number
from bot.answers.words import NO_SIGNS, plain, unadorned

_SPACE = r"[\s,.;:、/+&_|()\[\]。…·!~་།]+"
_FILLER = (
    "我们家|我家里(?!人)|我家(?!人)|俺家(?!人)|家里(?!人)|家中|我们|我|俺|选择|选|答案|答|编号|遭受|受到|遭到|遇到|发生|受灾|遭灾|遭|受|"
    "需要|想要|申请|要|那个|这个|就是|应该|俺们|屋里|他们家|他家(?!人)|她家(?!人)|他们|他|她|这户|这家|还有|以及|也|还|和|跟|与|及|同|加|都|"
    "就|是|有(?![不没無无莫冇])|了|的|啊|呀|吧|着呢|得很|呢|哦|嗯|呃|嘛|哎|呗|嘞|哩|请"
)
_FILLERS = re.compile(rf"(?:{_FILLER}|{_SPACE})+")
_NUMBER = r"[0-9]+|[零一二三四五六七八九十]+"
_OTHER_TOKENS = (
    rf"|(?P<range>(?:{_NUMBER})(?:号?\s*[-~—–―至到或]+\s*(?:{_NUMBER}))+号?)"
    rf"|第(?P<ordinal>{_NUMBER})[个项条种号]?|(?P<number>{_NUMBER})(?![0-9零一二三四五六七八九十个项条种口人户])号?"
    rf"|(?P<letters>[A-Za-z]+)|(?P<skip>{_SPACE}|{_FILLER})|(?P<other>.)"
)

_ARTICLES = ("a", "I", "i")
"""Letters that beside a name are words of English: a drought, I had a flood."""

_FROM_TO = re.compile(rf"({_NUMBER})号?\s*(?:[-~—–―至到])\s*({_NUMBER})号?")
_APART = re.compile(r"[,;、。.!།/]")
"""What ends a thought: 没有，停水了 are two answers, 没有停水 is one."""

_NOT = re.compile("(?:没有|[不没無无未莫])")
_GOES_ON = "(?<=[A-Za-z])[A-Za-z]|(?<=[\u0f40-\u0fbc])[\u0f40-\u0fbc]"
"""A word that goes on is another word: snowy is not snow."""

Names = tuple[tuple[str, ...], ...]
"""The names of each option: its label, then other words for it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``picked``: indexes of the options named, in their own order. ``unread``: the first part that was not
    understood. ``beyond``: a number that no option has."""

    picked: tuple[int, ...]
    unread: str = ""
    beyond: str = ""


def spell(text: str) -> str:
    """:func:`bot.answers.words.plain`, with ①③ kept as two numbers: alone they would become 13."""
    apart = (f" {c} " if unicodedata.decomposition(c).startswith("<circle>") or c == "\u20e3" else c for c in text)
    return plain("".join(apart).replace("\u20e3", " "))


def read(text: str, names: Names, *, joined: bool, joints: tuple[str, ...] = ()) -> Reading:
    """The options that ``text`` names. With ``joined`` and fewer than ten options 13 means 1 and 3, else 13, and 1-3
    means 1, 2 and 3. ``joints`` are words of the language that may stand between two options.

    A name beside a word that may deny it is unread: 有没有水, 没有停电."""
    grammar, indexes = _grammar(names, joints)
    by_name: set[int] = set()
    by_number: set[int] = set()
    by_article: set[int] = set()
    unread = numbers = before = between = ""
    if any(sign in text for sign in NO_SIGNS if sign != "×"):
        return Reading((), text)
    for token in grammar.finditer(unadorned(spell(text))):
        kind, part = str(token.lastgroup), token.group()
        if kind == "other":
            unread += part
        elif unread:
            break
        elif kind == "name":
            longer = _overlapping(grammar, token)
            if longer or _turned_round(before, between, part, indexes):
                return Reading((), f"{before}{between}{longer or part}")
            by_name |= indexes.get(part.upper(), set())
            before, between = part, ""
        elif kind.startswith("skip"):
            between += part
        elif (found := _figures(token, kind, len(names), joined=joined)) is None:
            return Reading((), part) if kind in ("letters", "range") else Reading((), "", part)
        elif part in _ARTICLES:
            by_article |= found
        else:
            by_number |= found
            numbers += part
    if not by_name:
        by_number |= by_article
    if not unread and by_name and not by_number <= by_name:
        # 1. 地震 copied from another list: the number and the name disagree.
        unread = numbers
    return Reading(tuple(sorted(by_name | by_number)), unread)


def _turned_round(before: str, between: str, part: str, indexes: dict[str, set[int]]) -> bool:
    """Whether what stands before a name may turn it round: 有 before 没水, 没有 before 停电 or behind it."""
    if negations(part) and (before + between).endswith("有") and not is_denial(before):
        return True
    if not before or _APART.search(between) or is_denial(before) == is_denial(part):
        return False
    return not indexes.get(before.upper(), set()).isdisjoint(indexes.get(part.upper(), set()))


def _overlapping(grammar: re.Pattern[str], token: re.Match[str]) -> str:
    """A longer name behind the negation that a name begins with, and the negation: 没 and 发晚了 for 没发 in 没发晚了;
    empty where there is none."""
    negation = _NOT.match(token.group())
    longer = grammar.match(token.string, token.start() + negation.end()) if negation else None
    if longer is None or longer.lastgroup != "name" or longer.end() <= token.end():
        return ""
    return token.string[token.start() : longer.end()]


def _figures(token: re.Match[str], kind: str, count: int, *, joined: bool) -> set[int] | None:
    """The indexes that a number, a range or letters stand for; None for those of no option."""
    if kind == "range":
        return _from_to(token.group(), count) if joined else None
    return _numbered(token[kind], count, joined=joined and kind == "number", letters=kind == "letters")


def _from_to(part: str, count: int) -> set[int] | None:
    """The indexes of 1-3 and 1到3; None for what is no such range: 3-1, 1或3."""
    ends = _FROM_TO.fullmatch(part)
    first, last = (number(end) or 0 for end in ends.groups()) if ends else (0, 0)
    return _indexes(range(first, last + 1)) if 1 <= first < last <= count else None


def bare(text: str) -> str:
    """The text without the words people put around an answer: 我选干旱吧 is 干旱."""
    text = unadorned(spell(text))
    head = _FILLERS.match(text)
    text = text[head.end() :] if head else text
    return re.sub(rf"(?:[的了啊呀吧呢哦!~]|{_SPACE})+$", "", text)


def _numbered(part: str, count: int, *, joined: bool, letters: bool) -> set[int] | None:
    """The indexes that a run of digits or letters stands for; None if an option is missing or it could be a word."""
    if letters:
        places = [ord(letter) - ord("A") for letter in part.upper()]
        word = len(part) > 1 and (not part.isupper() or places != sorted(set(places)) or part == "NO")
        return None if word or max(places) >= count else set(places)
    if joined and count < 10 and len(part) > 1 and "十" not in part:
        values = [number(digit) or 0 for digit in part]
        return None if len(set(values)) < len(values) or not all(1 <= v <= count for v in values) else _indexes(values)
    value = number(part)
    return _indexes([value]) if value and value <= count else None


def _indexes(values: Sequence[int]) -> set[int]:
    return {value - 1 for value in values}


@lru_cache(maxsize=256)
def _grammar(names: Names, joints: tuple[str, ...] = ()) -> tuple[re.Pattern[str], dict[str, set[int]]]:
    indexes: dict[str, set[int]] = {}
    for index, forms in enumerate(names):
        for form in forms:
            indexes.setdefault(plain(form).upper(), set()).add(index)
    longest_first = sorted(filter(None, indexes), key=len, reverse=True)
    any_name = "|".join(map(re.escape, longest_first)) or r"(?!)"
    between = "|".join(rf"{re.escape(joint)}(?![A-Za-z])" for joint in joints) or r"(?!)"
    joint = rf"(?P<skip_joint>(?<![A-Za-z])(?i:{between}))"
    return re.compile(rf"(?P<name>(?i:{any_name}))(?!{_GOES_ON})|{joint}{_OTHER_TOKENS}", re.DOTALL), indexes
