"""Reading what a bank says: messy workbooks and CSV files in either encoding."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from intake.payments.return_file import MOST_BYTES, MOST_ROWS, ReturnFileError, Said, read_return
from intake.scheme.banks import usual

HEAD = ["账号", "金额", "处理结果", "失败原因"]
CARD = "6217000000000000004"


def book(*rows: list[object]) -> bytes:
    """A workbook."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def text(*rows: list[str], encoding: str = "gb18030", parted: str = ",") -> bytes:
    """A CSV file."""
    file = StringIO()
    csv.writer(file, delimiter=parted).writerows(rows)
    return file.getvalue().encode(encoding)


def one(body: bytes) -> Said:
    """The only row."""
    (said,) = read_return(usual(), body)
    return said


@pytest.mark.parametrize(
    "body",
    [
        book(["某某银行代发回单"], [], HEAD, [CARD, "600.00", "成功", None]),
        book(["序号", *HEAD], [1, CARD, 600, "成功", ""]),
        book(["处理 结果", "金额", "账号"], ["成功", 600.0, CARD]),
        text(HEAD, [CARD, "600.00", "成功", ""]),
        text(HEAD, [f"'{CARD}", "￥600", " 成功 ", ""], encoding="utf-8-sig"),
        text(HEAD, [CARD, "600", "成功", ""], parted="\t"),
    ],
    ids=["a title above", "numbers", "other order", "gb18030", "utf-8", "tabs"],
)
def test_a_paid_row_is_read_from_any_of_these(body: bytes) -> None:
    said = one(body)
    assert (said.card, said.amount_fen, said.paid) == (CARD, 600_00, True)


def test_a_failed_row_has_its_reason_and_may_have_no_amount() -> None:
    said = one(text(HEAD, [CARD, "0.00", "失败", "户名不符"]))
    assert (said.paid, said.reason, said.blank_amount) == (False, "户名不符", True)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["6217", "600", "成功", ""], "card"),
        ([CARD, "-600", "成功", ""], "amount"),
        ([CARD, "六百", "成功", ""], "amount"),
        ([CARD, "600.001", "成功", ""], "amount"),
        ([CARD, "nan", "成功", ""], "amount"),
        ([CARD, "1e9999999", "成功", ""], "amount"),
        ([CARD, "1e-9999999", "成功", ""], "amount"),
        ([CARD, "6_00", "成功", ""], "amount"),
        ([CARD, "600.00000000000000000000000000000001", "成功", ""], "amount"),
        ([CARD, "600", "不成功", ""], "result"),
    ],
)
def test_what_cannot_be_read_is_not_guessed(row: list[str], what: str) -> None:
    said = one(text(HEAD, row))
    assert {"card": said.card == "", "amount": said.amount_fen is None, "result": said.paid is None}[what]


def test_a_card_that_a_workbook_has_rounded_is_none() -> None:
    assert one(book(HEAD, [6217000000000000004, 600, "成功", ""])).card == ""


def test_a_total_below_the_rows_is_text() -> None:
    rows = read_return(usual(), text(HEAD, [CARD, "600", "成功", ""], ["", "600", "", "合计"]))
    assert [row.nothing for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "kind"),
        (b"PK nothing", "kind"),
        (text(HEAD), "empty"),
        (text(["账号", "金额"], [CARD, "600"]), "headings"),
        (book(HEAD, ["=1+1", 600, "成功", ""]), "formula"),
        (text(HEAD, ["=1+1", "600", "成功", ""]), "formula"),
        (text(HEAD, [CARD, "+600", "成功", ""]), "formula"),
        (b"x" * (MOST_BYTES + 1), "large"),
    ],
    ids=["nothing", "binary", "no zip", "no rows", "headings", "formula", "formula in text", "plus", "large"],
)
def test_what_is_no_such_file_is_refused(body: bytes, what: str) -> None:
    with pytest.raises(ReturnFileError) as told:
        read_return(usual(), body)
    assert told.value.what == what


@pytest.mark.parametrize("kind", [book, text])
def test_a_file_without_headings_shows_nobodys_card(kind: Callable[..., bytes]) -> None:
    with pytest.raises(ReturnFileError) as wrong:
        read_return(usual(), kind(["王建国", CARD, "600.00", "成功"], ["李秀英", CARD, "700.00", "成功"]))
    assert wrong.value.what == "no_headings"
    assert wrong.value.params == {"missing": ("账号", "金额", "处理结果")}


def test_missing_headings_are_named() -> None:
    with pytest.raises(ReturnFileError) as told:
        read_return(usual(), text(["账号", "金额"], [CARD, "600"]))
    assert told.value.params["missing"] == ("处理结果",)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b" " * (90 * 1024 * 1024))
    with pytest.raises(ReturnFileError) as told:
        read_return(usual(), packed.getvalue())
    assert told.value.what == "large"


def test_too_many_rows_are_refused() -> None:
    body = text(HEAD, *[[CARD, "1", "成功", ""]] * (MOST_ROWS + 1))
    with pytest.raises(ReturnFileError) as told:
        read_return(usual(), body)
    assert told.value.what == "rows"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        assert read_return(usual(), body)
    except ReturnFileError as error:
        assert error.what


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=8))
def test_any_rows_are_read_or_refused(rows: list[list[str]]) -> None:
    try:
        read = read_return(usual(), text(HEAD, *rows, encoding="utf-8"))
    except (ReturnFileError, UnicodeEncodeError):
        return
    assert all(said.amount_fen is None or said.amount_fen >= 0 for said in read)
