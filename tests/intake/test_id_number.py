"""Identity numbers: what is read, what is refused and why. All numbers are made up."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.id_number import IdNumberError, check_digit, mask, parse

TODAY = date(2022, 11, 20)
FIRST17 = "41032419600101123"
NUMBER = FIRST17 + check_digit(FIRST17)

numbers = st.builds(
    lambda county, born, serial: (first := f"{county}{born:%Y%m%d}{serial:03}") + check_digit(first),
    st.sampled_from(["410324", "120111", "623021", "110101", "410381", "810000", "830000"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def refused(text: str) -> str:
    with pytest.raises(IdNumberError) as error:
        parse(text, TODAY)
    assert str(error.value) == error.value.reason, "the number must not be in the message"
    return error.value.reason


def test_the_check_digits_of_the_standard() -> None:
    """The two examples printed in GB 11643-1999."""
    assert (check_digit("11010519491231002"), check_digit("44052418800101001")) == ("X", "4")


def test_what_a_number_says() -> None:
    found = parse(NUMBER, TODAY)
    assert (found.number18, found.birth, found.female, found.county_code) == (NUMBER, date(1960, 1, 1), False, "410324")
    assert parse("11010519491231002X", TODAY).female


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X", "11010519491231002x", "11010519491231002×", "11010519491231002Х", "11010519491231002х",
        "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "110105-19491231-002X", "110105.1949.1231.002x",
        " 11010519491231002X\n", "110105491231002", "身份证：11010519491231002X。",
    ],
)  # fmt: skip
def test_however_it_is_typed(text: str) -> None:
    assert parse(text, TODAY).number18 == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"), ("1101051949123100", "length"), ("11010519491231002XX", "length"), ("X1010519491231002X", "characters"),
        ("1101051949123100O2", "characters"), ("l1010519491231002X", "characters"), ("11010519491231002Y", "characters"),
        ("11010549123100X", "characters"), ("我不记得了", "characters"), ("00010519491231002X", "province"),
        ("91010519491231002X", "province"), ("11010519490229002X", "date"), ("11010519491301002X", "date"),
        ("11010520221121002X", "date"), ("11010518991231002X", "date"), ("110105491331002", "date"),
        ("110105194912310021", "check_digit"),
    ],
)  # fmt: skip
def test_why_it_is_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


def test_a_child_born_today_has_a_number() -> None:
    first17 = "41032420221120001"
    assert parse(first17 + check_digit(first17), TODAY).birth == TODAY


@given(numbers)
def test_every_right_number_is_read_whatever_its_county(number: str) -> None:
    assert parse(number, TODAY).number18 == number


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert refused(wrong) in ("check_digit", "date", "province")


@given(numbers, st.integers(0, 15))
def test_two_digits_swapped_are_always_noticed(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        assert refused(swapped) in ("check_digit", "date", "province")


@given(numbers.filter(lambda number: number[6:8] == "19"))
def test_fifteen_digits_become_the_same_eighteen(number: str) -> None:
    assert parse(number[:6] + number[8:17], TODAY).number18 == number


@given(st.text(max_size=30) | st.text("0123456789Xx ×", max_size=22))
@settings(max_examples=300)
def test_anything_else_is_refused_with_a_reason(text: str) -> None:
    try:
        assert len(parse(text, TODAY).number18) == 18
    except IdNumberError as error:
        assert error.reason


def test_masked() -> None:
    assert mask(NUMBER) == f"410324********{NUMBER[-4:]}"
    assert mask("4103") == "****"
