"""The bank's file: text in every cell, no formula, and no character that its encoding lacks."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from intake.payments.bank_file import BankRow, UnencodableError, bank_file, table, yuan_text
from intake.scheme.banks import Bank, Column, usual
from intake.text_cells import FORMULA

COLUMNS = (Column("户名", "head"), Column("账号", "card"), Column("金额", "amount_yuan"), Column("分", "amount_fen"))


def row(head: str = "王建国", fen: int = 600_05) -> BankRow:
    """A household."""
    return BankRow(
        1, head, "6217000000000000004", fen, "410324195001010011", "13800000001", "石门村", "N1", "一般户", 3
    )


def csv_bank(encoding: str = "gb18030") -> Bank:
    """A bank that wants CSV."""
    return Bank("b", "b", format="csv", encoding=encoding, columns=COLUMNS, remark="=1+1")


def test_a_workbook_holds_text_alone() -> None:
    body = bank_file(Bank("b", "b", columns=COLUMNS), [row("=cmd|' /C calc'!A0")])
    sheet = load_workbook(BytesIO(body)).active
    assert sheet is not None
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]] == ["户名", "账号", "金额", "分"]
    assert [cell.value for cell in cells[1]] == ["=cmd|' /C calc'!A0", "6217000000000000004", "600.05", "60005"]
    assert {cell.data_type for cell in cells[1]} == {"s"}


@pytest.mark.parametrize("sign", FORMULA)
def test_no_name_of_a_csv_file_is_a_formula(sign: str) -> None:
    body = bank_file(csv_bank(), [row(f"{sign}1+1")]).decode("gb18030")
    first = body.splitlines()[1].split(",")[0]
    assert not first.startswith(FORMULA)


def test_gb18030_holds_every_name_and_gbk_names_what_it_lacks() -> None:
    assert "王𬀩" in bank_file(csv_bank(), [row("王𬀩")]).decode("gb18030")
    with pytest.raises(UnencodableError) as told:
        bank_file(csv_bank("gbk"), [row(), row("王𬀩")])
    assert told.value.found == ((2, "𬀩"),)


def test_utf8_has_its_mark_and_headings_may_be_left_out() -> None:
    body = bank_file(csv_bank("utf-8-sig"), [row()])
    assert body.startswith(b"\xef\xbb\xbf")
    plain = Bank("b", "b", headings=False, columns=COLUMNS)
    assert len(table(plain, [row(), row()])) == 2


def test_the_usual_file_has_what_banks_ask_for() -> None:
    cells = table(usual(), [row()])
    assert cells[1] == ["1", "王建国", "6217000000000000004", "600.05", "410324195001010011", "冬春救助款"]


@given(st.integers(0, 10**13))
def test_an_amount_is_the_same_amount_in_yuan(fen: int) -> None:
    whole, _, rest = yuan_text(fen).partition(".")
    assert int(whole) * 100 + int(rest) == fen and len(rest) == 2
