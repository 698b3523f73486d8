"""Telephone numbers: what is read, what is refused and why. All numbers are made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.phone import PhoneError, mask, national, parse


@pytest.mark.parametrize(
    "text",
    [
        "13800001234", "138 0000 1234", "138-0000-1234", "１３８００００１２３４", "一三八零零零零一二三四", "幺三八〇〇〇〇幺二三四",
        "+8613800001234", "+86 138 0000 1234", "008613800001234", "8613800001234", "电话：13800001234", "我的手机号是138 0000 1234。",
        "138.0000.1234", "13800001234\n", "138\u200b00001234", "（138）00001234",
    ],
)  # fmt: skip
def test_a_mobile_however_it_is_typed(text: str) -> None:
    assert parse(text) == "+8613800001234"


@pytest.mark.parametrize(
    "text", ["0379-66812345", "037966812345", "(0379) 6681 2345", "０３７９－６６８１２３４５", "+8637966812345"]
)
def test_a_landline_with_its_area_code(text: str) -> None:
    assert parse(text) == "+8637966812345"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("138OOOO1234", "letters"), ("l3800001234", "letters"), ("没有", "characters"), ("", "characters"), ("138#00001234", "characters"),
        ("12345", "service"), ("10086", "service"), ("110", "service"), ("95588", "service"), ("66812345", "area_code"),
        ("6681234", "area_code"), ("1380000123", "length"), ("138000012345", "length"), ("1380000123413900001234", "length"), ("3", "length"),
        ("+85291234567", "unknown"), ("4008123123", "unknown"), ("99999999999", "unknown"), ("00000000000", "unknown"),
        ("410324196001011235", "length"),
    ],
)  # fmt: skip
def test_why_it_is_refused(text: str, reason: str) -> None:
    with pytest.raises(PhoneError) as error:
        parse(text)
    assert error.value.reason == reason
    assert str(error.value) == reason, "the number must not be in the message"


def test_shown_whole_and_masked() -> None:
    assert (national("+8613800001234"), mask("+8613800001234")) == ("138 0000 1234", "138****1234")
    assert (national("+8637966812345"), mask("+8637966812345")) == ("0379 6681 2345", "0379****2345")


@given(st.text(max_size=20) | st.text("0123456789一二三 -+", max_size=20))
@settings(max_examples=300)
def test_anything_else_is_refused_with_a_reason(text: str) -> None:
    try:
        number = parse(text)
    except PhoneError as error:
        assert error.reason
    else:
        assert parse(number) == number
        assert mask(number).count("*") == 4 and mask(number).replace("*", "")
