"""Cleaning what people type, and comparing it with words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

PARTICLES = re.compile(r"(?<=.)[的地得了啊呀吧呢嘛哦喔噢哈哩唻嘞]+$")
"""What stands behind a word and adds nothing."""
YES_SIGNS, NO_SIGNS = "👍👌✅✓√", "👎❌✗×"
_TIBETAN_SIGNS = "\u0f71-\u0f87\u0f8d-\u0fbc"
_DENIED = re.compile("[不没别错旧停换改丢]|以前|原来|从前")
HESITATION = re.compile(r"^(?:嗯|呃|哦|哎|那个|这个|就是|[,、\s])+")
"""What people say before they say it."""
_NOISE = re.compile(rf"[^\w{_TIBETAN_SIGNS}{YES_SIGNS}{NO_SIGNS}]+")
_EMOJI = re.compile(
    "[\U0001f000-\U0001f0ff\U0001f1e6-\U0001faff\U000e0020-\U000e007f\u2600-\u2714\u2717-\u2775\u2795-\u2797"
    "\u27b0-\u27bf\u2b50\u2b55\u231a-\u23ff\u20e3\ufe0f]"
)


def plain(text: str) -> str:
    """Full-width and compatibility forms made ordinary, digits of every script made 0–9, control and invisible
    characters removed, white space at the ends removed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_plain, unicodedata.normalize("NFKC", text))).strip()


def unadorned(text: str) -> str:
    """The text without emoji. Nothing else goes: a rare character of a name must not be lost."""
    return _EMOJI.sub("", text)


def denied(text: str) -> bool:
    """Whether words around a number take it back: 不是138…, 以前是138…, 138…停机了."""
    return _DENIED.search(text) is not None


def same_word(text: str, words: Iterable[str]) -> bool:
    """Whether the whole text is one of ``words``, whatever its case, punctuation, blanks, emoji, the particles behind
    it and the hesitation before it, said once or twice."""
    said = worded(unadorned(text))
    said = HESITATION.sub("", said) or said
    half = said[: len(said) // 2]
    forms = {said, PARTICLES.sub("", said), half if half * 2 == said else said} - {""}
    return not forms.isdisjoint(_spellings(tuple(words)))


def worded(text: str) -> str:
    """The letters and digits of a text alone, in lower case, for comparing words."""
    return _NOISE.sub("", plain(text).lower())


@lru_cache(maxsize=512)
def _spellings(words: tuple[str, ...]) -> frozenset[str]:
    """How the words of a list may be compared: with and without the particles behind them."""
    known = [word for word in map(worded, words) if word]
    return frozenset((*known, *(PARTICLES.sub("", word) for word in known)))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cc":
        return " " if character in "\t\n\r\x0b\x0c" else ""
    return "" if category in ("Cf", "Cs") or character == "\ufe0f" else character


def ending_off(text: str) -> str:
    """The text without the stops and particles around it: 名字错 of 名字错了。"""
    return text.strip(" 。.!！了的།་")
