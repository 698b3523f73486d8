"""Lists in workbooks: read as people write them; what cannot be read says why, by row and cell."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.faces.lists import read_book, refused, template, typed_again
from bot.faces.lists.columns import columns, flow_of
from bot.faces.lists.typed import cell_name
from intake.imports.kinds import Kind, RowState
from intake.imports.read import BookError, ReadRow
from intake.normalise import normalise
from locales import texts
from tests.faces.workbooks import (
    CUN,
    HEADINGS,
    LAST_HEADINGS,
    XIAN,
    asked,
    book,
    household,
    listed,
    number_of,
    only,
    read,
    saved,
    why,
)
from tests.world import SHIMEN

T = texts()
DANGEROUS = ("=1+1", '=HYPERLINK("http://evil.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)")


def fault(body: bytes, kind: Kind = Kind.APPLY) -> str:
    """Why a file is refused as a whole."""
    with pytest.raises(BookError) as refused_:
        read(body, kind=kind)
    assert T(f"import.book.{refused_.value.reason}", **refused_.value.params)
    return refused_.value.reason


def test_a_row_is_an_application() -> None:
    row = only(listed(household(1)))
    assert (row.number, row.state, row.reasons) == (2, RowState.GOOD, [])
    facts = normalise(row.answers, date(2022, 11, 1))
    assert (facts.head, facts.id_number, facts.phone) == ("王建国", number_of(1), "+8613800000001")
    assert (facts.household_size, facts.persons_in_need, facts.village) == (4, 3, SHIMEN)
    assert (facts.categories, facts.disasters, facts.reliefs) == (["subsistence"], ["hail"], ["winter_spring"])


def test_the_columns_are_the_questions_of_the_form() -> None:
    for kind in (Kind.APPLY, Kind.NOMINATE):
        asked_ = [question.key for question in flow_of(kind).questions if not question.gate]
        assert [column.key for column in columns(kind, T) if column.question] == asked_
    for kind in Kind:
        names = [name for column in columns(kind, T) for name in column.names]
        assert len(names) == len(set(names)), kind


@pytest.mark.parametrize("kind", Kind)
def test_the_empty_list_is_read_back_and_keeps_numbers_as_text(kind: Kind) -> None:
    made = load_workbook(BytesIO(template(asked(kind=kind))))
    sheet = made.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [column.label for column in columns(kind, T)]
    letter = cell_name(heads.index("身份证号码"), 1)[:-1]
    assert sheet.column_dimensions[letter].number_format == "@" or sheet.column_dimensions[letter]._style
    assert fault(template(asked(kind=kind)), kind) == "no_rows"
    sheet.append([household(1)[HEADINGS.index(head)] if head in HEADINGS else None for head in heads])
    (row,) = [row for row in read(saved(made), kind=kind).rows if not row.skipped]
    missing = {"kin", "hindrance", "agreement"} if kind is Kind.NOMINATE else set()
    assert {reason.column for reason in row.reasons} == missing


def test_headings_are_known_by_their_names_below_titles_and_merged_cells() -> None:
    made = Workbook()
    sheet = made.active
    sheet.append(["栾川县2021—2022年度冬春救助登记表"])
    sheet.merge_cells("A1:L1")
    sheet.append(["填报单位：潭头镇", None, None, "单位：户、人"])
    sheet.append(
        [
            "序号",
            "户 主",
            "身份证号",
            "联系方式",
            "人口",
            None,
            "地址",
            None,
            "家庭类型",
            "灾种",
            "救助类型",
            "致困原因",
        ]
    )
    sheet.append([None, None, None, None, None, "需救助人数（人）"])
    row = household(1)
    sheet.append([1, *row[:6], None, *row[6:]])
    sheet.append(["合计", None, None, None, 4, 3])
    sheet.append(["填表人：张三"])
    found = read(saved(made)).rows
    assert [(row.number, row.state) for row in found] == [
        (5, RowState.GOOD),
        (6, RowState.SKIPPED),
        (7, RowState.SKIPPED),
    ]
    assert found[0].answers["persons_in_need"] == 3


def test_full_width_blanks_and_remarks_in_headings_do_no_harm() -> None:
    heads = [f"　{head[:2]} {head[2:]}（必填）*：" for head in HEADINGS]
    assert only(book(heads, household(1))).state is RowState.GOOD


def test_a_column_that_is_missing_is_named_and_one_that_nobody_knows_too() -> None:
    with pytest.raises(BookError) as missing:
        read(book(HEADINGS[:-2], household(1)[:-2]))
    assert missing.value.params["columns"] == "申请救助类别、申请理由"
    found = read(book([*HEADINGS, "银行卡号"], [*household(1), "6217"]))
    assert found.unused == ("银行卡号",)
    assert fault(book([*HEADINGS, "户主"], [*household(1), "王建国"])) == "heading_twice"


def test_every_sheet_with_a_list_is_read_and_others_are_named() -> None:
    made = Workbook()
    for name, at in (("石门村", 1), ("大王庙村", 2)):
        sheet = made.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append(household(at))
    made.active.append(["这里什么也没有"])
    found = read(saved(made))
    assert [(row.sheet, row.number) for row in found.rows] == [("石门村", 2), ("大王庙村", 2)]
    assert found.unread == ("Sheet",)


@pytest.mark.parametrize("value", [float(number_of(1)[:17] + "0"), "4.10324E+17", "4.1032419500201E+17"])
def test_an_id_number_that_excel_rounded_is_refused_by_its_cell(value: object) -> None:
    said = why(only(listed(household(1, 身份证号码=value))))
    assert "B2 的身份证号被 Excel 改成了" in said["id_number"]


def test_counts_and_phones_may_be_numbers_and_numbers_text() -> None:
    row = only(listed(household(1, 家庭人口=4.0, 需救助人口="３口人", 联系电话=13800000001.0)))
    assert (row.answers["household_size"], row.answers["persons_in_need"]) == (4, 3)
    assert row.answers["phone"] == "+8613800000001"
    said = why(only(listed(household(1, 家庭人口=3.5, 需救助人口=-1))))
    assert set(said) == {"household_size", "persons_in_need"}


def test_what_is_wrong_is_said_for_each_cell() -> None:
    row = only(
        listed(
            household(
                1,
                户主姓名="王2",
                身份证号码=number_of(1)[:17] + ("0" if number_of(1)[17] != "0" else "1"),
                联系电话="1380000",
                需救助人口="9",
                所在村="没有的村",
                受灾家庭类别="大户",
                遭受灾种="",
            )
        )
    )
    assert row.state is RowState.REFUSED
    assert set(why(row)) == {"head", "id_number", "phone", "persons_in_need", "village", "categories", "disasters"}


@pytest.mark.parametrize(
    "text", ["低保户、残疾人", "低保户，残疾人", "低保户;残疾人", "低保户/残疾人", "低保户 残疾人"]
)
def test_choices_are_parted_by_whatever_people_write(text: str) -> None:
    assert only(listed(household(1, 受灾家庭类别=text))).answers["categories"] == ["subsistence", "disabled"]


def test_a_formula_is_refused_by_its_cell_and_never_worked_out() -> None:
    said = why(only(listed(household(1, 申请理由='=HYPERLINK("http://evil.example")', 家庭人口="=2+2"))))
    assert said["reason"].startswith("J2 是公式")
    assert said["household_size"].startswith("D2 是公式")


def test_an_error_of_excel_is_refused_by_its_cell() -> None:
    made = Workbook()
    made.active.append(HEADINGS)
    made.active.append(household(1))
    made.active["H2"] = "#N/A"
    made.active["H2"].data_type = "e"
    assert why(only(saved(made)))["disasters"].startswith("H2 里是 Excel 的错误")


def test_a_formula_in_a_column_that_nobody_reads_does_no_harm() -> None:
    assert only(book([*HEADINGS, "合计金额"], [*household(1), "=SUM(D2:E2)"])).state is RowState.GOOD


def test_a_village_outside_the_area_is_refused_and_named() -> None:
    said = why(only(listed(household(1, 所在村="赤土店镇竹园村")), CUN))
    assert "赤土店镇竹园村不归您这里管" in said["village"]
    assert only(listed(household(1, 所在村="石门")), CUN).answers["village"] == SHIMEN
    heads = [head for head in HEADINGS if head != "所在村"]
    cells = [cell for head, cell in zip(HEADINGS, household(1), strict=True) if head != "所在村"]
    assert only(book(heads, cells), CUN).answers["village"] == SHIMEN


def test_the_township_may_stand_in_a_column_of_its_own() -> None:
    row = only(book([*HEADINGS, "乡镇"], [*household(1, 所在村="石门村三组"), "潭头镇"]))
    assert (row.answers["village"], row.answers["group"]) == (SHIMEN, "3组")


def test_a_village_that_was_not_hit_is_a_remark_and_no_refusal() -> None:
    (row,) = read(listed(household(1)), hit=lambda village: village != SHIMEN).rows
    assert row.state is RowState.GOOD
    assert [reason.key for reason in row.warned] == ["import.wrong.not_hit"]


def test_the_same_household_twice_names_both_rows() -> None:
    rows = read(listed(household(1), household(2), household(1), household(2, 家庭人口="5"))).rows
    assert [row.state for row in rows] == [RowState.GOOD, *[RowState.REFUSED] * 3]
    assert [dict(row.reasons[0].params)["row"] for row in rows[1:]] == [5, 2, 3]
    assert "不知道哪个对" in why(rows[1])["id_number"]
    assert "不用再填" in why(rows[2])["id_number"]


def test_a_nomination_is_the_importers_own_where_no_other_name_stands_there() -> None:
    heads = [*HEADINGS, "是否亲属", "不能自己申请的原因", "谁同意的", "提名人姓名", "提名人电话", "提名人关系"]
    own = only(book(heads, [*household(1), "否", "年纪大", "本人口头同意", "", "", ""]), CUN, Kind.NOMINATE)
    other = only(
        book(heads, [*household(2), "", "年纪大", "本人口头同意", "赵铁柱", "13800004321", "邻居"]), CUN, Kind.NOMINATE
    )
    assert (own.reasons, other.reasons) == ([], [])
    assert "relation" not in own.answers
    assert (other.answers["relation"], other.answers["by_name"]) == ("neighbour", "赵铁柱")


def test_last_years_list_needs_no_more_than_who_and_where() -> None:
    rows = read(
        book(
            LAST_HEADINGS,
            ["王建国", number_of(1), 4, "石门村"],
            ["李秀英", None, None, "石门村"],
            ["李秀英", "1", 2, "石门村"],
        ),
        CUN,
        Kind.LAST,
    ).rows
    assert [row.state for row in rows] == [RowState.GOOD, RowState.GOOD, RowState.REFUSED]
    assert rows[0].answers.keys() <= {
        "head",
        "id_number",
        "phone",
        "household_size",
        "persons_in_need",
        "village",
        "group",
        "categories",
        "remarks",
    }


def test_two_people_of_one_name_are_two_households_of_last_years_list() -> None:
    rows = read(book(LAST_HEADINGS, *[["王建国", None, 4, "石门村"]] * 2), CUN, Kind.LAST).rows
    assert [row.state for row in rows] == [RowState.GOOD, RowState.GOOD]


def zipped(**parts: bytes) -> bytes:
    """A file of the format's kind with some parts changed."""
    file = BytesIO()
    with ZipFile(BytesIO(listed(household(1)))) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, parts.pop(info.filename, old.read(info)))
        for name, body in parts.items():
            new.writestr(name, body)
    return file.getvalue()


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'


