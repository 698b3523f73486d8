"""Numbers as people write them: 3, ３, 三, 叁, 十二, 两, 俩, 一百五. Pure; 0 to 9999 in characters."""

import re

_FIGURES = str.maketrans("零〇一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖拾佰仟", "0011122233445566778899十百千")
_DIGIT_BY_DIGIT = str.maketrans("零〇一幺壹二贰两三叁四肆五伍六陆七柒八捌九玖", "0011122233445566778899")
_WHOLE = {"俩": 2, "仨": 3, "廿": 20, "卅": 30}

DIGITS = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
"""The characters of a single digit."""

CHARACTERS = DIGITS + "幺十百千拾佰仟俩仨廿卅"
"""Every character that a Chinese numeral may have."""

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPOKEN = re.compile(r"(?:([1-9])千)?(?:0?([1-9])百)?(?:0?([1-9]?)(十))?(0?)([1-9]?)")
_MOST_DIGITS = 9


def number(text: str) -> int | None:
    """The value of one numeral and nothing else, or None. Numbers in figures have at most nine digits."""
    figures = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
    if re.fullmatch(r"[0-9]+", figures):
        return int(figures) if len(figures) <= _MOST_DIGITS else None
    return _WHOLE.get(text) or _spoken(text.translate(_FIGURES))


def figures(text: str) -> str:
    """The text with every character of a single digit as a figure, for numbers that are read digit by digit."""
    return text.translate(_DIGIT_BY_DIGIT)


def _spoken(text: str) -> int | None:
    if text == "0":
        return 0
    found = _SPOKEN.fullmatch(text)
    if not text or text.startswith("0") or text.endswith("0") or found is None:
        return None
    thousands, hundreds, tens, ten, zero, ones = found.groups()
    value = 1000 * int(thousands or 0) + 100 * int(hundreds or 0) + (10 * int(tens or 1) if ten else 0)
    # 三千五 is 3500 and 一百五 is 150, but 三千零五 is 3005.
    short_of = text[-2] if len(text) > 1 and not zero else ""
    return value + int(ones or 0) * {"千": 100, "百": 10}.get(short_of, 1)
