"""Cleaning what people type, and the words for yes and no."""

import re
import unicodedata

_YES = re.compile(
    "是|是滴|对|对头|嗯|恩|好|好吧|行|中|成|要得|可以|没错|没问题|没意见|有|要|同意|愿意|确认|确定|正确|当然|必须|"
    "y|yes|ok|okay|👍|👌|✅|✓|√"
)
_NO = re.compile(
    "不|不是|不对|不行|不中|不成|不可以|不要|不同意|不愿意|不愿|不想|不用|不确定|没|没有|没得|无|否|非|错|错误|算了|拒绝|别|"
    "n|no|nope|👎|❌|✗|×"
)
_PARTICLES = re.compile(r"(?<=.)[的地得了啊呀吧呢嘛哦喔噢哈哩唻嘞]+$")
_SPEAKER = re.compile(r"^(?:我|俺|本人|我们)(?=.)")
_NOISE = re.compile(r"[^\w👍👌✅✓√👎❌✗×]+")


def plain(text: str) -> str:
    """Full-width and compatibility forms made ordinary, digits of every script made 0–9, control and invisible
    characters removed, white space at the ends removed."""
    return "".join(map(_plain, unicodedata.normalize("NFKC", text))).strip()


def agreement(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else. The whole text must be the word: a part never counts,
    so 不同意 is not 同意 and 同意但是… is neither."""
    word = _NOISE.sub("", plain(text).lower())
    for candidate in (word, _single(word), _SPEAKER.sub("", word)):
        for form in (candidate, _PARTICLES.sub("", candidate)):
            if _YES.fullmatch(form):
                return True
            if _NO.fullmatch(form):
                return False
    return None


def _single(word: str) -> str:
    """对 for 对对对, 好 for 好好."""
    return word[0] if word and word == word[0] * len(word) else word


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cc":
        return " " if character in "\t\n\r\x0b\x0c" else ""
    return "" if category in ("Cf", "Cs") or character == "\ufe0f" else character
