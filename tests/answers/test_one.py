"""> 第2个 / < 低保户"""

import pytest

from bot.answers.base import Given
from bot.answers.one import One
from intake.codes import CATEGORIES, FAMILIES
from tests.answers.saying import said, tapped

FAMILY = One(FAMILIES, "family")


@pytest.mark.parametrize(
    "text", ["2", "２", "②", "二", "第2个", "第二个", "2号", "B", "b", "低保户", "低保", "我选2", "选低保户吧", "2。", "我家是低保户", "2. 低保户"]
)  # fmt: skip
def test_the_second(given: Given, text: str) -> None:
    assert said(FAMILY, given, text) == "subsistence"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "?one.unknown"), ("12", "?one.beyond"), ("5", "?one.beyond"), ("0", "?one.beyond"), ("1 2", "?one.several"),
        ("低保户 一般户", "?one.several"), ("不是低保户", "?one.unknown"), ("1-2", "?one.unknown"), ("2个", "?one.unknown"),
        ("困难", "other"), ("户", "?one.unknown"), ("供养", "destitute"), ("什么", "?one.unknown"), ("\x00\u202e", "?one.unknown"),
    ],
)  # fmt: skip
def test_others(given: Given, text: str, outcome: str) -> None:
    assert said(FAMILY, given, text) == outcome


def test_a_part_of_several_labels_gives_those_to_pick_from(given: Given) -> None:
    categories = One(CATEGORIES, "category")
    assert said(categories, given, "留守") == ["留守老人", "留守儿童"]
    assert said(categories, given, "13") == "illness"


def test_taps_stored_values_and_labels(given: Given) -> None:
    assert tapped(FAMILY, given, "ordinary") == "ordinary"
    assert tapped(FAMILY, given, "rich") == "?choice"
    assert FAMILY.check(given, "other") and not FAMILY.check(given, "rich") and not FAMILY.check(given, None)
    assert FAMILY.show(given, "destitute") == "特困供养人员"
    assert [code for code, _ in FAMILY.choices(given)] == list(FAMILIES)
