"""> 我选1和3 / < 干旱、风雹"""

from dataclasses import replace

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.base import Given
from bot.answers.many import Many
from bot.answers.options import read
from intake.codes import CATEGORIES, DISASTERS, RELIEFS
from intake.discovery_codes import SITUATIONS
from locales import texts
from tests.answers.saying import said, tapped

HIT = Many(DISASTERS, "disaster", every=DISASTERS)
KINDS = Many(CATEGORIES, "category")
SPECIAL = Many(("disabled", "orphan"), "category", none_code="ordinary")

ONE_AND_THREE = [
    "1 3",
    "1、3",
    "1,3",
    "1，3",
    "１３",
    "13",
    "1 和 3",
    "我选1和3",
    "①③",
    "① ③",
    "一和三",
    "一三",
    "一、三",
    "A C",
    "AC",
    "a c",
    "A、C",
    "第1个和第3个",
    "第一个，第三个",
    "干旱风雹",
    "风雹 干旱",
    "干旱和风雹",
    "有干旱，还有风雹",
    "干旱、冰雹",
    "天旱 大风",
    "1.3",
    "1/3",
    "1+3",
    "(1)(3)",
    "⑴⑶",
    "1号3号",
    "1。3。",
    "3 1",
    "3,1,3",
    "1. 干旱 3. 风雹",
    "1️⃣3️⃣",
    "选1、3吧",
    "遭了干旱和风雹",
    "1\n3",
    "1\u200b3",
    "都是1和3",
]
NOT_UNDERSTOOD = {
    "": "unknown", "。": "unknown", "不是1": "unread", "没有干旱": "unread", "除了1": "unread", "3-1": "unread", "1-1": "unread", "1-2-3": "unread", "1-10": "unread",
    "1或3": "unread", "10": "beyond", "11": "beyond", "0": "beyond", "干旱，海啸": "unread", "海啸": "unread", "2022年干旱": "beyond", "25年干旱": "unread",
    "有没有干旱": "unread", "1吗": "unread", "三个都有": "unread", "2个": "unread", "hello": "unread", "no": "unread", "地": "unread",
    "生物": "nearly", "1 地震": "unread", "1. 地震 2. 雪灾": "unread", "没有": "none", "都没有": "none", "十二": "beyond",
    "我也不知道": "unread", "3人": "unread", "Z": "unread",
}  # fmt: skip


@pytest.mark.parametrize("text", ONE_AND_THREE)
def test_one_and_three(given: Given, text: str) -> None:
    assert said(HIT, given, text) == ["drought", "hail"]


@pytest.mark.parametrize(("text", "reason"), NOT_UNDERSTOOD.items())
def test_nothing_is_guessed(given: Given, text: str, reason: str) -> None:
    assert said(HIT, given, text) == f"?many.{reason}"


@pytest.mark.parametrize("text", ["都有", "全部", "都是", "全都有", "我家都有", "全选。", "都有了"])
def test_all(given: Given, text: str) -> None:
    assert said(HIT, given, text) == list(DISASTERS)
    assert said(KINDS, given, text) == "?many.all"


@pytest.mark.parametrize("text", ["没有", "都没有", "都不是", "无", "没有啊", "3", "一般户", "我家没有"])
def test_none_of_them(given: Given, text: str) -> None:
    assert said(SPECIAL, given, text) == ["ordinary"]
    assert SPECIAL.choices(given)[-1] == ("ordinary", "一般户")


