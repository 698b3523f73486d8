"""> 昨儿 / < 2022-11-19"""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.base import Given
from bot.answers.day import Day
from tests.answers.saying import said, tapped

DAY = Day()
UNDERSTOOD = {
    "今天": "11-20", "1": "11-20", "昨儿": "11-19", "2": "11-19", "2号": "11-02", "前儿个": "11-18", "大前天": "11-17", "三天前": "11-17",
    "11月18日": "11-18", "十一月十八": "11-18", "１１．１８": "11-18", "11/18": "11-18", "2022年11月18日": "11-18", "22年11月18日": "11-18",
    "20221118": "11-18", "上周三": "11-09", "上上周日": "11-06", "上月28号": "10-28", "昨天晚上": "11-19", "那个就是昨天": "11-19", "今年10月1日": "10-01",
}  # fmt: skip
MISSED = {
    "": "unknown", "下雪那天": "unknown", "不是昨天": "unknown", "昨天前天": "unknown", "前几天": "about", "上个月": "about", "11月": "about",
    "腊月初八": "lunar", "明天": "future", "12月1日": "future", "2099-01-01": "future", "去年11月1日": "old", "1月5号": "old", "2月30日": "no_such",
    "前儿下的雪" * 20: "unknown", "9999天前": "old", "99999999天前": "unknown", "11月31日": "no_such", "13月1日": "no_such",
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), UNDERSTOOD.items())
def test_days_as_people_write_them(given: Given, text: str, day: str) -> None:
    assert said(DAY, given, text) == f"2022-{day}"


@pytest.mark.parametrize(("text", "reason"), MISSED.items())
def test_what_is_no_day_not_long_ago(given: Given, text: str, reason: str) -> None:
    assert said(DAY, given, text) == f"?day.{reason}"


@pytest.mark.parametrize(
    ("text", "label"),
    [("周三", "2022年11月16日"), ("18", "2022年11月18日"), ("25号", "2022年10月25日"), ("大概18号", "2022年11月18日"), ("可能是昨天", "2022年11月19日"), ("应该是昨天", "2022年11月19日")],
)  # fmt: skip
def test_what_may_be_another_day_is_asked_back(given: Given, text: str, label: str) -> None:
    assert said(DAY, given, text) == [label]


def test_a_date_without_its_year_is_the_last_one(given: Given) -> None:
    new_year = replace(given, today=date(2023, 1, 3))
    assert said(DAY, new_year, "12月30日") == "2022-12-30"
    assert said(DAY, new_year, "30号") == ["2022年12月30日"]
    assert said(DAY, replace(given, today=date(2024, 3, 1)), "2月29日") == "2024-02-29"


def test_a_button_means_its_own_day_even_tomorrow(given: Given) -> None:
    tomorrow = replace(given, today=date(2022, 11, 21))
    (today, label), *_ = DAY.choices(given)
    assert (today, label) == ("2022-11-20", "今天（11月20日）")
    assert tapped(DAY, tomorrow, today) == "2022-11-20"
    assert tapped(DAY, given, "2022-09-01") == tapped(DAY, given, "today") == "?choice"


def test_stored_days(given: Given) -> None:
    assert DAY.check(given, "2022-09-21") and not DAY.check(given, "2022-09-20") and not DAY.check(given, "2022-11-21")
    assert not any(DAY.check(given, bad) for bad in ("20221118", "2022-W46-5", "", None, 20221118))
    assert Day(back=0).choices(given) == DAY.choices(given)[:1]
