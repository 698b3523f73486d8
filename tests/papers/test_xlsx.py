"""Workbooks: texts stay texts, money is exact, and a county's list is written in seconds with little memory."""

import subprocess
import sys
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intake.papers.form4 import Form4, Paid, form4
from intake.papers.model import Column, Kind, Paper, Row, Table
from intake.papers.words import Place
from intake.papers.xlsx import xlsx
from tests.papers.sample import T, paid

DANGEROUS = ("=1+1", '=HYPERLINK("http://evil.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "{=1}")


def sheet_of(paper: Paper) -> Worksheet:
    """The one sheet, read by another library."""
    (sheet,) = load_workbook(BytesIO(xlsx(paper))).worksheets
    return sheet


def written(texts: tuple[str, ...]) -> list[tuple[object, str]]:
    """What a column of texts has become: value and type."""
    table = Table((Column("a", 3), Column("b", 3)), [Row((text, "")) for text in texts])
    cells = [row[0] for row in sheet_of(Paper(texts[0], (table,), before=((texts[0],),))).iter_rows()]
    return [(cell.value, cell.data_type) for cell in cells]


def test_no_text_is_ever_a_formula_a_link_or_a_number() -> None:
    hard = (*DANGEROUS, "410324195001011008", "http://evil.example/", "007")
    found = written(hard)
    assert [kind for _, kind in found if kind == "f"] == []
    assert [(value, kind) for value, kind in found[-len(hard) :]] == [(text, "s") for text in hard]
    sheet = sheet_of(Paper("a", (Table((Column("a", 3), Column("b", 3)), [Row(("http://evil.example/", ""))]),)))
    assert [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def test_what_xml_cannot_carry_is_left_out() -> None:
    assert written(("a\x00b\ufffe",))[-1] == ("ab", "s")


@pytest.mark.parametrize("fen", [1, 10_05, 300_00, 2000_00, 99_999_999_99])
def test_money_is_a_number_to_the_fen(fen: int) -> None:
    table = Table((Column("a", 3, Kind.YUAN), Column("b", 3)), [Row((fen, ""))])
    *_, row = sheet_of(Paper("a", (table,))).iter_rows()
    assert row[0].data_type == "n"
    assert round(Decimal(row[0].value) * 100) == fen


def test_the_sum_of_the_column_is_the_sum_that_is_written() -> None:
    facts = Form4(Place("栾川"), [Paid("张三", 4, 3, "1", "other", 100_01 * at) for at in range(1, 30)])
    sheet = sheet_of(form4(T, facts))
    amounts = [row[6].value for row in sheet.iter_rows(min_row=5) if isinstance(row[6].value, int | float)]
    assert sum(round(Decimal(one) * 100) for one in amounts) == facts.sum.money_fen == 100_01 * 435


def test_the_head_of_a_list_is_printed_on_every_page() -> None:
    assert sheet_of(form4(T, Form4(rows=[paid(1)]))).print_title_rows == "$4:$4"


_MEASURED = r"""
import re, time
from pathlib import Path
from intake.papers.form4 import Form4, Paid, form4
from intake.papers.words import Place
from intake.papers.xlsx import xlsx
from locales import texts
began = time.process_time()
rows = [Paid("买买提·吐尔逊江", 5, 3, f"62284800{n:011d}", "other", 60000 + n, "", f"潭头镇{n // 100}村") for n in range(20_000)]
size = len(xlsx(form4(texts(), Form4(Place("栾川"), rows))))
most = int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1])
print(time.process_time() - began, most // 1024, size)
"""


def test_form_4_of_a_county_takes_seconds_and_little_memory() -> None:
    """20,000 households: 10 s of one core, 300 MB."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _MEASURED], capture_output=True, text=True, timeout=100, check=True
    )
    seconds, megabytes, size = done.stdout.split()
    assert float(seconds) <= 10
    assert int(megabytes) <= 300
    assert int(size) > 100_000
