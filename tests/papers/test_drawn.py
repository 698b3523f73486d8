"""The papers as they are printed and opened: the official words in their order, whatever the format."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intake.papers.glyphs import MissingGlyphsError
from intake.papers.model import Opinion, Paper, Table
from intake.papers.pdf import pdf
from intake.papers.poster import poster
from intake.papers.word import word
from intake.papers.xlsx import xlsx
from locales import texts
from tests.faces.drawn import Drawn, as_pdf, opened
from tests.papers.official import COLUMNS, LABELS, STATISTICS_COLUMNS, WORDS
from tests.papers.sample import BLANKS, SAMPLES, poster_sample

FORMATS = ("docx", "xlsx", "pdf")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Drawn]:
    """Every sample in every format."""
    folder = tmp_path_factory.mktemp("papers")
    files = {
        f"{name}-{kind}.{kind}": write(made()) for name, made in SAMPLES.items() for kind, write in _OFFICE.items()
    }
    found = {(name.split("-")[0], name.rpartition(".")[2]): one for name, one in opened(files, folder).items()}
    for name, made in SAMPLES.items():
        (path := folder / name).mkdir()
        found[name, "pdf"] = as_pdf(pdf(made()), path)
    return found


_OFFICE = {"docx": word, "xlsx": xlsx}


def cells(book: bytes) -> str:
    """The texts of a sheet from the top to the bottom, without blanks."""
    (sheet,) = load_workbook(BytesIO(book)).worksheets
    return "".join("".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row).split())


def in_order(text: str, parts: tuple[str, ...]) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, (part, text[at:])
        at = found + len(part)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", WORDS)
def test_an_official_paper_says_its_words_in_their_order(
    drawn: dict[tuple[str, str], Drawn], name: str, kind: str
) -> None:
    page = drawn[name, kind]
    if kind == "xlsx":  # LibreOffice draws a sheet's cells in an order of its own
        in_order(cells(xlsx(SAMPLES[name]())), WORDS[name])
        assert [part for part in WORDS[name] if part not in page.text] == []
    else:
        in_order(page.text, WORDS[name])
    assert page.pages == 1
    assert "A4" in page.size


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_the_official_ones_in_their_order(name: str) -> None:
    for made in (SAMPLES, BLANKS):
        if name not in made:
            continue
        (table,) = (part for part in made[name]().parts if isinstance(part, Table))
        labels = tuple(column.label.replace("\n", "") for column in table.columns if not column.joined)
        assert labels[: len(COLUMNS[name])] == COLUMNS[name]
        assert name == "statistics" or labels == COLUMNS[name]


@pytest.mark.parametrize("name", LABELS)
def test_the_opinions_are_the_official_ones(name: str) -> None:
    opinions = [part for part in SAMPLES[name]().parts if isinstance(part, Opinion)]
    assert tuple(part.label.replace("\n", "") for part in opinions) == LABELS[name]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_columns_of_a_list_are_read_in_every_format(drawn: dict[tuple[str, str], Drawn], kind: str) -> None:
    for name, columns in COLUMNS.items():
        letters = sorted("".join(columns))
        text = drawn[name, kind].text
        assert all(text.count(one) >= letters.count(one) for one in set(letters)), (name, kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_filled_in_stands_there(drawn: dict[tuple[str, str], Drawn], kind: str) -> None:
    for part in (
        "潭头乡镇（街道）政府",
        "2022年12月1日",
        "共12户共计30人",
        "资金123.456789万元",
        "资金120万元",
        "《栾川县（市）",
    ):
        assert part in drawn["form2", kind].text, part
    assert "人民币大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分" in drawn["form2", kind].text
    form3 = drawn["form3", kind].text
    for part in (
        "一组自然村共5户15人",
        "东沟自然村共4户12人",
        "石门自然村共4户12人",
        "石门行政村12户36人",
        "标注1户3人",
        "核减",
    ):
        assert part in form3, part
    form4 = drawn["form4", kind].text
    for part in ("潭头镇石门村", "潭头镇赵庄村", "合计：9户27人，救助资金5400元（人民币大写：伍仟肆佰元整）。"):
        assert part in form4, part
    for part in ("6.2风雹灾害受灾群众", "栾川县潭头镇", "女", "45", "冬春救助600元"):
        assert part in drawn["annex1", kind].text, part
    for part in ("民主评议会议记录", "村民会议", "逐户念名单，举手表决。", "本次会议评议2户，通过1户。"):
        assert part in drawn["minutes", kind].text, part
    evaluation = drawn["evaluation", kind].text
    for part in ("绩效评估报告", "图1各步骤户数", "占核定资金的54.5%", "17户", "四、救助效果", "伍仟伍佰元伍角"):
        assert part in evaluation, part


@pytest.mark.parametrize("kind", FORMATS)
def test_the_statistics_are_a_draft_with_the_known_codes(drawn: dict[tuple[str, str], Drawn], kind: str) -> None:
    text = drawn["statistics", kind].text
    in_order(text, ("草稿", "受灾人员冬春生活已救助情况统计表"))
    in_order(text, tuple(code for code, _ in STATISTICS_COLUMNS))
    assert "受灾面积" in text


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_paper_has_the_same_words_and_room_to_write(name: str, tmp_path: Path) -> None:
    page = as_pdf(pdf(BLANKS[name]()), tmp_path)
    in_order(page.text, WORDS.get(name, ("民主评议会议记录",)))
    assert page.pages == 1
    assert "_" in page.text or name == "minutes"


def test_print_has_its_fonts_inside_and_every_rare_character(drawn: dict[tuple[str, str], Drawn]) -> None:
    for name in SAMPLES:
        fonts = drawn[name, "pdf"].fonts
        assert fonts, name
        assert all(fonts.values()), name
    for head in ("张䶮", "李𬱖", "买买提·吐尔", "=王建国"):
        assert head in drawn["form4", "pdf"].text


def test_a_character_that_no_font_has_is_named_before_anything_is_printed(tmp_path: Path) -> None:
    paper = Paper("张𠮷", ())
    with pytest.raises(MissingGlyphsError) as refused:
        pdf(paper)
    assert refused.value.characters == ("𠮷",)
    with pytest.raises(MissingGlyphsError):
        pdf(Paper("", (), page="{page}𠮷{pages}"))
    assert "𠮷" in opened({"rare.docx": word(paper)}, tmp_path)["rare.docx"].text


@pytest.mark.parametrize("amounts", [True, False])
def test_a_notice_is_a_poster_with_two_codes(amounts: bool, tmp_path: Path) -> None:
    page = as_pdf(poster(texts(), poster_sample(4, amounts)), tmp_path)
    assert "A3" in page.size
    assert page.pages == 1
    assert sorted(page.codes()) == [
        "https://nuandong.example.cn/chat?v=r410324103201",
        "https://nuandong.example.cn/notices/410324103201",
    ]
    text = page.text
    for part in (
        "公示",
        "潭头镇石门村",
        "公示5天：2022年11月2日09:30至2022年11月7日09:30",
        "张䶮",
        "买买提·吐尔逊江",
        "66789599",
    ):
        assert part in text, part
    in_order(text, ("资金来源：", "发放原则：", "补助对象：名单共4户12人。", "救灾标准："))
    assert ("600元" in text) is amounts
    assert all(page.fonts.values())


def test_a_long_notice_goes_on_with_its_headings(tmp_path: Path) -> None:
    page = as_pdf(poster(texts(), poster_sample(60)), tmp_path)
    assert page.pages == 3
    assert page.text.count("救助人数") == 3