def test_none_stands_alone(given: Given) -> None:
    assert said(SPECIAL, given, "1 3") == "?many.none_and_some"
    assert not SPECIAL.check(given, ["disabled", "ordinary"])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("13", ["illness"]), ("1 13", ["rebuilt_house", "illness"]), ("1、3", ["rebuilt_house", "poor_through_disaster"]),
        ("十三", ["illness"]), ("第十三项", ["illness"]), ("低保", ["subsistence"]), ("低保边缘户", ["near_subsistence"]),
        ("受灾低保对象受灾低保边缘户", ["subsistence", "near_subsistence"]), ("低保和残疾人", ["subsistence", "disabled"]),
        ("五保户，留守老人", ["destitute", "left_behind_elder"]), ("一般户", ["ordinary"]), ("其他困难户", ["other"]),
        ("我家是脱贫户，有孤儿", ["lifted_from_poverty", "orphan"]),
        ("16", "?many.beyond"), ("113", "?many.beyond"), ("①③", ["rebuilt_house", "poor_through_disaster"]),
        ("困难家庭", "?many.unread"), ("分散供养特困", ["destitute"]), ("学生", "?many.nearly"), ("1一般户", "?many.unread"), ("①⑬", ["rebuilt_house", "illness"]),
    ],
)  # fmt: skip
def test_ten_options_and_more(given: Given, text: str, codes: object) -> None:
    assert said(KINDS, given, text) == codes


@pytest.mark.parametrize("text", ["1-3", "1到3", "一到三", "1—3", "1至3", "1~3", "选1-3", "1号到3号", "１－３"])
def test_from_one_to_three(given: Given, text: str) -> None:
    assert said(HIT, given, text) == ["drought", "flood", "hail"]


def test_a_range_beside_a_number(given: Given) -> None:
    assert said(HIT, given, "1-3 9") == ["drought", "flood", "hail", "frost"]


@pytest.mark.parametrize("text", ["有没有收入", "有收入", "没有没有收入", "收入没有", "❌没有收入"])
def test_what_denies_a_choice_is_not_that_choice(given: Given, text: str) -> None:
    assert str(said(Many(SITUATIONS, "situation"), given, text)).startswith("?many.")


def subset(codes: tuple[str, ...]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, len(codes) - 1), min_size=1, unique=True)


@pytest.mark.parametrize(("codes", "prefix"), [(DISASTERS, "disaster"), (CATEGORIES, "category"), (RELIEFS, "relief")])
def test_every_subset_comes_back_however_it_is_written(codes: tuple[str, ...], prefix: str) -> None:
    labels = [texts()(f"{prefix}.{code}") for code in codes]
    names = tuple((label,) for label in labels)

    @any_of(subset(codes), st.sampled_from([" ", "、", ",", "，", "和", " / ", "\n", ";"]))
    def back_again(chosen: list[int], between: str) -> None:
        numbers = [str(index + 1) for index in chosen]
        ways = [
            between.join(numbers),
            between.join(labels[index] for index in chosen),
            "".join(labels[index] for index in chosen),
            "我选" + between.join(f"第{number}个" for number in numbers),
            between.join(f"{number}. {labels[index]}" for number, index in zip(numbers, chosen, strict=True)),
            "".join(chr(ord("①") + index) for index in chosen),
            between.join(chr(ord("A") + index) for index in chosen),
        ]
        if len(codes) < 10:
            ways.append("".join(numbers))
        for way in ways:
            reading = read(way, names, joined=True)
            assert (reading.picked, reading.unread, reading.beyond) == (tuple(sorted(chosen)), "", ""), way

    back_again()


def test_all_may_mean_only_the_disasters_of_the_season(given: Given) -> None:
    season = Many(DISASTERS, "disaster", every=lambda g: g.disasters)
    assert said(season, replace(given, disasters=("hail", "drought")), "都有") == ["drought", "hail"]
    assert said(season, given, "都有") == "?many.all"
    assert said(Many(DISASTERS, "disaster", every=("tsunami",)), given, "都有") == "?many.all"


def test_codes_may_depend_on_what_is_given(given: Given) -> None:
    season = Many(lambda g: (*g.disasters, "frost"), "disaster")
    assert season.choices(given) == (("frost", "低温冷冻"),)
    assert tapped(season, given, "frost") == ["frost"]
    assert tapped(season, given, "drought") == "?choice"
    assert season.check(given, ["frost"]) and not season.check(given, ["drought"])


@pytest.mark.parametrize("stored", [[], "drought", None, ["drought", "drought"], ["tsunami"], [["drought"]], [1]])
def test_stored_values_that_no_longer_fit(given: Given, stored: object) -> None:
    assert not HIT.check(given, stored)


def test_shown_with_labels(given: Given) -> None:
    assert HIT.show(given, ["drought", "flood"]) == "干旱、洪涝"
