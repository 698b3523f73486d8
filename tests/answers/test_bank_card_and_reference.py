"""> 6228 4800 1234 5678 903 / < **** 8903"""

import pytest

from bot.answers.bank_card import BankCard
from bot.answers.base import Given, Value
from bot.answers.reference import Reference
from bot.inbound import Input, Kind
from intake.card_numbers import luhn_holds
from tests.answers.saying import said

CARD, NUMBER = BankCard(), Reference()
RIGHT = "6228480012345678903"


@pytest.mark.parametrize(
    "text",
    [RIGHT, "6228 4800 1234 5678 903", "6228-4800-1234-5678-903", "６２２８４８００１２３４５６７８９０３", f"卡号是{RIGHT}", f"{RIGHT}农行", f"{RIGHT}💳"],
)  # fmt: skip
def test_a_card(given: Given, text: str) -> None:
    assert CARD.parse(given, Input(Kind.TEXT, text)) == Value(RIGHT)


def test_a_wrong_check_digit_is_only_a_remark(given: Given) -> None:
    assert luhn_holds(RIGHT) and not luhn_holds("6228480012345678904")
    assert CARD.parse(given, Input(Kind.TEXT, "6228480012345678904")) == (
        Value("6228480012345678904", "answer.bank_card.check")
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "characters"), ("没有卡", "characters"), (f"不是{RIGHT}", "characters"), (f"{RIGHT}换了", "characters"), ("622848OO12345678903", "characters"),
        ("62284800123", "length"), (f"{RIGHT} {RIGHT}", "length"), ("9" * 2000, "length"), ("410324195503120028", "id_number"),
        ("41032419600101123X", "id_number"), ("410324195503120029", "id_number"),
    ],
)  # fmt: skip
def test_what_is_no_card(given: Given, text: str, reason: str) -> None:
    assert said(CARD, given, text) == f"?bank_card.{reason}"


def test_a_card_is_shown_by_its_end(given: Given) -> None:
    assert CARD.show(given, RIGHT) == "**** 8903"
    assert (
        CARD.check(given, RIGHT)
        and not CARD.check(given, "6228 4800 1234 5678 903")
        and not CARD.check(given, int(RIGHT))
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("410324-2022-00001", "410324-2022-00001"), ("410324 2022 00001", "410324-2022-00001"), ("410324202200001", "410324-2022-00001"),
        ("４１０３２４－２０２２－００００１", "410324-2022-00001"), ("编号是410324—2022—00001。", "410324-2022-00001"), ("410324-2022-100000", "410324-2022-100000"),
        ("410324-2022-OOOO1", "410324-2022-00001"), ("7k3m 9q2t 4b8x ilo0", "7K3M-9Q2T-4B8X-1100"), ("7K3M9Q2T4B8X1C5D", "7K3M-9Q2T-4B8X-1C5D"),
        ("4103 2420 2200 0011", "4103-2420-2200-0011"),
    ],
)  # fmt: skip
def test_a_number_as_it_is_copied(given: Given, text: str, value: str) -> None:
    assert said(NUMBER, given, text) == value
    assert NUMBER.check(given, value) and NUMBER.show(given, value) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("00001", "length"), ("7K3M-9Q2T", "length"), ("41032419600101123X", "length"), ("", "unknown"), ("王建国", "unknown"),
        ("不是410324-2022-00001", "unknown"), ("UUUU-UUUU-UUUU-UUUU", "letters"),
    ],
)  # fmt: skip
def test_what_is_no_number_of_ours(given: Given, text: str, reason: str) -> None:
    assert said(NUMBER, given, text) == f"?reference.{reason}"


def test_only_its_own_spelling_is_stored(given: Given) -> None:
    bad = ("410324202200001", "410324-1999-00001", "7k3m-9q2t-4b8x-1c5d", "7K3M-9Q2T-4B8X-1C5U", "", None, 1)
    assert not any(NUMBER.check(given, value) for value in bad)
