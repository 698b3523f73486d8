"""> 410324 19600101 1235 / < 身份证号里有一位打错了……"""

import pytest

from bot.answers.base import Given, Value
from bot.answers.id_number import IdNumberAnswer
from bot.answers.phone import Phone
from bot.inbound import Input, Kind
from intake.id_number import check_digit
from tests.answers.saying import said

FIRST17 = "41032419600101123"
NUMBER = FIRST17 + check_digit(FIRST17)
WRONG = FIRST17 + ("0" if NUMBER[-1] != "0" else "1")


@pytest.mark.parametrize(
    "text", [NUMBER, f" {NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:]} ", f"我的身份证号是{NUMBER}", f"{NUMBER}。"]
)
def test_a_right_number(given: Given, text: str) -> None:
    assert said(IdNumberAnswer(), given, text) == NUMBER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"), ("4103241960", "length"), (NUMBER + "1", "length"), (NUMBER[:10] + "O" + NUMBER[11:], "characters"),
        ("不知道", "characters"), ("99" + NUMBER[2:], "province"), ("410324196002301234", "date"), ("410324203001011234", "date"),
        ("410324189901011234", "date"), (WRONG, "check_digit"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_own_text(given: Given, text: str, reason: str) -> None:
    assert said(IdNumberAnswer(), given, text) == f"?id_number.{reason}"


def test_another_county_is_only_a_remark(given: Given) -> None:
    first17 = "11010119700101123"
    parsed = IdNumberAnswer().parse(given, Input(Kind.TEXT, first17 + check_digit(first17)))
    assert isinstance(parsed, Value) and parsed.note == "answer.id_number.elsewhere"


def test_an_old_number_becomes_18_and_says_so(given: Given) -> None:
    parsed = IdNumberAnswer().parse(given, Input(Kind.TEXT, "410324600101123"))
    assert parsed == Value(NUMBER, "answer.id_number.old")


def test_shown_masked_and_checked(given: Given) -> None:
    assert IdNumberAnswer().show(given, NUMBER) == f"410324********{NUMBER[-4:]}"
    assert IdNumberAnswer().check(given, NUMBER)
    assert not any(IdNumberAnswer().check(given, stored) for stored in (WRONG, "410324600101123", None, 3))


@pytest.mark.parametrize(
    "text",
    [
        "13800001234",
        "138 0000 1234",
        "１３８００００１２３４",
        "一三八零零零零一二三四",
        "+86 138-0000-1234",
        "我的电话是13800001234",
    ],
)
def test_a_mobile(given: Given, text: str) -> None:
    assert said(Phone(), given, text) == "+8613800001234"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("138OOOO1234", "letters"), ("12345", "service"), ("10086", "service"), ("1380000123", "length"), ("138000012345", "length"),
     ("66812345", "area_code"), ("没有电话", "characters"), ("", "characters"), ("99999999999", "unknown")],
)  # fmt: skip
def test_each_wrong_phone_has_its_own_text(given: Given, text: str, reason: str) -> None:
    assert said(Phone(), given, text) == f"?phone.{reason}"


def test_a_phone_is_shown_whole_and_checked(given: Given) -> None:
    assert Phone().show(given, "+8613800001234") == "138 0000 1234"
    assert Phone().check(given, "+8613800001234") and not Phone().check(given, "13800001234")
