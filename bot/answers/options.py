"""Which of some numbered options a text names. Pure.

It understands numbers (1 3, 1、3, ①③, 一和三, 第2个, A C) and the options' names in any order, joined or not. What it
doesn't understand it gives back: a guess would be filed as a fact.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.numerals import number
from bot.answers.words import plain, unadorned

_SPACE = r"[\s,.;:、/+&_|()\[\]。…·!~་།]+"
_FILLER = (
    "我们家|我家里|我家|俺家|家里|家中|我们|我|俺|选择|选|答案|答|编号|遭受|受到|遭到|遇到|发生|受灾|遭灾|遭|受|需要|想要|申请|要|"
    "那个|这个|就是|应该|俺们|屋里|还有|以及|也|还|和|跟|与|及|同|加|都|就|是|有|了|的|啊|呀|吧|呢|哦|嗯|呃|嘛|哎|请"
)
_FILLERS = re.compile(rf"(?:{_FILLER}|{_SPACE})+")
_NUMBER = r"[0-9]+|[零一二三四五六七八九十]+"
_OTHER_TOKENS = (
    rf"|(?P<range>(?:{_NUMBER})\s*(?:[-~—–―至到或]+\s*(?:{_NUMBER}))+)"
    rf"|第(?P<ordinal>{_NUMBER})[个项条种号]?|(?P<number>{_NUMBER})(?![0-9零一二三四五六七八九十个项条种口人户])号?"
    rf"|(?P<letters>[A-Za-z]+)|(?P<skip>{_SPACE}|{_FILLER})|(?P<other>.)"
)

_ARTICLES = ("a", "I", "i")
"""Letters that beside a name are words of English: a drought, I had a flood."""

_LETTER = "[A-Z\u0f40-\u0fbc]"
SHORTEST_WORD = 4
"""Letters of an English or Tibetan word that is enough to tell an option by: not «the» or «དང»."""

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
    """The options that ``text`` names. With ``joined`` and fewer than ten options 13 means 1 and 3, else 13.
    ``joints`` are words of the language that may stand between two options."""
    grammar, indexes = _grammar(names, joints)
    by_name: set[int] = set()
    by_number: set[int] = set()
    by_article: set[int] = set()
    unread = numbers = ""
    for token in grammar.finditer(unadorned(spell(text))):
        kind, part = token.lastgroup, token.group()
        if kind == "other":
            unread += part
            continue
        if unread:
            break
        if kind == "range":
            return Reading((), part)
        if kind == "name":
            by_name |= indexes.get(part.upper(), set())
        elif kind not in ("skip", "skip_joint"):
            found = _numbered(
                token[kind or 0], len(names), joined=joined and kind == "number", letters=kind == "letters"
            )
            if found is None:
                return Reading((), part if kind == "letters" else "", "" if kind == "letters" else part)
            if part in _ARTICLES:
                by_article |= found
                continue
            by_number |= found
            numbers += part
    if not by_name:
        by_number |= by_article
    if not unread and by_name and not by_number <= by_name:
        # 1. 地震 copied from another list: the number and the name disagree.
        unread = numbers
    return Reading(tuple(sorted(by_name | by_number)), unread)


def containing(text: str, names: Names) -> tuple[int, ...]:
    """The options that have ``text`` inside one of their names: two Chinese characters of it, or whole words."""
    part = bare(text).upper()
    is_word = re.match(_LETTER, part) is not None
    if len(part) < (SHORTEST_WORD if is_word else 2):
        return ()
    inside = re.compile(rf"(?<!{_LETTER}){re.escape(part)}(?!{_LETTER})" if is_word else re.escape(part))
    return tuple(i for i, forms in enumerate(names) if any(inside.search(form.upper()) for form in forms))


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
