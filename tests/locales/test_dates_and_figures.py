"""Dates, times, money and lists as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from locales import texts
from locales.dates import clock_time, long_date, moment, month_day
from locales.figures import listed, money, number

DAY = date(2022, 11, 5)
AT = datetime(2022, 11, 5, 1, 5, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai"))

ZH, EN, BO = map(texts, ("zh_Hans_CN", "en", "bo_CN"))


def test_in_chinese() -> None:
    assert long_date(ZH, DAY) == "2022年11月5日"
    assert month_day(ZH, DAY) == "11月5日"
    assert clock_time(ZH, AT) == "09:05"
    assert moment(ZH, AT) == "2022年11月5日 09:05"
    assert money(ZH, 123450) == "¥1,234.50"
    assert number(ZH, 12345) == "12,345"
    assert listed(ZH, ["干旱", "风雹"]) == "干旱、风雹"


def test_in_english() -> None:
    assert long_date(EN, DAY) == "November 5, 2022"
    assert month_day(EN, DAY) == "November 5"
    assert clock_time(EN, AT) == "9:05 AM"
    assert moment(EN, AT) == "November 5, 2022 9:05 AM"
    assert money(EN, 123450) == "1,234.50 yuan"
    assert number(EN, Decimal("12345.5")) == "12,345.5"
    assert listed(EN, ["Drought", "Hail"]) == "Drought, Hail"


def test_in_tibetan_with_one_kind_of_digits() -> None:
    assert long_date(BO, DAY) == "2022 ལོའི་ཟླ་ 11 ཚེས་ 5"
    assert month_day(BO, DAY) == "ཟླ་ 11 ཚེས་ 5"
    assert clock_time(BO, AT) == "09:05"
    assert moment(BO, AT) == "2022 ལོའི་ཟླ་ 11 ཚེས་ 5 09:05"
    assert money(BO, 123450) == "སྒོར་ 1,234.50"
    assert listed(BO, ["ཐན་པ", "ཆུ་ལོག"]) == "ཐན་པ། ཆུ་ལོག"


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "¥0.00"), (1, "¥0.01"), (60000, "¥600.00"), (200_000_000, "¥2,000,000.00")]
)
def test_money_is_exact_to_the_fen(fen: int, shown: str) -> None:
    assert money(ZH, fen) == shown


def test_a_time_is_shown_in_the_zone_that_it_comes_in() -> None:
    assert clock_time(ZH, AT.astimezone(UTC)) == "01:05"
