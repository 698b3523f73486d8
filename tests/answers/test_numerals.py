"""Every number there is comes back from its characters."""

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.numerals import number

DIGITS = "零一二三四五六七八九"


def in_characters(value: int) -> str:
    if value == 0:
        return "零"
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if 10 <= value < 20 else text


def test_every_number_to_9999() -> None:
    assert [number(in_characters(value)) for value in range(10_000)] == list(range(10_000))


@any_of(st.integers(0, 9999))
def test_formal_characters_are_the_same(value: int) -> None:
    formal = in_characters(value).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert number(formal) == number(str(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("俩", 2), ("仨", 3), ("两", 2), ("廿", 20), ("一百五", 150), ("三千五", 3500), ("三千零五", 3005), ("二百五", 250),
     ("两千零一十", 2010), ("1,200", 1200), ("0012", 12)],
)  # fmt: skip
def test_spoken_forms(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "一二", "百", "千百", "一千百", "零一", "一百零", "1,20", "十十", "9999999999", "三人"]
)
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None