def test_what_is_no_plain_workbook_is_refused_before_it_is_opened() -> None:
    assert fault(b"") == "kind"
    assert fault("姓名,身份证\n".encode()) == "kind"
    assert fault(b"\xd0\xcf\x11\xe0" + bytes(600)) == "old"
    assert fault(zipped()[:-40]) == "kind"
    assert fault(zipped(**{"xl/vbaProject.bin": b"x"})) == "macros"
    assert fault(zipped(**{"xl/worksheets/sheet1.xml": DTD})) == "kind"
    assert fault(zipped(**{"xl/worksheets/sheet1.xml": DTD.decode().encode("utf-16")})) == "kind"
    assert fault(zipped(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})) == "broken"
    assert fault(zipped(**{"xl/media/image1.png": bytes(129 * 1024 * 1024)})) == "unpacked"
    assert fault(book(["很", "随", "便"])) == "no_headings"
    assert fault(book(HEADINGS)) == "no_rows"


def test_a_row_that_stands_very_far_down_costs_nothing() -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>'
    assert fault(zipped(**{"xl/worksheets/sheet1.xml": far})) == "no_headings"


def test_refused_rows_come_back_as_they_were_typed_and_can_be_sent_again() -> None:
    lines = [household(at, 身份证号码="12345", 申请理由=text) for at, text in enumerate(DANGEROUS, 1)]
    made = Workbook()
    made.active.append(HEADINGS)
    for line in lines:
        made.active.append(line)
    for row in made.active.iter_rows(min_row=2):
        for cell in row:
            cell.data_type = "s"
    rows = read(saved(made)).rows
    assert [row.raw["reason"] for row in rows] == list(DANGEROUS)
    body = refused(asked(), [(f"名单 第 {row.number} 行", "\n".join(why(row).values()), row.raw) for row in rows])
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.hyperlink or cell.data_type == "f"]
    place = [cell.value for cell in sheet[1]].index("身份证号码") + 1
    for at, row in enumerate(rows, 2):
        sheet.cell(at, place).value = number_of(row.number)
    again = read(saved(sheet.parent))
    assert again.unused == ()
    assert [row.state for row in again.rows] == [RowState.GOOD] * len(rows)


