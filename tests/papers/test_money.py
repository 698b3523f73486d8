"""Amounts on papers: to the fen in every unit, and in capitals as the rules for bills write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.papers.money import MOST_FEN, capitals, fen_of_wan, wan, yuan

AMOUNTS = st.integers(0, MOST_FEN) | st.integers(0, 10**8) | st.sampled_from([10**n for n in range(14)])
DIGITS = "零壹贰叁肆伍陆柒捌玖"
FOUR = ("仟", "佰", "拾", "")


def group(number: int) -> str:
    """Up to four figures; one 零 for each gap inside, none at the end."""
    said, gap = "", False
    for figure, unit in zip(f"{number:04d}", FOUR, strict=True):
        if figure == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + DIGITS[int(figure)] + unit
        gap = False
    return said


def reference(fen: int) -> str:
    """The capitals worked out anew, group by group (支付结算办法, annex 1)."""
    whole, jiao, odd = fen // 100, fen // 10 % 10, fen % 10
    said = ""
    for at, unit in ((2, "亿"), (1, "万"), (0, "")):
        part = whole // 10 ** (4 * at) % 10000
        if not part:
            continue
        above = whole // 10 ** (4 * (at + 1))
        if above and (part < 1000 or above % 10000 == 0):
            said += "零"
        said += group(part) + unit
    said += "元" if whole else ""
    if not (jiao or odd):
        return said + "整" if whole else "零元整"
    if jiao:
        return said + DIGITS[jiao] + "角" + (DIGITS[odd] + "分" if odd else "")
    return said + ("零" if whole else "") + DIGITS[odd] + "分"


@given(AMOUNTS)
def test_capitals_are_those_of_the_rules(fen: int) -> None:
    assert capitals(fen) == reference(fen)


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (30_00, "叁拾元整"),
        (1005, "壹拾元零伍分"),
        (1230, "壹拾贰元叁角"),
        (2000_00, "贰仟元整"),
        (140_950_00, "壹拾肆万零玖佰伍拾元整"),
        (100_000_010_01, "壹亿零壹拾元零壹分"),
    ],
)
def test_capitals_that_are_known(fen: int, said: str) -> None:
    assert capitals(fen) == said


@given(AMOUNTS)
def test_ten_thousands_read_back_to_the_fen(fen: int) -> None:
    text = wan(fen)
    assert fen_of_wan(text) == fen
    assert Decimal(text) * 10000 == Decimal(fen) / 100
    assert len(text.partition(".")[2]) <= 6
    assert Decimal(yuan(fen)) * 100 == fen


@given(st.lists(st.integers(1, 2000_00), max_size=50))
def test_form_2_is_the_sum_of_form_4(grants: list[int]) -> None:
    assert fen_of_wan(wan(sum(grants))) == sum(int(Decimal(yuan(fen)) * 100) for fen in grants)


def test_amounts_as_people_write_them() -> None:
    assert [yuan(fen) for fen in (0, 30000, 30050, 5)] == ["0", "300", "300.50", "0.05"]
    assert [wan(fen) for fen in (0, 1, 1_230_000, 1_000_000)] == ["0", "0.000001", "1.23", "1"]


@pytest.mark.parametrize("wrong", [-1, MOST_FEN + 1, 12.5, True, "3", None])
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    for write in (yuan, wan, capitals):
        with pytest.raises(ValueError, match="whole fen"):
            write(wrong)  # type: ignore[arg-type]


def test_less_than_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="less than a fen"):
        fen_of_wan("0.0000001")
