"""> 00002 / < 410324-2022-00002 王建国"""

from dataclasses import replace

import pytest

from bot.answers.base import Given
from bot.answers.picked import Picked
from tests.answers.saying import said, tapped

CASE = Picked("@cases")


@pytest.mark.parametrize(
    ("text", "code"),
    [("1", "1"), ("第二个", "2"), ("③", "3"), ("李大妮", "3"), ("00002", "2"), ("410324-2022-00010 李大妮", "3"), ("选2", "2"), ("B", "2")],
)  # fmt: skip
def test_by_number_label_or_part_of_a_label(given: Given, text: str, code: str) -> None:
    assert said(CASE, given, text) == code


def test_a_part_of_several_labels_gives_those(given: Given) -> None:
    assert said(CASE, given, "王建国") == ["410324-2022-00012 王建国", "410324-2022-00002 王建国"]
    assert said(CASE, given, "1 2") == ["410324-2022-00012 王建国", "410324-2022-00002 王建国"]


def test_what_is_none_of_them(given: Given) -> None:
    assert said(CASE, given, "4") == said(CASE, given, "12") == "?picked.beyond"
    assert said(CASE, given, "张三") == said(CASE, given, "") == "?picked.unknown"
    assert tapped(CASE, given, "9") == "?choice"


def test_a_code_counts_while_the_host_knows_it(given: Given) -> None:
    assert CASE.check(given, "2") and not CASE.check(given, 2) and not CASE.check(given, "9")
    assert CASE.show(given, "2") == "410324-2022-00002 王建国"
    nothing = replace(given, facts={})
    assert CASE.choices(nothing) == () and not CASE.check(nothing, "2")
    assert said(CASE, nothing, "1") == "?picked.nothing"
    assert CASE.show(nothing, "2") == "2"
