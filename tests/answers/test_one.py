"""> 第2个 / < 低保户"""

import pytest

from bot.answers.base import Given
from bot.answers.one import One
from intake.codes import CATEGORIES, FAMILIES
from intake.nominations import AGREEMENTS, HINDRANCES
from intake.visit_codes import FINDINGS
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
        ("户", "?one.unknown"), ("什么", "?one.unknown"), ("\x00\u202e", "?one.unknown"),
    ],
)  # fmt: skip
def test_others(given: Given, text: str, outcome: str) -> None:
    assert said(FAMILY, given, text) == outcome


@pytest.mark.parametrize(("text", "label"), [("困难", "其他困难户"), ("供养", "特困供养人员")])
def test_a_part_of_a_label_is_asked_back(given: Given, text: str, label: str) -> None:
    assert said(FAMILY, given, text) == [label]


@pytest.mark.parametrize(
    ("field", "text", "offered"),
    [
        ("housing", "有问题", ["有损坏，还能住", "有危险，不能住", "倒了，没地方住"]),
        ("life", "有问题", ["缺吃的或缺穿的", "很急，快断粮了"]),
        ("power", "有问题", ["不安全（线老、乱接）", "没电"]),
        ("heating", "有问题", ["缺煤柴，或缺棉被棉衣", "什么都没有"]),
        ("housing", "不安全", ["有损坏，还能住", "有危险，不能住"]),
    ],
)
def test_what_a_choice_denies_gives_the_others_to_pick_from(
    given: Given, field: str, text: str, offered: list[str]
) -> None:
    assert said(One(FINDINGS[field], f"visit.{field}"), given, text) == offered


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("water", "有水喝", "ok"),
        ("power", "安全", "ok"),
        ("water", "没有水喝", "none"),
        ("water", "没有，停水了", "none"),
    ],
)
def test_the_words_of_a_visit(given: Given, field: str, text: str, code: str) -> None:
    assert said(One(FINDINGS[field], f"visit.{field}"), given, text) == code


@pytest.mark.parametrize("text", ["没有停电", "停电没有", "停电了没有", "有没有电", "没停电", "不正常"])
def test_a_denied_word_is_not_understood(given: Given, text: str) -> None:
    assert said(One(FINDINGS["power"], "visit.power"), given, text) == "?one.unknown"


def test_who_agreed_is_never_guessed(given: Given) -> None:
    agreement = One(AGREEMENTS, "nominate.agreement")
    assert said(agreement, given, "家里人同意") == "family"
    assert said(agreement, given, "同意") == ["本人口头同意", "家属同意", "监护人同意"]
    assert said(agreement, given, "家里人不同意") == "?one.unknown"


def test_who_has_a_phone_does_not_lack_one(given: Given) -> None:
    offered = said(One(HINDRANCES, "nominate.hindrance"), given, "有手机")
    assert "没有手机" not in offered and len(offered) == len(HINDRANCES) - 1


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
