"""> 3口人 / < 3"""

from collections.abc import Callable

import pytest

from bot.answers.base import Given, Miss
from bot.answers.count import Count, answered
from bot.inbound import Input, Kind
from tests.answers.saying import said

SIZE = Count(1, 30)
UNDERSTOOD = {
    "3": 3, "１２": 12, "3口人": 3, "三口人": 3, "三": 3, "俩": 2, "俩人": 2, "仨": 3, "一家五口": 5, "一家5口人": 5, "十二": 12,
    "两个": 2, "家里有三口人": 3, "我家一共6个人": 6, "就我一个人": 1, "我一个": 1, "老两口": 2, "两口子": 2, "五口之家": 5,
    "连我五个": 5, "4人。": 4, "共 4 人": 4, "四个吧": 4, "④": 4, "二十": 20, "廿": 20, "全家七口": 7, "༣": 3, " 8 ": 8, "叁": 3,
    "一家三口": 3, "一家人三口": 3, "我们家有4口": 4,
}  # fmt: skip
MISSED = {
    "": "unknown", "不知道": "unknown", "很多": "about", "不到五口": "about", "一家人": "unknown", "2 3": "two", "七八个": "about", "几个": "about", "十几口": "about", "三四口人": "about",
    "大概5个": "about", "5个左右": "about", "十来个": "about", "5-6": "about", "5到6个": "about", "-3": "negative", "负三": "negative",
    "－3": "negative", "3.5": "whole", "两个半": "whole", "半个": "whole", "三点五": "whole", "3个大人2个小孩": "two", "3，4": "two",
    "0": "range", "31": "range", "三百": "range", "没有": "range", "99999999999999999999": "long", "abc": "unknown",
    "9" * 1500: "long", "王建国": "unknown", "½": "whole",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), UNDERSTOOD.items())
def test_numbers_as_people_write_them(given: Given, text: str, value: int) -> None:
    assert said(SIZE, given, text) == value


@pytest.mark.parametrize(("text", "reason"), MISSED.items())
def test_what_is_no_exact_number_is_asked_again(given: Given, text: str, reason: str) -> None:
    assert said(SIZE, given, text) == f"?count.{reason}"


def test_none_is_zero_where_zero_is_allowed(given: Given) -> None:
    assert [said(Count(0, 9, units=("间",)), given, text) for text in ("没有", "一个也没有", "零", "0间")] == [
        0,
        0,
        0,
        0,
    ]


def test_persons_in_need_are_at_most_the_household(after: Callable[..., Given]) -> None:
    need = Count(1, answered("household_size", otherwise=30), over="apply.persons_in_need.over")
    three = after(household_size=3)
    assert said(need, three, "3") == 3
    assert said(need, three, "4") == "?apply.persons_in_need.over"
    missed = need.parse(three, Input(Kind.TEXT, "四个人"))
    assert isinstance(missed, Miss)
    assert "一共 3 口人" in three.texts(missed.key, **missed.params)
    assert said(need, three, "0") == "?count.range"
    assert said(need, after(), "4") == 4
    assert (
        need.check(three, 3) and not need.check(three, 4) and not need.check(three, True) and not need.check(three, "3")
    )
    assert need.show(three, 3) == "3"
