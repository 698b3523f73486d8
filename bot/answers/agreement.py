"""The words for yes and no, those of the dialects too. Pure."""

import re
from collections.abc import Iterable

from bot.answers.words import NO_SIGNS, PARTICLES, YES_SIGNS, same_word, worded

_YES = (
    "是|是滴|是嘞|对|对头|嗯|嗯呐|嗯哪|恩|恩呐|昂|好|好吧|好嘞|行|中|成|管|得行|要得|可以|阔以|没错|没问题|没意见|没有意见|就是|有|要|"
    "同意|愿意|确认|确定|正确|当然|必须|y|yes|ok|okay"
)
_NO = (
    "不|不是|不对|不行|不中|不成|不得行|要不得|不可以|不要|不同意|不愿意|不愿|不想|不用|不确定|没|没有|没得|莫得|莫有|冇|冇得|木有|"
    "莫要|无|否|非|错|错误|算了|拒绝|别|n|no|nope"
)
_FILLER = "那个|这个|那么|那|这|哎|唉|诶|呃|哦|喔|额|啊|嗯|恩|我们|我看|我觉得|我|俺|本人|咱"
_MEANING = {word: value for value, words in ((True, _YES), (False, _NO)) for word in words.split("|")}
_TOKEN = re.compile(
    f"(?P<word>{'|'.join(sorted(_MEANING, key=len, reverse=True))})"
    f"|(?P<skip>{_FILLER}|[的地得了啊呀吧呢嘛哦哈哩嘞]+)|(?P<other>.)"
)
_LIKE_IF = frozenset({"有", "要", "就是"})
"""Words of agreement that inside a sentence are something else: 要是 is «if»."""
_SIGNS = re.compile(f"[{YES_SIGNS}{NO_SIGNS}]")
_LONGEST_AGREEMENT = 20


def agreement(text: str, yes: Iterable[str] = (), no: Iterable[str] = ()) -> bool | None:
    """True for a yes, False for a no, None for anything else. ``yes`` and ``no`` are the words of the language. The
    whole text must be such words: a part never counts, so 不同意 is not 同意 and 同意但是… is neither."""
    if same_word(text, yes):
        return True
    if same_word(text, no):
        return False
    word = worded(text)
    signs = {sign in YES_SIGNS for sign in _SIGNS.findall(word)}
    words = _SIGNS.sub("", word)
    agreed = _agreed(words) if words else None
    if signs and (not words or signs == {agreed}):
        return signs.pop() if len(signs) == 1 else None
    return None if signs else agreed


def _agreed(word: str) -> bool | None:
    for form in (word, _single(word), PARTICLES.sub("", word)):
        if form in _MEANING:
            return _MEANING[form]
    if len(word) > _LONGEST_AGREEMENT:
        return None
    tokens = [token for token in _TOKEN.finditer(word) if token.lastgroup != "skip"]
    said = {token.group() for token in tokens if token.lastgroup == "word"}
    meant = {_MEANING[token] for token in said}
    if len(meant) != 1 or any(token.lastgroup == "other" for token in tokens):
        return None
    if meant == {True}:
        return True if len(said) == 1 or not said & _LIKE_IF else None
    # 不是不同意 is no «no»: a refusal is one word, however often.
    return False if len(said - {"算了"}) <= 1 else None


def _single(word: str) -> str:
    """对 for 对对对, 好 for 好好."""
    return word[0] if word and word == word[0] * len(word) else word
