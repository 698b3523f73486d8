"""> 第三组 / < 3组"""

import pytest

from bot.answers.base import Given
from bot.answers.group import Group
from tests.answers.saying import said

GROUP = Group()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3组"), ("三", "3组"), ("3组", "3组"), ("第三组", "3组"), ("三小组", "3组"), ("第3村民小组", "3组"), ("石门村三组", "3组"), ("俺是三组的", "3组"),
        ("嗯那个三组", "3组"), ("１２组", "12组"), ("二十一", "21组"), ("③", "3组"), ("三队", "3队"), ("3生产队", "3队"), ("三社", "3社"),
        ("上沟", "上沟"), ("上沟三组", "上沟三组"), ("三岔口", "三岔口"), ("前庄😊", "前庄"), ("200", "200组"),
    ],
)  # fmt: skip
def test_a_group_in_one_spelling_and_a_natural_village_as_it_is(given: Given, text: str, value: str) -> None:
    assert said(GROUP, given, text) == value
    assert GROUP.check(given, value) and GROUP.show(given, value) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("不知道", "unsure"), ("没有组", "unsure"), ("记不得了", "unsure"), ("0", "range"), ("201", "range"), ("410324", "range"), ("三四组", "one"), ("3-4组", "one"),
        ("四组五组", "one"), ("3号", "one"), ("", "unknown"), ("😀", "unknown"), ("我也不知道几组", "unknown"), ("几组?", "unknown"), ("上" * 31, "long"),
    ],
)  # fmt: skip
def test_what_is_no_group(given: Given, text: str, reason: str) -> None:
    assert said(GROUP, given, text) == f"?group.{reason}"


@pytest.mark.parametrize(
    "text", ["好的", "可以", "同意", "继续", "多少钱", "是的", "没问题", "行", "不", "提交", "谢谢", "稍等", "OK"]
)
def test_what_is_said_to_the_bot_is_no_village(given: Given, text: str) -> None:
    assert said(GROUP, given, text) == "?group.unknown"


@pytest.mark.parametrize("text", ["好地湾", "对岸", "中庄", "大有", "成家沟", "行宫"])
def test_a_natural_village_may_begin_like_a_yes(given: Given, text: str) -> None:
    assert said(GROUP, given, text) == text