def test_what_was_understood_can_be_written_again_and_read() -> None:
    row = only(listed(household(1)))
    cells = typed_again(asked(), row.answers)
    heads = {column.key: column.label for column in columns(Kind.APPLY, T)}
    again = only(book([heads[key] for key in cells], list(cells.values())))
    assert again.answers == row.answers


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_what_libreoffice_saves_is_read_alike(tmp_path: Path) -> None:
    lines = [HEADINGS, household(1, 身份证号码=number_of(1)[:17] + "X"), household(2)]
    text = "\n".join(",".join(str(cell) for cell in line) for line in lines)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    command += ["--infilter=CSV:44,34,76,1,2/2", "--outdir", str(tmp_path), str(tmp_path / "a.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=100)  # noqa: S603
    body = (tmp_path / "a.xlsx").read_bytes()
    rows = read(body).rows
    assert len(rows) == 2
    assert rows[1].state is RowState.GOOD, rows[1].reasons
    # And what a plain opening makes of 18 digits: a rounded number, which is refused with what to do.
    plainly = [part.replace("76,1,2/2", "76,1") for part in command]
    subprocess.run(plainly, check=True, capture_output=True, timeout=100)  # noqa: S603
    (first, second) = read((tmp_path / "a.xlsx").read_bytes()).rows
    assert "被 Excel 改成了" in why(second)["id_number"]
    assert first.number == 2


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.sampled_from(
        ["石门村", "王建国", number_of(3), "13800001234", "=1+1", "低保户", "风雹", "合计", "4.1E+17", *DANGEROUS]
    ),
)


def cleaned(value: Any) -> Any:
    """What openpyxl can write."""
    return (
        "".join(one for one in value if one >= " " and one not in "\x7f\ufffe\uffff")
        if isinstance(value, str)
        else value
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_every_row_is_good_refused_or_skipped(lines: list[list[Any]]) -> None:
    lines = [[cleaned(cell) for cell in line] for line in lines]
    try:
        found = read_book(listed(*lines), asked(XIAN))
    except BookError as error:
        assert error.reason == "no_rows"
        return
    filled = [
        line for line in lines if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in line)
    ]
    assert len(found.rows) == len(filled)
    for row in found.rows:
        assert row.skipped or row.reasons or normalise(row.answers, asked().given.today)
        for reason in row.reasons:
            assert T(reason.key, **reason.params)


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(range(len(HEADINGS))),
    st.integers(0, 15),
    st.lists(st.integers(1, 9999), min_size=1, max_size=6, unique=True),
)
def test_the_order_of_columns_and_what_stands_above_change_nothing(
    order: list[int], above: int, who: list[int]
) -> None:
    lines = [[household(at)[place] for place in order] for at in who]
    body = book(*[["说明"]] * above, [HEADINGS[place] for place in order], *lines)
    rows = read(body).rows
    assert [(row.number, row.answers["id_number"]) for row in rows] == [
        (above + 2 + at, number_of(one)) for at, one in enumerate(who)
    ]
    assert all(row.state is RowState.GOOD for row in rows)


def test_cells_have_the_names_that_excel_gives_them() -> None:
    assert [cell_name(place, 7) for place in (0, 2, 25, 26, 27, 701, 702)] == [
        "A7",
        "C7",
        "Z7",
        "AA7",
        "AB7",
        "ZZ7",
        "AAA7",
    ]


def test_a_row_keeps_its_first_state_in_words() -> None:
    assert ReadRow("a", 1, skipped=True).state is RowState.SKIPPED


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("受灾家庭类别", "富户", "“富户”不在里面。请照空表“怎么填”那一页的名字写"),
        ("受灾家庭类别", "99", "“99”不在里面"),
        ("受灾家庭类别", "全部", "不能写“全部”"),
        ("遭受灾种", "火灾", "几样中间用顿号“、”隔开"),
        ("所在村", "没有这个村", "空表“怎么填”那一页有全部村名"),
    ],
)
def test_a_cell_is_told_of_in_the_words_of_a_list(column: str, cell: str, said: str) -> None:
    row = only(listed(household(1, **{column: cell})))
    (told,) = why(row).values()
    assert said in told
    for word in ("编号", "再打", "回复"):
        assert word not in told
